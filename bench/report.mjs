import { emptyServer, servers } from './servers.mjs';

const kindTitles = { compose: 'Compose file', dockerfile: 'Dockerfile' };

/** The results as text: a table of start-ups, a table per document, and how the aims stand. */
export function report({ machine, starts, sessions, workspaces }) {
  const { node, platform, arch, processor, cores, load } = machine;
  const parts = [
    `All servers on Node ${node}, ${platform} ${arch}, ${cores} cores (${processor}), load ${load.toFixed(1)} before. Medians; ms and MB.`,
  ];
  const startRows = summarizeStarts(starts);
  if (startRows.length > 0) parts.push(startTable(startRows, starts));
  const cases = summarizeSessions(sessions);
  for (const each of cases) parts.push(sessionTable(each));
  const whole = workspaces.filter(({ failure }) => !failure);
  if (whole.length > 0) parts.push(workspaceTable(whole));
  const aims = [...startAims(startRows), ...cases.flatMap(sessionAims), ...workspaceAims(whole)];
  if (aims.length > 0) parts.push(['Aims', ...aims.map(aimLine)].join('\n'));
  const failures = new Set(
    [...starts, ...sessions, ...workspaces].map(({ failure }) => failure).filter(Boolean),
  );
  if (failures.size > 0) parts.push(['Failures', ...failures].join('\n  '));
  return `\n${parts.join('\n\n')}\n`;
}

function summarizeStarts(starts) {
  return [emptyServer, ...servers].flatMap(({ id }) => {
    const times = starts.filter((start) => start.server === id && !start.failure).map(({ time }) => time);
    return times.length > 0 ? [{ id, time: median(times) }] : [];
  });
}

function summarizeSessions(sessions) {
  const cases = new Map();
  for (const { kind, lines } of sessions) cases.set(`${kind} ${lines}`, { kind, lines });
  return [...cases.values()].map(({ kind, lines }) => {
    const rows = servers.flatMap(({ id, wait }) => {
      const own = sessions.filter((each) => each.server === id && each.kind === kind && each.lines === lines);
      const whole = own.filter(({ failure }) => !failure);
      if (whole.length === 0) return [];
      const edit = median(whole.flatMap(({ edits }) => edits));
      const memory = whole.flatMap((each) => each.memory ?? []);
      const row = {
        id,
        open: median(whole.map(({ open }) => open)),
        edit,
        work: edit - wait,
        hover50: median(whole.map(({ hovers }) => percentile(hovers, 0.5))),
        hover95: median(whole.map(({ hovers }) => percentile(hovers, 0.95))),
        answered: whole[0].answered / whole[0].hovers.length,
        memory: median(memory.map(({ now }) => now)),
        peak: median(memory.map(({ peak }) => peak)),
      };
      return [row];
    });
    const peers = rows.filter(({ id }) => id !== 'portolan');
    return { kind, lines, rows, own: rows.find(({ id }) => id === 'portolan'), peers };
  });
}

function startTable(rows, starts) {
  const rounds = new Set(starts.map(({ round }) => round)).size;
  const empty = rows.find(({ id }) => id === emptyServer.id)?.time;
  const lines = rows.map(({ id, time }) => [id, figure(time), `${(time / empty).toFixed(2)}x`]);
  return table(
    `Start-up, process start to answer of initialize, ${rounds} rounds`,
    ['', 'time', 'of empty'],
    lines,
  );
}

function sessionTable({ kind, lines, rows, own, peers }) {
  const measures = ['open', 'edit', 'work', 'hover50', 'hover95', 'memory', 'peak'];
  const heads = [
    '',
    'open',
    'edit',
    'less wait',
    'hover p50',
    'hover p95',
    'memory',
    'peak',
    'hovers answered',
  ];
  const body = rows.map((row) => [
    row.id,
    ...measures.map((measure) => figure(row[measure])),
    `${Math.round(row.answered * 100)} %`,
  ]);
  if (own && peers.length > 0) {
    const ratios = measures.map((measure) => ratio(own[measure], best(peers, measure)));
    body.push(['portolan / best peer', ...ratios, '']);
  }
  return table(`${kindTitles[kind]} of ${lines.toLocaleString('en')} lines`, heads, body);
}

