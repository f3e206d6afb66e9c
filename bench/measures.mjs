import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { startClient } from './client.mjs';
import { writeWorkspace } from './workspace-folder.mjs';

/** Process start → answer to `initialize`, in milliseconds, in a process of its own. */
export async function measureStart(server, node) {
  return withClient(server, node, async (client) => ({ time: await client.initialize() }));
}

/**
 * One editing session in a process of its own: open, edits, hovers, then the memory. The document
 * is on no disk, so that no server can have read it before it is opened.
 */
export async function measureSession(server, node, document) {
  return withClient(server, node, async (client, folder) => {
    await client.initialize();
    await client.notify('initialized', {});
    // Settings are asked for and an empty folder is indexed now; neither belongs to opening a file.
    await pause(400);

    const uri = pathToFileURL(join(folder, document.fileName)).href;
    const reading = server.reads[document.kind];
    const open = await openDocument(client, uri, document, reading);
    const editTimes = await editDocument(client, uri, document, reading.fault, open.count);
    const hover = await hoverOver(client, uri, document, reading.hover);
    return { open: open.time, edits: editTimes, ...hover, memory: await memoryOf(client.pid) };
  });
}

/**
 * Edits in a workspace of many files: a person changes a host port to one that another service of the project has, and
 * back, by turns. The answer is the file's diagnostics, which need the whole workspace.
 */
export async function measureWorkspace(server, node, { files, edits }) {
  return withClient(server, node, async (client, folder) => {
    const { path, text, claims } = await writeWorkspace(folder, files);
    await client.initialize();
    await client.notify('initialized', {});
    const uri = pathToFileURL(path).href;
    const reading = server.reads.compose;
    const textDocument = { uri, languageId: reading.languageId, version: 1, text };
    await client.notify('textDocument/didOpen', { textDocument });
    // All files are to be read first: that takes some seconds in which nothing is published.
    await client.rest(5000);
    const place = placesOf(text, /^ {6}- "(?<spot>\d{5}):80"/d)[1];
    const taken = placesOf(text, /^ {6}- "(?<spot>\d{5}):80"/d)[0].text;
    const times = [];
    for (let edit = 1; edit <= edits; edit++) {
      await pause(50);
      const breaks = edit % 2 === 1;
      const start = { line: place.line, character: place.character };
      const end = { line: place.line, character: place.character + taken.length };
      const params = {
        textDocument: { uri, version: 1 + edit },
        contentChanges: [{ range: { start, end }, text: breaks ? taken : place.text }],
      };
      const isConflict = ({ code }) => code === 'published-port-conflict';
      const isAnswer = (answer) => answer.uri === uri && answer.diagnostics.some(isConflict) === breaks;
      times.push((await client.diagnosticsAfter('textDocument/didChange', params, isAnswer)).time);
    }
    const completions = await completeIn(client, uri, place, 1 + edits, completionsEach);
    return { edits: times, completions, claims, memory: await memoryOf(client.pid) };
  });
}

/**
 * How many completions are asked for in a workspace: as many as in some minutes of typing. The first sixty run code that is not
 * optimised yet; of so few, these alone would be the 95th percentile.
 */
const completionsEach = 240;

/**
 * Completions in a host port that is being typed: each comes with an edit, so that its time holds the reading of the
 * file and the search among all that the workspace wants.
 */
async function completeIn(client, uri, { line, character, text }, version, count) {
  const times = [];
  let written = text;
  for (let asked = 1; asked <= count; asked++) {
    await pause(100);
    const typed = text.slice(0, 1 + (asked % text.length));
    const range = { start: { line, character }, end: { line, character: character + written.length } };
    const textDocument = { uri, version: version + asked };
    await client.notify('textDocument/didChange', { textDocument, contentChanges: [{ range, text: typed }] });
    written = typed;
    const position = { line, character: character + typed.length };
    const { time, answer } = await client.request('textDocument/completion', {
      textDocument: { uri },
      position,
    });
    if (!(answer?.items.length > 0)) throw new Error(`No port was offered behind ${typed}.`);
    times.push(time);
  }
  return times;
}

async function openDocument(client, uri, { text }, { languageId }) {
  const textDocument = { uri, languageId, version: 1, text };
  const isAnswer = (answer) => answer.uri === uri && answer.diagnostics.length > 0;
  return client.diagnosticsAfter('textDocument/didOpen', { textDocument }, isAnswer);
}

/** Makes and mends one fault by turns. An answer counts when the number of diagnostics rose or fell with it. */
async function editDocument(client, uri, document, fault, cleanCount) {
  const places = placesOf(document.text, fault.pattern);
  const place = places[Math.floor(places.length / 2)];
  const times = [];
  for (let edit = 1; edit <= document.edits; edit++) {
    // A person's next key comes after a while, when the server has come to rest.
    await pause(50);
    const breaks = edit % 2 === 1;
    const [before, after] = breaks ? [place.text, fault.text] : [fault.text, place.text];
    const start = { line: place.line, character: place.character };
    const end = { line: place.line, character: place.character + before.length };
    const params = {
      textDocument: { uri, version: 1 + edit },
      contentChanges: [{ range: { start, end }, text: after }],
    };
    const isAnswer = (answer) =>
      answer.uri === uri &&
      (breaks ? answer.diagnostics.length > cleanCount : answer.diagnostics.length === cleanCount);
    times.push((await client.diagnosticsAfter('textDocument/didChange', params, isAnswer)).time);
  }
  return times;
}

async function hoverOver(client, uri, document, pattern) {
  const places = placesOf(document.text, pattern);
  const times = [];
  let answered = 0;
  for (let hover = 0; hover < document.hovers; hover++) {
    // A step that is prime to nearly every count goes to and fro over the whole file.
    const { line, character } = places[(hover * 7919) % places.length];
    const params = { textDocument: { uri }, position: { line, character } };
    const { time, answer } = await client.request('textDocument/hover', params);
    times.push(time);
    if (answer) answered++;
  }
  return { hovers: times, answered };
}

function placesOf(text, pattern) {
  return text.split('\n').flatMap((content, line) => {
    const spot = pattern.exec(content)?.indices.groups.spot;
    return spot ? [{ line, character: spot[0], text: content.slice(...spot) }] : [];
  });
}

/** Resident memory now and at its peak in MB, the process's children included; undefined where /proc does not tell. */
async function memoryOf(pid) {
  if (process.platform !== 'linux') return undefined;
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const field = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'))
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  const sizes = await Promise.all(children.map(memoryOf));
  const sum = (pick, own) => sizes.reduce((total, size) => total + pick(size), own);
  return { now: sum((size) => size.now, field('VmRSS')), peak: sum((size) => size.peak, field('VmHWM')) };
}

async function withClient(server, node, use) {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  const client = startClient(server, node, folder);
  try {
    return await use(client, folder);
  } finally {
    await client.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
