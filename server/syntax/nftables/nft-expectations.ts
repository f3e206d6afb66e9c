import type { NftNotes } from './nft-notes';
import { placeOf } from './nft-port-faults';
import { readPortText, truncation } from './nft-port-text';
import { readPorts } from './nft-port-values';
import { nftRefusal } from './nft-refusal';
import type { NftExpectation } from './nft-tree';

/**
 * Reads the port of `ct expectation`. It is a number for nft's parser, which keeps the lower 16 bits of it and says
 * nothing about the rest (nftables src/parser_bison.y, ct_expect_config).
 */
export function readExpectationPort(expectation: NftExpectation, notes: NftNotes): void {
  const { name, layer4, port } = expectation;
  judgeExpectation(expectation, notes);
  if (port === undefined) return;
  const owner = `ct expectation ${name}`;
  const use = {
    owner,
    role: 'declare',
    operator: '==',
    isSingle: true,
    find: () => undefined,
    ...(layer4 && { transport: layer4 }),
  } as const;
  const isAbove = port.kind === 'value' && readPortText(port).refusal !== undefined;
  if (!isAbove) {
    readPorts(port, use, notes);
    return;
  }
  const kept = Number(BigInt.asUintN(16, numberOf(port.text)));
  const span = notes.span(port);
  const common = { owner, role: 'declare', ...(layer4 && { transport: layer4 }) } as const;
  notes.references.push({ span, portSpan: span, ports: { first: kept, last: kept }, ...common });
  notes.fault({ ...truncation(port.text, kept), ...placeOf(port) });
}

/** It is taken only when all is said, and 0 is no port here (nftables src/evaluate.c, ct_expect_evaluate). */
function judgeExpectation({ name, namePlace, port, missing }: NftExpectation, notes: NftNotes): void {
  if (port?.kind === 'missing') return;
  const isZero = port?.kind === 'value' && Number(BigInt.asUintN(16, numberOf(port.text))) === 0;
  const [first] = port === undefined || isZero ? ['dport'] : missing;
  if (first === undefined) return;
  const message = nftRefusal(`The expectation ${name} says no ${first}`, 'missing options');
  const rule = first === 'dport' ? 'missing-port' : 'unknown-parameter';
  notes.fault({ rule, message, ...placeOf(namePlace) });
}

function numberOf(text: string): bigint {
  return /^0[0-7]+$/.test(text) ? BigInt(`0o${text.slice(1)}`) : BigInt(text);
}
