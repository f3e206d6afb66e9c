import type { Span } from '../../model/span';
import { upperFirst } from '../../model/words';
import {
  portElements,
  type RichPart,
  type RichRule,
  type RulePlace,
  readRichRule,
} from '../../syntax/firewalld/rich-rule';
import { type Found, nothingFound } from '../../syntax/found';
import type { XmlElement } from '../../syntax/xml/xml';
import { type FileContext, refuse } from './context';
import { valuesOf } from './elements';

type Place = 'source' | 'destination' | 'element' | 'log' | 'audit' | 'action';
type DraftPart = { -readonly [Key in keyof RichPart]: RichPart[Key] };

/** Which elements of a rule stand in which place of it. */
const places: ReadonlyMap<string, Place> = new Map<string, Place>([
  ...(['source', 'destination', 'audit'] as const).map((name) => [name, name] as const),
  ...['log', 'nflog'].map((name) => [name, 'log'] as const),
  ...['accept', 'reject', 'drop', 'mark'].map((name) => [name, 'action'] as const),
  ...['service', 'port', 'protocol', 'tcp-mss-clamp', 'icmp-block', 'icmp-type'].map(
    (name) => [name, 'element'] as const,
  ),
  ...['masquerade', 'forward-port', 'source-port'].map((name) => [name, 'element'] as const),
]);

/** What firewalld says when a place of a rule is taken (src/firewall/core/io/policy.py, `common_startElement`). */
const takenWords: Readonly<Record<Place, string>> = {
  source: 'More than one source in rule',
  destination: 'More than one destination in rule',
  element: 'More than one element in rule',
  log: 'More than one log in rule',
  audit: 'More than one audit in rule',
  action: 'More than one action in rule',
};

/** Tells whether an element is one of a rule, and of nothing else. */
export function isRuleOnly(name: string): boolean {
  const place = places.get(name);
  if (name === 'limit' || name === 'icmp-type' || name === 'tcp-mss-clamp') return true;
  return place !== undefined && place !== 'element' && place !== 'source';
}

/** A rich rule as its elements come in. */
export class RuleDraft {
  private readonly parts = new Map<Place, DraftPart>();
  /** Ports beside the one that a rule can have. */
  private readonly surplus: DraftPart[] = [];
  /** The places that a template fills with one thing or another. */
  private readonly uncertain = new Set<Place>();
  private isOpen: boolean;
  private isDoubled = false;

  constructor(
    readonly element: XmlElement,
    private readonly context: FileContext,
  ) {
    this.isOpen = context.isTemplate;
  }

  /** The forward port of the rule, and the address it forwards to. */
  get forward(): RichPart | undefined {
    const element = this.parts.get('element');
    return element?.name === 'forward-port' ? element : undefined;
  }

  /** What is missing in the rule is not told any more: something of it could not be read. */
  open(): void {
    this.isOpen = true;
  }

  /** Takes in an element of the rule; answers the part that a limit within can belong to. */
  add(element: XmlElement): RichPart | undefined {
    const place = places.get(element.name);
    if (place === undefined) {
      refuse(
        this.context,
        'misplaced-directive',
        element.nameSpan,
        `<${element.name}> cannot stand in a rule`,
        `INVALID_RULE: ${upperFirst(element.name)} is not valid in rule`,
      );
      return undefined;
    }
    const values = valuesOf(element);
    const part: DraftPart = { name: element.name, span: element.nameSpan, whole: element.span, values };
    if (/^(?:yes|true)$/i.test(values.get('invert')?.value ?? '')) part.isInverted = true;
    if (this.context.isTemplate && (this.parts.has(place) || this.uncertain.has(place))) {
      const either = [this.parts.get(place), part].filter((each) => each !== undefined);
      this.surplus.push(...either.filter(({ name }) => portElements.includes(name)));
      this.uncertain.add(place);
      this.parts.delete(place);
      return undefined;
    }
    if (this.parts.has(place)) {
      if (portElements.includes(part.name)) this.surplus.push(part);
      this.isDoubled = true;
      this.refuseTaken(place, element);
      return undefined;
    }
    this.parts.set(place, part);
    return place === 'log' || place === 'audit' || place === 'action' ? part : undefined;
  }

  /** Reads the rule as it is now. */
  end(place: RulePlace): void {
    const { found } = this.context;
    const words = { program: 'firewalld', style: 'rule' } as const;
    readRichRule(this.rule(), place, words, found);
    for (const element of this.surplus) {
      const read: Found = nothingFound();
      readRichRule({ ...this.rule(), element, isOpen: true }, place, words, read);
      found.slots.push(...read.slots);
      for (const reference of read.references) {
        found.references.push(this.context.isTemplate ? reference : { ...reference, isRefused: true });
      }
    }
  }

  /** The rule as far as it came in, for the packet filter as a whole; undefined where a part of it stands there twice. */
  whole(): RichRule | undefined {
    return this.isDoubled || this.uncertain.size > 0 ? undefined : this.rule();
  }

  private rule(): RichRule {
    const { element, parts, isOpen } = this;
    const values = valuesOf(element);
    const span: Span = element.span;
    const given = ['family', 'priority'].flatMap((name) => {
      const value = values.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    return {
      span,
      nameSpan: element.nameSpan,
      isOpen,
      ...Object.fromEntries(given),
      ...Object.fromEntries(parts),
    };
  }

  private refuseTaken(place: Place, element: XmlElement): void {
    const first = this.parts.get(place)?.name ?? '';
    const which = first === element.name ? `a second <${first}>` : `<${element.name}> beside <${first}>`;
    refuse(
      this.context,
      'misplaced-directive',
      element.nameSpan,
      `a rule cannot have ${which}`,
      `INVALID_RULE: ${takenWords[place]}`,
    );
  }
}
