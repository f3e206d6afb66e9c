import { readDirectRule } from '../../syntax/firewalld/direct-rule';
import { quoted } from '../../syntax/firewalld/firewalld-refusal';
import { isOpaque } from '../../syntax/firewalld/port-text';
import { pythonInt } from '../../syntax/firewalld/python-int';
import { pythonSplit } from '../../syntax/firewalld/python-split';
import { addFound } from '../../syntax/found';
import { type SourcedText, SourcedTextBuilder, spanOf } from '../../syntax/sourced-text';
import type { XmlElement } from '../../syntax/xml/xml';
import { type FileContext, refuse } from './context';
import { refuseForm, valuesOf } from './elements';

/** The tables that there are for each protocol (src/firewall/core/ipXtables.py and ebtables.py, `BUILT_IN_CHAINS`). */
const ipTables: readonly string[] = ['security', 'raw', 'mangle', 'nat', 'filter'];
const bridgeTables: readonly string[] = ['broute', 'nat', 'filter'];

/** Reads direct rules: arguments of iptables that firewalld hands on as they are (src/firewall/core/io/direct.py). */
export function readDirect(context: FileContext): undefined {
  let text = new SourcedTextBuilder();
  let roots = 0;
  for (const event of context.events) {
    if (event.kind === 'text') {
      text.append(event.text);
    } else if (event.kind === 'start') {
      text = new SourcedTextBuilder();
      const { element } = event;
      if (refuseForm('direct', element, context.found)) continue;
      if (element.name === 'direct') roots += 1;
      if (element.name === 'direct' && roots > 1) {
        const words = 'PARSE_ERROR: More than one direct tag.';
        refuse(context, 'misplaced-directive', element.nameSpan, 'there is a second <direct>', words);
      }
      refuseValues(element, context);
    } else if (event.element.name === 'rule' || event.element.name === 'passthrough') {
      refuseArguments(event.element, text.text(), context);
      readArguments(event.element, text.text(), context);
      text = new SourcedTextBuilder();
    }
  }
}

function refuseValues(element: XmlElement, context: FileContext): void {
  const values = valuesOf(element);
  const ipv = values.get('ipv');
  const table = values.get('table');
  const priority = values.get('priority');
  if (ipv !== undefined && !isOpaque(ipv.value) && !['ipv4', 'ipv6', 'eb'].includes(ipv.value)) {
    const words = `INVALID_IPV: '${ipv.value}' not from {'ipv4'|'ipv6'|'eb'}`;
    refuse(
      context,
      'ignored-profile',
      spanOf(ipv),
      `${quoted(ipv.value)} is none of ipv4, ipv6 and eb`,
      words,
    );
    return;
  }
  const tables = ipv?.value === 'eb' ? bridgeTables : ipTables;
  if (
    table !== undefined &&
    !isOpaque(table.value) &&
    !isOpaque(ipv?.value ?? '') &&
    !tables.includes(table.value)
  ) {
    const reason = `there is no table ${quoted(table.value)}; there are ${tables.join(', ')}`;
    refuse(context, 'ignored-profile', spanOf(table), reason, `INVALID_TABLE: '${table.value}' not in …`);
  }
  if (priority !== undefined && !isOpaque(priority.value) && pythonInt(priority.value) === undefined) {
    const words = `Parse Error: ${priority.value} is not a valid priority`;
    refuse(
      context,
      'ignored-profile',
      spanOf(priority),
      `the priority ${quoted(priority.value)} is no number`,
      words,
    );
  }
}

/** The ports in the arguments: those of a rule stand behind `-A CHAIN`, those of a passthrough are a whole command. */
function readArguments(element: XmlElement, text: SourcedText, { text: whole, found }: FileContext): void {
  const values = valuesOf(element);
  const chain = values.get('chain');
  const { words, refusal } = pythonSplit(text);
  if (refusal !== undefined) return;
  const ipv = values.get('ipv')?.value ?? '';
  if (element.name === 'passthrough') {
    addFound(found, readDirectRule({ ipv, words }, whole));
  } else if (chain !== undefined) {
    const table = values.get('table')?.value;
    addFound(found, readDirectRule({ ipv, chain, words, ...(table !== undefined && { table }) }, whole));
  }
}

/** The arguments are iptables' business but for their quotes, which firewalld takes off. */
function refuseArguments(element: XmlElement, text: SourcedText, context: FileContext): void {
  if (context.isTemplate || !element.isWhole) return;
  const { refusal } = pythonSplit(text);
  if (text.value === '') {
    const own = `Error: ${element.name} does not have any arguments, ignoring.`;
    refuse(context, 'ignored-profile', element.nameSpan, `<${element.name}> has no arguments`, own);
  } else if (refusal !== undefined) {
    const reason = 'a quotation mark or backslash stands alone in the arguments';
    refuse(context, 'syntax-error', spanOf(text), reason, refusal);
  }
}
