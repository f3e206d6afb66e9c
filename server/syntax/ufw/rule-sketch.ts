import { type Argument, isUnknown } from './arguments';
import { isDirection, isLog } from './rule-options';
import { actions } from './rule-prefix';

/** One side of a rule: where packets come from, or where they go. */
export type SideName = 'from' | 'to';

/** A port or a profile that a clause names; the word is absent while it is not typed yet. */
export interface PortWord {
  readonly keyword: 'port' | 'app';
  readonly side: SideName | undefined;
  readonly word: Argument | undefined;
  /** Where the keyword ends. */
  readonly end: number;
}

/** What a rule command says, read without asking whether ufw takes it. */
export interface RuleSketch {
  readonly isRoute: boolean;
  readonly isDelete: boolean;
  /** Absent for one that a variable gives. */
  readonly action?: string;
  /** True when a word whose meaning cannot be known stands before the action. */
  readonly isPrefixUnknown: boolean;
  /** True when words of the rule itself cannot be known for what they are. */
  readonly isBodyUnknown: boolean;
  readonly direction: 'in' | 'out';
  /** Interfaces and sides in the order of the text. */
  readonly conditions: readonly (Interface | SideName)[];
  readonly addresses: { readonly [side in SideName]?: Argument };
  readonly ports: readonly PortWord[];
  /** The one word of the simple syntax. */
  readonly simple?: Argument;
  readonly protocol?: Argument;
  readonly comment?: Argument;
  /** True when nothing follows the action, its direction and `log`. */
  readonly isBare: boolean;
  /** Where these end. */
  readonly bareEnd: number;
}

/** `in on eth0` */
export interface Interface {
  readonly direction: 'in' | 'out';
  readonly name: Argument;
}

/** Reads a rule command for what it is about. Answers undefined for `delete 3` and for what is no rule at all. */
export function sketchRule(words: readonly Argument[], isRoute: boolean): RuleSketch | undefined {
  const prefix = readPrefix(words);
  return prefix && new SketchReader(words, prefix, isRoute).read();
}

interface Prefix {
  readonly isDelete: boolean;
  readonly isUnknown: boolean;
  readonly action: string | undefined;
  /** The place behind the action. */
  readonly end: number;
}

function readPrefix(words: readonly Argument[]): Prefix | undefined {
  let isDelete = false;
  let unknown = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as Argument;
    const lower = word.value.toLowerCase();
    if (actions.includes(lower)) return { isDelete, isUnknown: unknown, action: lower, end: at + 1 };
    if (isUnknown(word)) {
      const [next] = words.slice(at + 1);
      const leads = next !== undefined && (isUnknown(next) || actions.includes(next.value.toLowerCase()));
      if (!leads) return { isDelete, isUnknown: unknown, action: undefined, end: at + 1 };
      unknown = true;
    } else if (lower === 'delete') {
      isDelete = true;
    } else if (lower === 'insert') {
      at += 1;
    } else if (lower !== 'rule' && lower !== 'prepend') {
      return undefined;
    }
  }
  return undefined;
}

class SketchReader {
  private at: number;
  private direction: 'in' | 'out' = 'in';
  private side: SideName | undefined;
  private isBodyUnknown = false;
  private readonly conditions: (Interface | SideName)[] = [];
  private readonly sides = new Set<SideName>();
  private readonly addresses: { [side in SideName]?: Argument } = {};
  private readonly ports: PortWord[] = [];
  private simple: Argument | undefined;
  private protocol: Argument | undefined;
  private readonly comment: Argument | undefined;
  /** The word in front of the comment, and how many words stand before it. */
  private readonly remark: { readonly at: number; readonly word: Argument | undefined } | undefined;
  private readonly words: readonly Argument[];
  private isBare = true;
  private isDirected = false;
  private bareEnd: number;

  constructor(
    words: readonly Argument[],
    private readonly prefix: Prefix,
    private readonly isRoute: boolean,
  ) {
    this.at = prefix.end;
    this.bareEnd = words[prefix.end - 1]?.span.end ?? 0;
    // The comment is taken out wherever it stands, before anything else is read.
    const comment = words.findIndex(({ value }, index) => index >= prefix.end && value === 'comment');
    this.comment = comment < 0 ? undefined : words[comment + 1];
    this.remark = comment < 0 ? undefined : { at: comment, word: words[comment] };
    this.words = comment < 0 ? words : [...words.slice(0, comment), ...words.slice(comment + 2)];
  }

