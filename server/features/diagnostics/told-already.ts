import type { Finding, Related } from '../../model/finding';
import { grouped } from '../../model/grouped';
import { levels } from '../../model/settings';

/**
 * The findings without those of which another one at the same place tells all, and more: a file can be a part of several
 * units, and one of them holds more parties than the other.
 */
export function withoutToldAlready(findings: readonly Finding[]): readonly Finding[] {
  const places = grouped(findings, ({ rule, span }) => `${rule} ${span.start} ${span.end}`);
  if (places.size === findings.length) return findings;
  return findings.filter((finding) => {
    const { rule, span } = finding;
    const beside = places.get(`${rule} ${span.start} ${span.end}`) ?? [];
    return !beside.some((other) => tellsMore(other, finding));
  });
}

/** How many parties of one finding are compared; they are a handful. */
const mostParties = 50;

function tellsMore(one: Finding, other: Finding): boolean {
  const [more, less] = [one.related, other.related];
  if (less.length === 0 || less.length >= more.length || more.length > mostParties) return false;
  // The gravest level stands first.
  if (levels.indexOf(one.severity) > levels.indexOf(other.severity)) return false;
  return less.every((each) => more.some((party) => isSameParty(party, each)));
}

function isSameParty(one: Related, other: Related): boolean {
  return one.uri === other.uri && one.span.start === other.span.start && one.message === other.message;
}
