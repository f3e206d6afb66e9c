import { type CancellationToken, type Connection, ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { LookUp } from '../features/look-up';
import type { Chart } from '../model/chart';
import { type Transport, transports } from '../model/port';
import { type PlaceOf, pageLinks } from './command-links';
import { guardRequest } from './guard';
import type { Engine, RegistryUpdate, UpdateAnswer } from './server-parts';

/** What the requests about ports need of the session. */
export interface PortRequestParts {
  readonly engine: () => Engine;
  readonly chart: () => Chart;
  /** Looks at the machine anew, for those who can wait. */
  readonly look: () => Promise<unknown>;
  readonly lookUp: () => LookUp;
  readonly placeOf: PlaceOf;
  readonly update: (request: RegistryUpdate) => Promise<UpdateAnswer>;
}

/** How many answers a search has at the most. */
const longestSearch = 60;

/**
 * Portolan's own requests, for clients that have a page, a search and a terminal to show them in:
 * - `portolan/portPage` { port, transport? } → { title, html, text }
 * - `portolan/lookUp` { query } → { items: [{ port, label, name, detail }] }
 * - `portolan/check` { port, transport?, tool? } → { check?: { tool, command, isPowerShell? } }: the command that this
 *   machine can run; with `system`, that system's command, to be copied
 * - `portolan/updateRegistry` { from?, proxy?: { url?, strictSSL? } } → { state, date, rows, before } or { refused }
 */
export function servePortRequests(connection: Connection, parts: PortRequestParts): void {
  const serve = (name: string, handler: (params: Parameters, token: CancellationToken) => object): void => {
    connection.onRequest(`portolan/${name}`, (params: unknown, token: CancellationToken) =>
      guardRequest(connection.console, `portolan/${name}`, () => handler(objectOf(params), token)),
    );
  };
  serve('portPage', async (params) => {
    const { port, transport } = portIn(params);
    await parts.look();
    return pageAnswer(parts, port, transport);
  });
  serve('lookUp', ({ query }) => {
    if (typeof query !== 'string') throw invalid('"query" is a text');
    return { items: parts.lookUp()(query, longestSearch) };
  });
  serve('check', (params) => {
    const { port, transport } = portIn(params);
    const { engine, chart } = parts;
    const own = chart().machine.system;
    const all = engine().checks(port, transport, own);
    const { tool, system } = params;
    const wanted = typeof tool === 'string' ? tool : undefined;
    const check =
      system === undefined
        ? engine().runnable(all, own, wanted)
        : all.find((each) => each.system === system && each.tool === wanted);
    return check === undefined ? {} : { check };
  });
  serve('updateRegistry', (params, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return parts.update({ ...updateIn(params), signal: controller.signal });
  });
}

type Parameters = Readonly<Record<string, unknown>>;

function pageAnswer(
  { engine, chart, placeOf }: PortRequestParts,
  port: number,
  transport?: Transport,
): object {
  const { portPage, pageHtml, pageText } = engine();
  const known = chart();
  const page = portPage(known, port, transport);
  return {
    title: page.title,
    html: pageHtml(page, pageLinks(placeOf, known.machine.system)),
    text: pageText(page, ({ uri, span }) => {
      const { name, start } = placeOf(uri, span);
      return `${name}:${start.line + 1}`;
    }),
  };
}

/** A setting that is empty is none. */
function updateIn(params: Parameters): Omit<RegistryUpdate, 'signal'> {
  const { from, proxy } = params;
  const { url, strictSSL } = objectOf(proxy);
  return {
    ...(typeof from === 'string' && from !== '' && { from }),
    proxy: {
      ...(typeof url === 'string' && url !== '' && { url }),
      ...(typeof strictSSL === 'boolean' && { strictSSL }),
    },
  };
}

function portIn(params: Parameters): { readonly port: number; readonly transport?: Transport } {
  const { port, transport } = params;
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65535) {
    throw invalid('"port" is an integer from 0 to 65535');
  }
  if (transport === undefined || transport === null) return { port };
  const known = transports.find((each) => each === transport);
  if (known === undefined) throw invalid('"transport" is tcp, udp, sctp, dccp or udplite');
  return { port, transport: known };
}

function objectOf(params: unknown): Parameters {
  return typeof params === 'object' && params !== null ? (params as Parameters) : {};
}

function invalid(reason: string): ResponseError<undefined> {
  return new ResponseError(ErrorCodes.InvalidParams, reason);
}
