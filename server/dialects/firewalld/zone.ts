import type { FilterRule } from '../../model/filter-rule';
import type { PacketFilter } from '../../model/packet-filter';
import type { Span } from '../../model/span';
import { readPortEntry, transportOf, trapRules } from '../../syntax/firewalld/port-entry';
import { portSlots } from '../../syntax/firewalld/port-slots';
import { portElements, type RichPart } from '../../syntax/firewalld/rich-rule';
import type { SourcedText } from '../../syntax/sourced-text';
import type { XmlElement } from '../../syntax/xml/xml';
import { type FileContext, ownerOf, refuse } from './context';
import { elementForm, refuseForm, valuesOf } from './elements';
import { ZoneFilter } from './filter';
import { refusePolicy } from './policy';
import { isRuleOnly, RuleDraft } from './rule-draft';
import { refuseSetting } from './zone-setting';

/**
 * Reads a zone or a policy (src/firewall/core/io/zone.py and policy.py): its ports are accepted, those of a rule meet
 * with the rule's action. As firewalld does it, what stands within `<rule>` belongs to the rule however deep it stands.
 */
export function readZone(context: FileContext): PacketFilter {
  return new ZoneReader(context).read();
}

/** What a policy's check of a forward port has to know. */
export interface ForwardElement {
  readonly nameSpan: XmlElement['nameSpan'];
  readonly hasAddress: boolean;
}

class ZoneReader {
  private rule: RuleDraft | undefined;
  /** What a limit belongs to. Like firewalld, this one outlives an nflog element. */
  private limited: { -readonly [Key in keyof RichPart]: RichPart[Key] } | undefined;
  private readonly zones = { ingress: [] as SourcedText[], egress: [] as SourcedText[] };
  private readonly forwards: ForwardElement[] = [];
  private readonly chain: string;
  private readonly owner: string;
  private readonly filter: ZoneFilter;
  /** The elements outside of rules that firewalld takes. */
  private readonly standing = new Set<XmlElement>();
  /** True once firewalld refuses something within the rule that is open. */
  private isRuleRefused = false;

  constructor(private readonly context: FileContext) {
    this.chain = [context.kind, context.name].join(' ').trim();
    this.owner = ownerOf(context);
    this.filter = new ZoneFilter(this.chain, context.kind === 'zone');
  }

  read(): PacketFilter {
    for (const event of this.context.events) {
      if (event.kind === 'start') this.startElement(event.element);
      else if (event.kind === 'end') this.end(event.element, event.end);
    }
    this.rule?.open();
    this.endRule();
    if (this.context.kind === 'policy') refusePolicy(this.context, this.zones, this.forwards);
    return this.filter.filter();
  }

  private startElement(element: XmlElement): void {
    const { faults } = this.context.found;
    const before = faults.length;
    const isOutside = this.rule === undefined;
    this.start(element);
    const isRefused = faults.slice(before).some(({ rule }) => !trapRules.includes(rule));
    if (element.name === 'rule') this.isRuleRefused = isRefused;
    else if (!isOutside) this.isRuleRefused ||= isRefused;
    if (!isOutside || element.name === 'rule') return;
    if (isRefused || !element.isWhole) this.filter.leaveOut();
    else this.standing.add(element);
  }

  private start(element: XmlElement): void {
    const { kind, found } = this.context;
    const isFaulty = refuseForm(kind, element, found);
    const { name } = element;
    if (isFaulty) this.rule?.open();
    if (name === 'rule') this.startRule(element, isFaulty);
    else if (name === 'limit') this.limit(element);
    else if (this.rule !== undefined) this.inRule(element, isFaulty);
    else if (isRuleOnly(name) || (name === 'source' && kind === 'policy')) this.outOfPlace(element);
    else if (portElements.includes(name)) this.port(element, isFaulty);
    else if (!isFaulty) this.setting(element, valuesOf(element));
  }

  private end(element: XmlElement, end: number): void {
    const { name } = element;
    const span = { start: element.span.start, end };
    if (this.standing.delete(element)) this.filter.addElement(element, span);
    if (name === 'rule') this.endRule(element === this.rule?.element ? span : undefined);
    else if (['accept', 'reject', 'drop', 'mark', 'log', 'audit'].includes(name)) this.limited = undefined;
  }

  private startRule(element: XmlElement, isFaulty: boolean): void {
    if (this.rule !== undefined) {
      const words = "'NoneType' object has no attribute 'check'";
      refuse(this.context, 'misplaced-directive', element.nameSpan, 'a rule stands within a rule', words);
      this.rule.open();
      this.endRule();
    }
    this.rule = new RuleDraft(element, this.context);
    if (isFaulty) this.rule.open();
  }

