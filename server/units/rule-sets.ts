import { grouped } from '../model/grouped';
import type { PlacedRule, RuleConflict, RuleSet } from '../model/rule-set';
import { sameElements } from '../model/same-elements';
import type { SourceFile } from '../model/snapshot';
import { type IncludedFile, includedFile, includeFinder, mainFiles } from './include-tree';
import { ruleConflicts } from './rule-conflicts';

/** So many includes are followed from one file: files that include each other over and over multiply. */
const mostFollowed = 1000;

/**
 * The rule sets of a workspace: each file with rules that no other file includes, with what it includes at the place
 * where it does.
 *
 * @param before The sets of the last time by their ids; one whose files are all the same objects is handed out again.
 */
export function ruleSets(
  files: readonly SourceFile[],
  before: ReadonlyMap<string, RuleSet>,
): readonly RuleSet[] {
  const filters = files.filter(({ reading }) => reading.filter !== undefined);
  if (filters.length === 0) return [];
  const dialects = new Set(filters.map(({ dialect }) => dialect));
  const members = files.filter(({ dialect }) => dialects.has(dialect));
  const including = members.filter(({ reading }) => (reading.includes?.length ?? 0) > 0);
  if (including.length === 0) {
    return filters.map((file) => ruleSet(alone(file), before));
  }
  const find = includeFinder(members);
  return mainFiles(members, find).flatMap((main) => {
    let left = mostFollowed;
    const follows = (): boolean => {
      left -= 1;
      return left > 0;
    };
    const tree = including.includes(main) ? includedFile(main, find, follows) : alone(main);
    return filesIn(tree).some(({ reading }) => reading.filter) ? [ruleSet(tree, before)] : [];
  });
}

function alone(file: SourceFile): IncludedFile {
  return { file, taken: new Map() };
}

function filesIn({ file, taken }: IncludedFile): readonly SourceFile[] {
  return [file, ...[...taken.values()].flatMap((each) => each.flatMap(filesIn))];
}

function ruleSet(tree: IncludedFile, before: ReadonlyMap<string, RuleSet>): RuleSet {
  const id = tree.file.address;
  const files = [...new Set(filesIn(tree))];
  const last = before.get(id);
  if (last !== undefined && sameElements(last.files, files)) return last;
  const lastMatchWins = new Set(
    files.flatMap(({ reading }) =>
      (reading.filter?.chains ?? []).flatMap((chain) => (chain.lastMatchWins ? [chain.name] : [])),
    ),
  );
  const rules = grouped(rulesIn(tree), ({ rule }) => rule.chain);
  const chains = [...rules].map(([name, own]) => ({
    ...{ name, rules: own },
    lastMatchWins: lastMatchWins.has(name),
  }));
  let found: readonly RuleConflict[] | undefined;
  return {
    ...{ id, files, chains },
    verdicts: new Map(),
    conflicts: () => {
      found ??= chains.flatMap(ruleConflicts);
      return found;
    },
  };
}

/** A file's rules in the order of evaluation, those of included files where they come in. */
function* rulesIn({ file, taken }: IncludedFile): Iterable<PlacedRule> {
  const waiting = [...taken];
  for (const rule of file.reading.filter?.rules ?? []) {
    while (waiting[0] !== undefined && waiting[0][0].span.start < rule.span.start) {
      for (const included of waiting.shift()?.[1] ?? []) yield* rulesIn(included);
    }
    yield { file, rule };
  }
  for (const [, included] of waiting) for (const each of included) yield* rulesIn(each);
}
