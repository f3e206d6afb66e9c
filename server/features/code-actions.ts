import type { Chart } from '../model/chart';
import type { Edit, Finding, Fix } from '../model/finding';
import { grouped } from '../model/grouped';
import { lineAt } from '../model/lines';
import type { SourceFile, Uri } from '../model/snapshot';
import { overlaps, type Span } from '../model/span';
import type { Inspection } from './diagnostics/inspector';
import { moveFix } from './free-ports/moving';
import { ignoring } from './ignoring';
import { together } from './together';

/** A mend on offer, with the findings that it does away with. */
export interface CodeAction {
  readonly findings: readonly Finding[];
  readonly fix: Fix;
  /** True for the first fix of one of them. */
  readonly preferred: boolean;
}

/**
 * What can be done about the findings that touch the span: first their own fixes, then the same for all findings of the rule
 * where that is safe, and at last to ignore them.
 */
export function codeActions(
  chart: Chart,
  inspection: Inspection,
  uri: Uri,
  span: Span,
): readonly CodeAction[] {
  const touched = inspection.of(uri).filter((finding) => overlaps(finding.span, span));
  const own = touched.flatMap((finding) =>
    fixesOf(chart, finding).map((fix, index) => ({ findings: [finding], fix, preferred: index === 0 })),
  );
  const offered = [
    ...oneOfEachRule(touched).flatMap((finding) => offers(finding, fixesOfRule(inspection, finding))),
    ...ignorable(inspection.file(uri), touched).flatMap(([finding, fixes]) => offers(finding, fixes)),
  ];
  return [...toldApart(joined(own)), ...withoutRepeats(offered)];
}

/** The mends of one finding: its own, then those that need a port that is free at this moment. */
export function fixesOf(chart: Chart, { fixes, moves = [] }: Finding): readonly Fix[] {
  const moved: Fix[] = [];
  for (const move of moves) {
    const fix = move.isLastResort && moved.length > 0 ? undefined : moveFix(chart, move);
    if (fix !== undefined) moved.push(fix);
  }
  return [...fixes, ...moved];
}

/** Of how many findings it is offered to ignore them: who selects a whole file reads no longer list. */
const mostIgnorable = 20;

/** The first findings by line and rule, with the ways to ignore them; one comment is for all of a rule on a line. */
function ignorable(
  file: SourceFile | undefined,
  findings: readonly Finding[],
): readonly (readonly [Finding, readonly Fix[]])[] {
  if (file === undefined) return [];
  const found = new Map<string, readonly [Finding, readonly Fix[]]>();
  let line: Span | undefined;
  for (const finding of findings) {
    const { start } = finding.span;
    if (line === undefined || start < line.start || start > line.end) line = lineAt(file.text, start);
    const key = `${line.start} ${finding.rule}`;
    if (!found.has(key)) found.set(key, [finding, ignoring(file, finding.rule, line)]);
    if (found.size === mostIgnorable) break;
  }
  return [...found.values()];
}

/** All safe mends of a file together, those that edit nothing else; undefined when there is none. */
export function fixAll(inspection: Inspection, uri: Uri): Fix | undefined {
  const safe = inspection.of(uri).flatMap(safeFix).filter(isWithin(uri));
  return safe.length === 0 ? undefined : { title: 'Fix all that is safe to fix', edits: together(safe) };
}

/** The mends of all findings of one rule: in the file, and in the workspace where others have it as well. */
function fixesOfRule(inspection: Inspection, { rule, uri }: Finding): readonly Fix[] {
  const inFile = mendsOf(inspection, rule, [uri])?.filter(isWithin(uri)) ?? [];
  const everywhere = mendsOf(inspection, rule, inspection.uris) ?? [];
  return [
    ...(inFile.length > 1 ? [{ title: `Fix all ${rule} in this file`, edits: together(inFile) }] : []),
    ...(everywhere.length > inFile.length && everywhere.length > 1
      ? [{ title: `Fix all ${rule} in the workspace`, edits: together(everywhere) }]
      : []),
  ];
}

/** The first fixes of a rule's findings in some files; undefined where one of them is not safe. */
function mendsOf(inspection: Inspection, rule: string, uris: readonly Uri[]): readonly Fix[] | undefined {
  const fixes = uris
    .flatMap((uri) => inspection.of(uri))
    .filter((finding) => finding.rule === rule)
    .flatMap(({ fixes: [first] }) => (first === undefined ? [] : [first]));
  return fixes.every(({ isSafe }) => isSafe) ? fixes : undefined;
}

function safeFix({ fixes: [first] }: Finding): readonly Fix[] {
  return first?.isSafe ? [first] : [];
}

function isWithin(uri: Uri): (fix: { readonly edits: readonly Edit[] }) => boolean {
  return ({ edits }) => edits.every((edit) => edit.uri === uri);
}

function offers(finding: Finding, fixes: readonly Fix[]): readonly CodeAction[] {
  return fixes.map((fix) => ({ findings: [finding], fix, preferred: false }));
}

function oneOfEachRule(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
}

/** What does the same for several findings is one mend of all of them. */
function joined(actions: readonly CodeAction[]): readonly CodeAction[] {
  return [...grouped(actions, actionKey).values()].flatMap((same) => {
    const [first] = same;
    const preferred = same.some((each) => each.preferred);
    return first === undefined
      ? []
      : [{ ...first, findings: same.flatMap((each) => each.findings), preferred }];
  });
}

/** Mends with one title that do different things get their long ones. */
function toldApart(actions: readonly CodeAction[]): readonly CodeAction[] {
  const titles = grouped(actions, ({ fix }) => fix.title);
  return actions.map((action) => {
    const { title, longTitle } = action.fix;
    const isAlone = titles.get(title)?.length === 1;
    return isAlone || longTitle === undefined
      ? action
      : { ...action, fix: { ...action.fix, title: longTitle } };
  });
}

/** Two findings of one rule on one line are ignored by the same comment. */
function withoutRepeats(actions: readonly CodeAction[]): readonly CodeAction[] {
  return [...grouped(actions, actionKey).values()].flatMap(([first]) => first ?? []);
}

function actionKey({ fix: { title, edits } }: CodeAction): string {
  return [title, ...edits.map(({ uri, span, text }) => `${uri} ${span.start} ${span.end} ${text}`)].join(
    '\n',
  );
}
