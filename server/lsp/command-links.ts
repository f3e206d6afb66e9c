import type { Position } from 'vscode-languageserver';
import type { PageLinks } from '../features/port-page/page-html';
import type { OperatingSystem } from '../model/chart';
import type { Transport } from '../model/port';
import type { Uri } from '../model/snapshot';
import type { Span } from '../model/span';

/** The commands of the VS Code extension that links lead to (client/extension.ts). */
const commands = {
  page: 'portolan.openPortPage',
  place: 'portolan.openPlace',
  copy: 'portolan.copyCheck',
  run: 'portolan.runCheck',
} as const;

/** A place of the workspace, as an editor counts lines and columns, with its file's name for people. */
export interface NamedPlace {
  readonly uri: Uri;
  readonly name: string;
  readonly start: Position;
}

/** Finds where the first character of a span is. */
export type PlaceOf = (uri: Uri, span: Span) => NamedPlace;

/** Leads to the page of a port. */
export function pageLink(port: number): string {
  return link(commands.page, [port]);
}

/** Runs the command that tells who listens. */
export function checkLink(port: number, transport?: Transport): string {
  return link(commands.run, [port, transport ?? null]);
}

/** `web/compose.yaml:12` and the link that opens it there. */
export function placeLink({ uri, name, start }: NamedPlace): { readonly text: string; readonly url: string } {
  return { text: `${name}:${start.line + 1}`, url: link(commands.place, [uri, start.line, start.character]) };
}

/** The links of a port page. Only commands of this machine's own system, and Docker's, can be run. */
export function pageLinks(placeOf: PlaceOf, system: OperatingSystem): PageLinks {
  return {
    port: (port) => pageLink(port),
    place: ({ uri, span }) => placeLink(placeOf(uri, span)),
    copy: ({ system: own, tool }, port, transport) =>
      link(commands.copy, [port, transport ?? null, tool, own]),
    run: (check, port, transport) =>
      check.system === system || check.system === 'docker'
        ? link(commands.run, [port, transport ?? null, check.tool])
        : undefined,
  };
}

/** VS Code's form of a link to a command: its arguments as JSON, percent-encoded. */
function link(command: string, parameters: readonly unknown[]): string {
  // Markdown ends a link at a bracket, which encodeURIComponent leaves as it is.
  const query = encodeURIComponent(JSON.stringify(parameters)).replace(/[()]/g, (bracket) =>
    bracket === '(' ? '%28' : '%29',
  );
  return `command:${command}?${query}`;
}
