import type { SourcedText } from '../sourced-text';
import { type CommandPort, commandPort, portNumber } from './host-port';

/** One-letter flags of the netcats that take a value. */
const withValue = 'wisqpXxOITVecgGo';

/** `nc -z host port` dials, `nc -l port` and `nc -l -p port` listen, `-u` is UDP. */
export function netcatPorts(words: readonly SourcedText[]): CommandPort[] {
  const plain: SourcedText[] = [];
  let letters = '';
  let source: SourcedText | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    if (!/^-[A-Za-z0-9]/.test(word.value)) {
      if (!word.value.startsWith('-')) plain.push(word);
      continue;
    }
    const taking = [...word.value].findIndex((letter, index) => index > 0 && withValue.includes(letter));
    letters += taking < 0 ? word.value.slice(1) : word.value.slice(1, taking + 1);
    if (taking === word.value.length - 1) {
      at++;
      if (word.value[taking] === 'p') source = words[at];
    }
  }
  const listens = letters.includes('l');
  const target = listens ? (source ?? plain.at(-1)) : plain.length === 2 ? plain[1] : undefined;
  const port = target && portNumber(target.value);
  if (target === undefined || port === undefined) return [];
  const portPart = { from: 0, to: target.value.length };
  const host = listens ? '' : (plain[0]?.value ?? '');
  if (!/^[A-Za-z0-9_.:-]*$/.test(host)) return [];
  const transport = letters.includes('u') ? 'udp' : 'tcp';
  return [commandPort(target, portPart, { host, port, portPart }, listens ? 'listen' : 'connect', transport)];
}
