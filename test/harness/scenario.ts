import assert from 'node:assert/strict';
import { codeActions } from '../../server/features/code-actions';
import { completion } from '../../server/features/completion/completion';
import { type Inspection, Inspector } from '../../server/features/diagnostics/inspector';
import { hover } from '../../server/features/hover/hover';
import type { Chart } from '../../server/model/chart';
import type { Edit, Finding } from '../../server/model/finding';
import type { Books } from '../../server/model/knowledge';
import type { Listener } from '../../server/model/listener';
import { type PortReference, portsText } from '../../server/model/port';
import type { Snapshot, Uri } from '../../server/model/snapshot';
import { slice } from '../../server/model/span';
import { noSurround } from '../../server/workspace/policy';
import { Workspace } from '../../server/workspace/workspace';
import { type Archive, printArchive, type Section } from './archive';
import { draw, undrawn } from './drawing';
import { edited } from './told';

/** How many items a scenario shows of a list of completions. */
const completionsShown = 12;

interface ScenarioFile {
  readonly section: Section;
  readonly uri: Uri;
  readonly text: string;
  readonly caret?: number;
}

/**
 * Plays a scenario: reads its files into a workspace, then prints the archive anew with the findings drawn under
 * the code and every `@` section filled with what the feature answers now.
 */
export function play(archive: Archive, books: Books): string {
  const files = filesOf(archive);
  const workspace = workspaceOf(files);
  const { snapshot } = workspace;
  const inspection = inspectionOf(snapshot, books);
  const chart: Chart = { snapshot, books, machine: machineOf(archive) };
  const sections = archive.sections.map((section): Section => {
    const file = files.find((each) => each.section === section);
    if (file !== undefined) return { ...section, body: drawnFile(file, inspection) };
    if (section.title === machineTitle) return section;
    return { ...section, body: answer(section.title, files, chart) };
  });
  return printArchive({ ...archive, sections });
}

/** What the rules find in all files of a scenario. */
export function findingsIn(archive: Archive, books: Books): readonly Finding[] {
  const files = filesOf(archive);
  const { snapshot } = workspaceOf(files);
  const inspection = inspectionOf(snapshot, books);
  return files.flatMap(({ uri }) => inspection.of(uri));
}

/** What the readers read in all files of a scenario. */
export function referencesIn(archive: Archive): readonly PortReference[] {
  return [...workspaceOf(filesOf(archive)).snapshot.files.values()].flatMap(
    ({ reading }) => reading.references,
  );
}

/** The texts of a scenario's files by their addresses. */
export function textsIn(archive: Archive): ReadonlyMap<Uri, string> {
  return new Map(filesOf(archive).map(({ uri, text }) => [uri, text]));
}

/** The texts of a scenario's files, for tests that read them in other ways. */
export function filesIn(archive: Archive): readonly { readonly name: string; readonly text: string }[] {
  return filesOf(archive).map(({ uri, text }) => ({
    name: uri.slice(uri.lastIndexOf('/') + 1),
    text,
  }));
}

/** The section that says what listens: lines of `tcp 127.0.0.1 3000 node 4711`, name and pid where they are known. */
const machineTitle = 'machine';

function filesOf({ sections }: Archive): readonly ScenarioFile[] {
  return sections.filter(({ title }) => !title.startsWith('@') && title !== machineTitle).map(fileOf);
}

function machineOf({ sections }: Archive): Chart['machine'] {
  const listed = sections.find(({ title }) => title === machineTitle)?.body;
  if (listed === undefined) return { system: 'linux', now: 0 };
  const listeners = listed.split('\n').map((line): Listener => {
    const [transport, address = '', port, name, pid] = line.split(' ');
    assert.ok(transport === 'tcp' || transport === 'udp', `"${line}" is no listener`);
    const process = name === undefined ? {} : { process: { name, pid: Number(pid) } };
    return { transport, address, port: Number(port), ...process };
  });
  return { system: 'linux', now: 0, census: { takenAt: 0, listeners } };
}

/** Options stand in brackets behind the name: `crlf`, `bom`, `no final newline`. */
function fileOf(section: Section): ScenarioFile {
  const [, name = '', options = ''] = /^(\S+)(?: \((.*)\))?$/.exec(section.title) ?? [];
  const plain = undrawn(section.body);
  let { text, caret } = plain;
  if (!options.includes('no final newline')) text += '\n';
  if (options.includes('crlf')) {
    caret = caret === undefined ? undefined : caret + (text.slice(0, caret).match(/\n/g)?.length ?? 0);
    text = text.replaceAll('\n', '\r\n');
  }
  if (options.includes('bom')) {
    caret = caret === undefined ? undefined : caret + 1;
    text = `\uFEFF${text}`;
  }
  return { section, uri: `file:///${name}`, text, ...(caret !== undefined && { caret }) };
}

function workspaceOf(files: readonly ScenarioFile[]): Workspace {
  const texts = new Map(files.map(({ uri, text }) => [uri, text]));
  const workspace = new Workspace({ read: (uri) => texts.get(uri) });
  workspace.settle({ ...noSurround, folders: ['file:///'] });
  for (const { uri, text } of files) workspace.update(uri, text);
  return workspace;
}

