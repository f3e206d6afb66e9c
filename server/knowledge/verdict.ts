import type { Note, PracticeRecord } from '../model/knowledge';
import type { RegistryRecord } from '../model/registry';
import { listed } from '../model/words';

/**
 * What a port's label is worth.
 * - `in-use`: a program that speaks the registered protocol is found there; `in-use-and-other`: others as well.
 * - `other-use`: what is found there in practice is something else than what is registered.
 * - `specified`: registered with a public specification; whether anybody uses it is not known here.
 * - `unspecified`: registered, and the registry names no public specification.
 * - `historic`: only an alias or a historic name holds it. `reserved`, `unassigned`, `dynamic`: it has no label.
 */
export type VerdictKind =
  | 'in-use'
  | 'in-use-and-other'
  | 'other-use'
  | 'specified'
  | 'unspecified'
  | 'historic'
  | 'reserved'
  | 'unassigned'
  | 'dynamic';

/** The verdict on a label. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** A few words: `used for something else in practice`. */
  readonly words: string;
  /** One sentence: what it rests on. */
  readonly evidence: string;
}

/** How many programs the evidence names. */
const named = 3;

/**
 * Judges the label of a port from what the tables hold, and never from anything else.
 *
 * @param records The registry's rows of the port, the preferred one first.
 * @param practice What is found on the port.
 * @param notes The stories of the port.
 * @param isDynamic Whether it is one of the Dynamic Ports, which IANA never assigns.
 */
export function verdict(
  records: readonly RegistryRecord[],
  practice: readonly PracticeRecord[],
  notes: readonly Note[],
  isDynamic: boolean,
): Verdict {
  const [record] = records;
  if (record?.name === undefined) return withoutLabel(record, practice, isDynamic);
  const asRegistered = practice.filter(({ isAsRegistered }) => isAsRegistered);
  const others = practice.filter((each) => !each.isAsRegistered);
  if (record.status !== 'assigned' && practice.length === 0) {
    return judged(
      'historic',
      record.status === 'alias' ? 'an alias' : 'a historic name',
      `The registry itself calls "${record.name}" ${record.status === 'alias' ? 'an alias of another name' : 'historic'}.`,
    );
  }
  if (asRegistered.length > 0) {
    const speakers = programs(asRegistered);
    return others.length === 0
      ? judged('in-use', 'in use as registered', `Used as registered by ${speakers}.`)
      : judged(
          'in-use-and-other',
          'in use as registered, and for other things',
          `Used as registered by ${speakers}; for something else by ${programs(others)}.`,
        );
  }
  if (others.length > 0) {
    return judged(
      'other-use',
      'used for something else in practice',
      `Used by ${programs(others)}, for something else than what "${record.name}" is registered for.`,
    );
  }
  const specified = records.find((each) => each.name === record.name && each.reference !== undefined);
  return withoutPractice(specified ?? record, notes);
}

function withoutPractice(record: RegistryRecord, notes: readonly Note[]): Verdict {
  const isDormant = notes.some(({ kind }) => kind === 'dormant');
  if (record.reference !== undefined) {
    return judged(
      'specified',
      isDormant ? 'with a public specification, and dormant' : 'with a public specification',
      isDormant
        ? `The registry refers to ${plain(record.reference)}; the story below says why the label means little.`
        : `The registry refers to ${plain(record.reference)}; no program that uses it is in our tables.`,
    );
  }
  return judged(
    'unspecified',
    isDormant
      ? 'dormant: no public specification is named in our copy of the registry'
      : 'no public specification is named in our copy of the registry',
    'Its row has no reference here, and no program that uses it is in our tables.',
  );
}

function withoutLabel(
  record: RegistryRecord | undefined,
  practice: readonly PracticeRecord[],
  isDynamic: boolean,
): Verdict {
  const use = practice.length === 0 ? '' : ` In practice it is used by ${programs(practice)}.`;
  if (isDynamic) return judged('dynamic', 'dynamic, never registered', `IANA assigns no Dynamic Port.${use}`);
  if (record?.status === 'reserved') {
    return judged('reserved', 'reserved', `The registry reserves it without a service name.${use}`);
  }
  const row = record === undefined ? 'The registry has no row for it.' : 'The registry calls it unassigned.';
  return judged('unassigned', 'unassigned', `${row}${use}`);
}

function judged(kind: VerdictKind, words: string, evidence: string): Verdict {
  return { kind, words, evidence };
}

function programs(records: readonly PracticeRecord[]): string {
  return listed(
    records.map(({ software }) => software),
    named,
  );
}

function plain(reference: string): string {
  return reference.replace(/\]\[/g, ', ').replace(/[[\]]/g, '');
}
