import { xmlComments } from '../../model/comments';
import type { Dialect, ReadInputs } from '../../model/dialect';
import type { PacketFilter } from '../../model/packet-filter';
import type { Reading } from '../../model/reading';
import { upperFirst } from '../../model/words';
import { nothingFound } from '../../syntax/found';
import { maskedPlaceholders } from '../../syntax/placeholders';
import { readXml, type XmlElement } from '../../syntax/xml/xml';
import { type FileContext, refuse } from './context';
import { readDirect } from './direct';
import { type Kind, kindOf } from './elements';
import { readIpset } from './ipset';
import { looksLikeFirewalld } from './looks-like';
import { readService } from './service';
import { readZone } from './zone';

/** The files that firewalld keeps its objects in: zones, policies, services, helpers, ipsets and direct rules. */
export const firewalld: Dialect = {
  id: 'firewalld',
  title: 'firewalld configuration',
  files: [],
  languages: [],
  // firewalld.zone(5) and its sisters: /etc/firewalld over /usr/lib/firewalld, and in trees that are installed there.
  paths: [
    ...['zones', 'services', 'policies', 'helpers', 'ipsets'].map((folder) => `*/firewalld/${folder}/*.xml`),
    '*/firewalld/direct.xml',
  ],
  shared: { files: ['*.xml'], languages: ['xml'] },
  looksLike: looksLikeFirewalld,
  comments: xmlComments,
  companions: [],
  read,
};

const readers: Readonly<Record<Kind, (context: FileContext) => PacketFilter | undefined>> = {
  zone: readZone,
  policy: readZone,
  service: readService,
  helper: readService,
  ipset: readIpset,
  direct: readDirect,
};

function read(text: string, inputs: ReadInputs): Reading {
  const masked = maskedPlaceholders(text, { angle: 'in quotes' });
  const { events, fault } = readXml(masked);
  const found = nothingFound();
  const first = events.find((event) => event.kind === 'start');
  const root = first?.kind === 'start' ? first.element : undefined;
  const kind = root === undefined ? undefined : kindOf(root.name);
  const isTemplate = masked !== text;
  const name = inputs.name.replace(/\.xml$/i, '');
  const context: FileContext = { kind: kind ?? 'zone', name, text, events, isTemplate, found };
  if (fault !== undefined && !isTemplate) {
    const what = upperFirst(fault.reason);
    refuse(context, 'syntax-error', fault.span, what, fault.expat);
  }
  const filter = kind === undefined ? undefined : readers[kind](context);
  if (kind === undefined && root?.isWhole && !isTemplate) refuseRoot(root, context);
  return filter === undefined || isTemplate ? found : { ...found, filter };
}

function refuseRoot({ name, nameSpan }: XmlElement, context: FileContext): void {
  // Kept in folders of their own, and without ports.
  if (name === 'icmptype' || name === 'whitelist') return;
  const words = `PARSE_ERROR: Unexpected element ${name}`;
  refuse(context, 'misplaced-directive', nameSpan, `firewalld has no files of <${name}>`, words);
}
