// npm run bench: Portolan beside the servers that people use today, in one run. README.md says what the rows mean.
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { composeDocument } from './compose-document.mjs';
import { dockerfileDocument } from './dockerfile-document.mjs';
import { measureFreeSearch } from './free-search.mjs';
import { install } from './install.mjs';
import { measureSession, measureStart, measureWorkspace } from './measures.mjs';
import { report } from './report.mjs';
import { emptyServer, servers } from './servers.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
if (options.only && !['compose', 'dockerfile', 'startup', 'workspace'].includes(options.only)) {
  console.error(`--only takes compose, dockerfile, startup or workspace, not "${options.only}".`);
  process.exit(2);
}

const compose = { kind: 'compose', fileName: 'compose.yaml', generate: composeDocument };
const dockerfile = { kind: 'dockerfile', fileName: 'Dockerfile', generate: dockerfileDocument };

/** What each round goes through. Where the aims are set, the document is edited more often. */
const documents = [
  { ...compose, lines: 100, edits: 6, hovers: 200 },
  { ...compose, lines: 1000, edits: 6, hovers: 200 },
  { ...compose, lines: 24_000, edits: 20, hovers: 200 },
  { ...dockerfile, lines: 100, edits: 6, hovers: 200 },
  { ...dockerfile, lines: 1000, edits: 6, hovers: 200 },
  { ...dockerfile, lines: 6000, edits: 20, hovers: 200 },
  // One round and few hovers: each takes the Dockerfile server a quarter of a second.
  { ...dockerfile, lines: 24_000, edits: 6, hovers: 20, rounds: 1 },
];

const node = await install();
const nodeVersion = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
const results = {
  machine: {
    node: nodeVersion,
    platform: process.platform,
    arch: process.arch,
    processor: cpus()[0]?.model,
    cores: cpus().length,
    load: loadavg()[0],
  },
  starts: [],
  sessions: [],
  workspaces: [],
};
if (!options.only || options.only === 'startup') await measureStarts(options.quick ? 5 : 20);
if (!options.only || options.only === 'workspace') await measureWorkspaces(options.quick ? 1 : 3);
if (options.only !== 'startup' && options.only !== 'workspace') await measureSessions(options.quick ? 1 : 3);

console.log(report(results));
if (options.json) await writeFile(options.json, `${JSON.stringify(results, undefined, 1)}\n`);
process.exitCode = [...results.starts, ...results.sessions, ...results.workspaces].some(
  ({ failure }) => failure,
)
  ? 1
  : 0;

async function measureStarts(rounds) {
  for (let round = 0; round < rounds; round++) {
    for (const server of inTurn([emptyServer, ...servers], round)) {
      note(`start-up, round ${round + 1} of ${rounds}`);
      results.starts.push({
        server: server.id,
        round,
        ...(await orFailure(() => measureStart(server, node))),
      });
    }
  }
}

/** No peer looks across files: there is nobody to be compared with. */
async function measureWorkspaces(rounds) {
  const workspace = { files: 2000, edits: 40 };
  const own = servers.find(({ id }) => id === 'portolan');
  for (let round = 0; round < rounds; round++) {
    note(`workspace of ${workspace.files} files, round ${round + 1} of ${rounds}`);
    const measured = await orFailure(() => measureWorkspace(own, node, workspace));
    results.workspaces.push({ ...workspace, ...measured, searches: measureFreeSearch(200) });
  }
}

async function measureSessions(rounds) {
  const chosen = documents.filter(({ kind }) => !options.only || options.only === kind);
  for (let round = 0; round < rounds; round++) {
    for (const { generate, ...document } of chosen.filter((each) => round < (each.rounds ?? rounds))) {
      const text = generate(document.lines);
      for (const server of inTurn(servers, round).filter(({ reads }) => reads[document.kind])) {
        if (hasFailed(server, document)) continue;
        note(`${document.kind} of ${document.lines} lines, round ${round + 1} of ${rounds}, ${server.id}`);
        const session = await orFailure(() => measureSession(server, node, { ...document, text }));
        results.sessions.push({
          server: server.id,
          round,
          kind: document.kind,
          lines: document.lines,
          ...session,
        });
      }
    }
  }
}

/** What ran out of time once would do so in every round, and the run would take an hour. */
function hasFailed({ id }, { kind, lines }) {
  return results.sessions.some(
    (session) => session.failure && session.server === id && session.kind === kind && session.lines === lines,
  );
}

/** Each round begins with another server, so that none is always the first on a cold or the last on a warm machine. */
function inTurn(list, round) {
  const first = round % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}

/** A server that fails loses its row, not the whole run. */
async function orFailure(measure) {
  try {
    return await measure();
  } catch (error) {
    return { failure: error.message };
  }
}

function note(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