  /** @param span All of the rule, with its end tag; absent where it has none. */
  private endRule(span?: Span): void {
    const { faults } = this.context.found;
    const before = faults.length;
    this.rule?.end({ chain: this.chain, owner: this.owner });
    const whole = this.rule?.whole();
    const isRefused =
      this.isRuleRefused || faults.slice(before).some(({ rule }) => !trapRules.includes(rule));
    if (whole !== undefined && span !== undefined && !isRefused) this.filter.addRule(whole, span);
    else if (this.rule !== undefined) this.filter.leaveOut();
    const forward = this.rule?.forward;
    if (forward !== undefined) this.keepForward(forward.span, forward.values);
    this.rule = undefined;
  }

  private inRule(element: XmlElement, isFaulty: boolean): void {
    const isText = element.name === 'short' || element.name === 'description';
    // firewalld sets what only a zone or policy has, wherever it stands.
    const isOwn = [
      'zone',
      'policy',
      'forward',
      'icmp-block-inversion',
      'ingress-zone',
      'egress-zone',
      'disable',
    ];
    if (isText) return;
    if (!element.isWhole) {
      this.slots(element);
    } else if (isFaulty) {
      if (elementForm(this.context.kind, element.name) !== undefined) this.rule?.add(element);
    } else if (isOwn.includes(element.name)) {
      this.setting(element, valuesOf(element));
    } else {
      const limited = this.rule?.add(element);
      if (limited !== undefined) this.limited = limited;
    }
  }

  /** In a tag that is being typed a port can be typed, too. */
  private slots(element: XmlElement): void {
    const { owner, context } = this;
    if (!portElements.includes(element.name)) return;
    const transport = transportOf(element.attributes.find(({ name }) => name === 'protocol')?.value);
    for (const { name, value } of element.attributes) {
      if (name !== 'port' && name !== 'to-port') continue;
      const slot = {
        role: 'match',
        owner,
        accepts: 'port',
        names: true,
        ...(transport && { transport }),
      } as const;
      context.found.slots.push(...portSlots(value, slot));
    }
  }

  private limit(element: XmlElement): void {
    if (!element.isWhole) return;
    const { isTemplate } = this.context;
    const { limited } = this;
    const part = { name: 'limit', span: element.nameSpan, whole: element.span, values: valuesOf(element) };
    if (limited === undefined) {
      const words = 'INVALID_RULE: Limit outside of action, log and audit.';
      const reason = 'a limit belongs within an action, log or audit';
      refuse(this.context, 'misplaced-directive', element.nameSpan, reason, words);
    } else if (limited.limit !== undefined && !isTemplate) {
      const words = 'INVALID_RULE: More than one limit in rule';
      refuse(
        this.context,
        'misplaced-directive',
        element.nameSpan,
        `<${limited.name}> has a limit already`,
        words,
      );
    } else {
      limited.limit = part;
    }
  }

  private outOfPlace({ name, nameSpan }: XmlElement): void {
    const reason = `<${name}> belongs within a rule`;
    refuse(this.context, 'misplaced-directive', nameSpan, reason, `INVALID_RULE: ${name} outside of rule`);
  }

  private port(element: XmlElement, isRefused: boolean): void {
    const { name, span, nameSpan } = element;
    const values = valuesOf(element);
    const isForward = name === 'forward-port';
    const rule: FilterRule = {
      chain: this.chain,
      isNegated: false,
      conditions: [],
      verdict: isForward ? name : 'accept',
    };
    const role = isForward ? 'forward' : name === 'source-port' ? 'source' : 'allow';
    const { owner, context } = this;
    const isOpen = context.isTemplate || !element.isWhole;
    const entry = { span, nameSpan, values, isForward, role, owner, rule, isOpen, isRefused } as const;
    const before = context.found.faults.length;
    readPortEntry(entry, { program: 'firewalld', style: 'file' }, context.found);
    // The one mistake of a tag that is none is told already.
    if (!element.isWhole) context.found.faults.length = before;
    if (isForward) this.keepForward(nameSpan, values);
  }

  private keepForward(nameSpan: XmlElement['nameSpan'], values: ReadonlyMap<string, SourcedText>): void {
    this.forwards.push({ nameSpan, hasAddress: (values.get('to-addr')?.value ?? '') !== '' });
  }

  /** What is no port and stands outside of rules. */
  private setting(element: XmlElement, values: ReadonlyMap<string, SourcedText>): void {
    const { name } = element;
    const zone = values.get('name');
    if (name === 'zone' || name === 'policy') this.filter.setTarget(values.get('target'));
    if (name === 'ingress-zone' && zone !== undefined) this.zones.ingress.push(zone);
    if (name === 'egress-zone' && zone !== undefined) this.zones.egress.push(zone);
    refuseSetting(this.context, element, values);
  }
}