function startAims(rows) {
  const time = (id) => rows.find((row) => row.id === id)?.time;
  return [aim('start-up / empty server', time('portolan') / time(emptyServer.id), 1.15)];
}

function workspaceTable(runs) {
  const [{ files, claims }] = runs;
  const edits = runs.flatMap((run) => run.edits);
  const memory = runs.flatMap((run) => run.memory?.now ?? []);
  const completions = runs.flatMap((run) => run.completions);
  const figures = [
    ...[percentile(edits, 0.5), percentile(edits, 0.95)],
    ...[percentile(completions, 0.5), percentile(completions, 0.95), median(memory)],
  ].map(figure);
  const title = `Workspace of ${files.toLocaleString('en')} files, ${claims.toLocaleString('en')} host ports`;
  const heads = ['', 'edit p50', 'edit p95', 'completion p50', 'completion p95', 'memory'];
  return table(title, heads, [['portolan', ...figures]]);
}

function workspaceAims(runs) {
  if (runs.length === 0) return [];
  const edits = runs.flatMap((run) => run.edits);
  const completions = runs.flatMap((run) => run.completions);
  const searches = runs.flatMap((run) => run.searches);
  return [
    aim('Workspace of 2,000 files: edit to diagnostics, p95 in ms', percentile(edits, 0.95), 50),
    aim('Workspace of 2,000 files: completion of a host port, p95 in ms', percentile(completions, 0.95), 10),
    aim('Search for a free port over all 65,536, p95 in ms', percentile(searches, 0.95), 1),
  ];
}

/** The aims are set at the sizes at which a person begins to feel the wait. */
function sessionAims({ kind, lines, own, peers }) {
  const mainSize = kind === 'compose' ? 24_000 : 6000;
  if (lines !== mainSize || !own || peers.length === 0) return [];
  const title = `${kindTitles[kind]} of ${lines.toLocaleString('en')} lines`;
  return [
    aim(`${title}: edit / faster peer`, own.edit / best(peers, 'edit'), kind === 'compose' ? 1 / 8 : 1 / 2),
    // A hover that has nothing to say is quick, and misses the aim all the same.
    aim(`${title}: hover p95 in ms`, own.answered === 1 ? own.hover95 : Number.POSITIVE_INFINITY, 2),
    aim(`${title}: memory / smaller peer`, own.memory / best(peers, 'memory'), 1 / 2),
  ];
}

function aim(what, value, limit) {
  return { what, value, limit };
}

function aimLine({ what, value, limit }) {
  const verdict = Number.isNaN(value) ? 'unknown' : value <= limit ? 'met' : 'missed';
  return `  ${verdict.padEnd(8)}${what}: ${value.toFixed(3)}, at most ${limit}`;
}

/** A hover that has nothing to say is quick, but no yardstick. */
function best(peers, measure) {
  const fit = measure.startsWith('hover') ? peers.filter(({ answered }) => answered > 0) : peers;
  return fit.length > 0 ? Math.min(...fit.map((peer) => peer[measure])) : Number.NaN;
}

function ratio(own, other) {
  return Number.isNaN(own / other) ? '' : `${(own / other).toPrecision(2)}x`;
}

function figure(value) {
  if (Number.isNaN(value)) return 'not measured';
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}

function table(title, heads, rows) {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const cell = (text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]));
  return [title, ...all.map((row) => `  ${row.map(cell).join('  ')}`.trimEnd())].join('\n');
}

function median(values) {
  return percentile(values, 0.5);
}

/** The nearest rank. Nothing is measured, NaN, where there are no values. */
function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
