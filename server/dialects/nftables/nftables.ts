import type { Dialect } from '../../model/dialect';
import { readNftText } from '../../syntax/nftables/nft-text';
import { type PlaceholderForms, withPlaceholders } from '../../syntax/placeholders';
import { literalText } from '../../syntax/sourced-text';
import { isTemplate } from './is-template';
import { looksLikeNftables } from './looks-like-nftables';

/** Rulesets of nftables, as `nft -f` reads them. */
export const nftables: Dialect = {
  id: 'nftables',
  title: 'nftables rules',
  files: ['*.nft', 'nftables.conf', '*.nft.j2', 'nftables.conf.j2'],
  languages: ['nftables', 'nft'],
  paths: ['*/etc/nftables/*', '*/etc/sysconfig/nftables.conf'],
  shared: { files: ['*.conf', '*.rules', '*.nftables', '*.j2', '*tmpl', '*.erb'], languages: [] },
  looksLike: looksLikeNftables,
  companions: [],
  read(text, { within }) {
    const reading = readNftText(withPlaceholders(literalText(text, 0), forms), within);
    // What fills in a template comes before nft: nobody knows what it will have to read.
    if (!isTemplate(text)) return reading;
    const { filter: _, ...rest } = reading;
    return { ...rest, faults: [] };
  },
};

const forms: PlaceholderForms = { angle: true };