function inspectionOf(snapshot: Snapshot, books: Books): Inspection {
  return new Inspector({ books }).inspect(snapshot);
}

function drawnFile({ uri, text, caret, section }: ScenarioFile, inspection: Inspection): string {
  const shown = draw(text, inspection.of(uri), caret)
    .replaceAll('\r\n', '\n')
    .replace(/^\uFEFF/, '');
  return section.title.includes('no final newline') ? shown : shown.replace(/\n$/, '');
}

function answer(title: string, files: readonly ScenarioFile[], chart: Chart): string {
  const { snapshot } = chart;
  switch (title) {
    case '@ports':
      return files.flatMap(({ uri }) => portLines(uri, snapshot)).join('\n');
    case '@hover':
      return atCaret(files, (uri, caret) => hoverText(chart, uri, caret));
    case '@completion':
      return atCaret(files, (uri, caret) => completionText(chart, uri, caret));
    case '@fix':
      return files.flatMap((file) => fixed(file, files, chart)).join('\n');
    default:
      throw new Error(`There is no section "${title}"`);
  }
}

function atCaret(files: readonly ScenarioFile[], ask: (uri: Uri, caret: number) => string): string {
  const file = files.find(({ caret }) => caret !== undefined);
  assert.ok(file?.caret !== undefined, 'A section asks for the caret, and no file has one.');
  return ask(file.uri, file.caret);
}

function portLines(uri: Uri, snapshot: Snapshot): readonly string[] {
  const file = snapshot.files.get(uri);
  return (file?.reading.references ?? []).map(
    ({ portSpan, ports, transport, role, address, owner, variables }) => {
      const number = ports === undefined ? '?' : portsText(ports);
      const text = slice(file?.text ?? '', portSpan);
      const parts = [
        `${number}${transport === undefined ? '' : `/${transport}`}`,
        role,
        ...(address === undefined ? [] : [address.text]),
        owner,
        ...(text === number ? [] : [`written ${JSON.stringify(text)}`]),
        ...(variables ?? []).map(({ name, from }) => `${name} from ${from}`),
      ];
      return parts.join(' · ');
    },
  );
}

function hoverText(chart: Chart, uri: Uri, caret: number): string {
  const found = hover(chart, uri, caret);
  if (found === undefined) return '(none)';
  const { files } = chart.snapshot;
  const uses = found.uses.map((use) => {
    const text = files.get(use.uri)?.text ?? '';
    const line = text.slice(0, use.span.start).split('\n').length;
    return `also ${use.uri.slice('file:///'.length)}:${line}: ${use.words}`;
  });
  const more = found.useCount - uses.length;
  return [
    `[${slice(files.get(uri)?.text ?? '', found.span)}]`,
    ...found.paragraphs,
    ...uses,
    ...(more > 0 ? [`also ${more} more`] : []),
    ...(found.listening === undefined ? [] : [found.listening]),
  ].join('\n');
}

function completionText(chart: Chart, uri: Uri, caret: number): string {
  const items = completion(chart, uri, caret);
  const text = chart.snapshot.files.get(uri)?.text ?? '';
  if (items.length === 0) return '(none)';
  // What does not go on from the typed text is hidden by the editor.
  for (const { label, filter, span } of items) {
    const typed = slice(text, { start: span.start, end: caret }).trimStart().toLowerCase();
    assert.ok(filter.toLowerCase().startsWith(typed), `"${label}" is hidden behind "${typed}"`);
  }
  return items
    .slice(0, completionsShown)
    .map(
      ({ label, span, insert, detail }) =>
        `${label} · ${JSON.stringify(slice(text, span))} becomes ${JSON.stringify(insert)} · ${detail}`,
    )
    .join('\n');
}

/** Applies the first fix of each finding by itself: those that it is for must be gone, and no other may come or go. */
function fixed(file: ScenarioFile, files: readonly ScenarioFile[], chart: Chart): readonly string[] {
  const { snapshot, books } = chart;
  const { uri, text } = file;
  const inspection = inspectionOf(snapshot, books);
  const before = inspection.of(uri);
  return codeActions(chart, inspection, uri, { start: 0, end: text.length })
    .filter(({ preferred }) => preferred)
    .map(({ findings, fix }) => {
      const after = applied(text, uri, fix.edits);
      const workspace = workspaceOf(files.map((each) => (each === file ? { ...each, text: after } : each)));
      const expected = before.map(told);
      for (const finding of findings) expected.splice(expected.indexOf(told(finding)), 1);
      assert.deepEqual(
        inspectionOf(workspace.snapshot, books).of(uri).map(told).sort(),
        expected.sort(),
        `"${fix.title}" does not mend its own findings, or not those alone.`,
      );
      return `${fix.title}:\n${after.replace(/\n$/, '')}`;
    });
}

/** Where a finding stands may change with a fix before it; what it says may not. */
function told({ rule, message }: Finding): string {
  return `${rule}: ${message}`;
}

function applied(text: string, uri: Uri, edits: readonly Edit[]): string {
  assert.ok(
    edits.every((edit) => edit.uri === uri),
    'A fix edits another file.',
  );
  return edited(text, edits);
}
