import { grouped } from '../model/grouped';
import type { PlacedRule, RuleConflict, RuleSet } from '../model/rule-set';
import type { SourceFile, Uri } from '../model/snapshot';
import { includesOf } from './include-tree';
import { ruleConflicts } from './rule-conflicts';

/** How deep files include each other before the search gives up: a loop ends here. */
const deepest = 10;

/**
 * The rule sets of a workspace: each file with rules that no other file includes, with what it includes at the place
 * where it does. A file that only a file without rules includes is in that one's set.
 *
 * @param before The sets of the last time by their ids; one whose files are all the same objects is handed out again.
 */
export function ruleSets(
  files: ReadonlyMap<Uri, SourceFile>,
  before: ReadonlyMap<string, RuleSet>,
): readonly RuleSet[] {
  const members = [...files.values()].filter(
    ({ reading }) => reading.filter !== undefined || (reading.includes?.length ?? 0) > 0,
  );
  const includes = includesOf(members);
  const included = new Set([...includes.values()].flatMap((each) => each.map(({ file }) => file)));
  return members
    .filter((file) => !included.has(file))
    .flatMap((root) => {
      const all = filesFrom(root, includes, 0);
      return all.some(({ reading }) => reading.filter) ? [ruleSet(root, all, includes, before)] : [];
    });
}

type Includes = ReturnType<typeof includesOf>;

function filesFrom(file: SourceFile, includes: Includes, depth: number): readonly SourceFile[] {
  if (depth > deepest) return [];
  return [file, ...(includes.get(file) ?? []).flatMap((each) => filesFrom(each.file, includes, depth + 1))];
}

function ruleSet(
  root: SourceFile,
  files: readonly SourceFile[],
  includes: Includes,
  before: ReadonlyMap<string, RuleSet>,
): RuleSet {
  const id = root.address;
  const last = before.get(id);
  const isSame =
    last?.files.length === files.length && last.files.every((file, index) => file === files[index]);
  if (isSame) return last;
  const lastMatchWins = new Set(
    files.flatMap(({ reading }) =>
      (reading.filter?.chains ?? []).flatMap((chain) => (chain.lastMatchWins ? [chain.name] : [])),
    ),
  );
  const rules = grouped(rulesFrom(root, includes, 0), ({ rule }) => rule.chain);
  const chains = [...rules].map(([name, own]) => ({
    name,
    lastMatchWins: lastMatchWins.has(name),
    rules: own,
  }));
  let found: readonly RuleConflict[] | undefined;
  return {
    ...{ id, files, chains },
    conflicts: () => {
      found ??= chains.flatMap(ruleConflicts);
      return found;
    },
  };
}

/** A file's rules in the order of evaluation, those of included files where they come in. */
function* rulesFrom(file: SourceFile, includes: Includes, depth: number): Iterable<PlacedRule> {
  if (depth > deepest) return;
  const waiting = [...(includes.get(file) ?? [])];
  for (const rule of file.reading.filter?.rules ?? []) {
    while (waiting[0] !== undefined && waiting[0].include.span.start < rule.span.start) {
      const next = waiting.shift();
      if (next !== undefined) yield* rulesFrom(next.file, includes, depth + 1);
    }
    yield { file, rule };
  }
  for (const each of waiting) yield* rulesFrom(each.file, includes, depth + 1);
}