  read(): RuleSketch {
    while (this.at < this.words.length) this.step(this.next() as Argument);
    const { isDelete, action, isUnknown: isPrefixUnknown } = this.prefix;
    const isSimple = this.sides.size === 0 && this.ports.length === 0;
    return {
      ...{ isRoute: this.isRoute, isDelete, isPrefixUnknown, direction: this.direction, isBare: this.isBare },
      bareEnd: this.bareEnd,
      ...(action !== undefined && { action }),
      ...{ conditions: this.conditions, addresses: this.addresses, ports: this.ports },
      isBodyUnknown: this.isBodyUnknown,
      ...(isSimple && this.simple && { simple: this.simple }),
      ...(this.protocol && { protocol: this.protocol }),
      ...(this.comment && { comment: this.comment }),
    };
  }

  private next(): Argument | undefined {
    this.at += 1;
    return this.words[this.at - 1];
  }

  private step(word: Argument): void {
    const { value } = word;
    // Right behind the action, capitals do no harm.
    const early = this.isBare ? value.toLowerCase() : value;
    if (this.isBare && isLog(early)) this.bareEnd = word.span.end;
    else if (isDirection(early)) this.readDirection(early, word);
    else this.readClause(word);
  }

  /** The first direction has an interface behind `on`, or none; in a rule that is not for routed packets, `on` is no word later. */
  private readDirection(direction: 'in' | 'out', { span: { end } }: Argument): void {
    const isFirst = this.isBare && this.conditions.length === 0 && !this.isDirected;
    const isOn = this.words[this.at]?.value.toLowerCase() === 'on';
    if (isFirst) this.direction = direction;
    this.isDirected = true;
    if (isFirst && !isOn) {
      this.bareEnd = end;
      return;
    }
    if (isOn && (isFirst || this.isRoute)) this.at += 1;
    const name = this.next();
    if (name === undefined) this.isBare = false;
    else this.conditions.push({ direction, name });
  }

  private readClause(word: Argument): void {
    this.isBare = false;
    switch (word.value) {
      case 'proto':
        this.protocol = this.next();
        break;
      case 'from':
      case 'to':
        this.readSide(word.value);
        break;
      case 'port':
      case 'app':
        this.readPort(word.value, word);
        break;
      default:
        this.readOther(word);
    }
  }

  private readSide(side: SideName): void {
    this.side = side;
    const address = this.next();
    if (address !== undefined) this.addresses[side] = address;
    if (!this.sides.has(side)) this.conditions.push(side);
    this.sides.add(side);
  }

  /** No service is called like a clause: behind two blanks one begins, and the port is still to be typed between them. */
  private readPort(keyword: PortWord['keyword'], { span: { end } }: Argument): void {
    const next = this.remark?.at === this.at ? this.remark.word : this.words[this.at];
    const isGap = next !== undefined && next.span.start > end + 1 && clauses.includes(next.value);
    this.ports.push({ keyword, side: this.side, word: isGap ? undefined : this.next(), end });
  }

  /** Before a word of the simple syntax can stand a variable that gives a direction, or nothing. */
  private readOther(word: Argument): void {
    const isFirst = this.simple === undefined && this.side === undefined && this.ports.length === 0;
    if (canBeAnything(word)) this.isBodyUnknown ||= !isFirst || this.at < this.words.length;
    if (this.simple === undefined || canBeAnything(this.simple)) this.simple = word;
  }
}

const clauses: readonly string[] = ['proto', 'from', 'to', 'port', 'app', 'comment'];

/** Tells whether a variable can give more or less than one word here: all but the port of `$PORT/tcp` can. */
function canBeAnything(word: Argument): boolean {
  return isUnknown(word) && !/^[^/\s]*\/(?:tcp|udp|any|\uE000)$/.test(word.value);
}

/** The words of the sides' ports that count, and those that later ones put aside, in the order of the text. */
export function lastPorts(sketch: RuleSketch): {
  readonly last: readonly PortWord[];
  readonly lost: readonly { readonly lost: PortWord; readonly by: PortWord }[];
} {
  const last = new Map<SideName | undefined, PortWord>();
  const lost: { lost: PortWord; by: PortWord }[] = [];
  for (const port of sketch.ports) {
    if (port.word === undefined) continue;
    const before = last.get(port.side);
    if (before !== undefined) lost.push({ lost: before, by: port });
    last.set(port.side, port);
  }
  return { last: [...last.values()], lost };
}
