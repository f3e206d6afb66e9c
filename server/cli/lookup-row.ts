import { checks, nearbyPorts, usesOf } from '../engine';
import type { PortFacts } from '../features/port-facts/port-facts';
import type { PortUse } from '../features/uses';
import type { Chart } from '../model/chart';
import type { Note, PracticeRecord, Story } from '../model/knowledge';
import { listenersOn } from '../model/listener';
import type { RegistryRecord } from '../model/registry';

/** Where a port is named: the file as it is printed, and the line from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
}

/**
 * One port in the JSON that `portolan lookup` prints: a contract, see README.md.
 *
 * @param placeName Names the places of the files that were read; absent when none were.
 */
export function lookupRow(
  { books, machine, snapshot }: Chart,
  facts: PortFacts,
  placeName: ((use: PortUse) => FilePlace) | undefined,
) {
  const { port, transport, records, range, practice, notes, meanings, verdict } = facts;
  return {
    port,
    transport: transport ?? null,
    range: { name: range.name, first: range.ports.first, last: range.ports.last },
    records: records.map(recordRow),
    registryDate: books.registry.date,
    verdict: { kind: verdict.kind, words: verdict.words, evidence: verdict.evidence },
    practice: practice.map(practiceRow),
    notes: notes.map((note) => noteRow(note, books.knowledge.story(note))),
    meanings: meanings.map(({ kind, platform, meaning, source }) => ({
      kind,
      platform: platform ?? null,
      meaning,
      source,
    })),
    listening:
      machine.census === undefined
        ? null
        : listenersOn(machine.census, { first: port, last: port }, transport).map(
            ({ address, transport: own, process }) => ({
              address,
              transport: own,
              process: process?.name ?? null,
              pid: process?.pid ?? null,
            }),
          ),
    uses:
      placeName === undefined ? null : usesOf(snapshot, port, transport).map((use) => useRow(use, placeName)),
    neighbours: nearbyPorts(books, port).map((each) => ({
      port: each.port,
      name: each.name ?? null,
      software: each.software ?? null,
      verdict: each.verdict,
    })),
    checks: checks(port, transport, machine.system).map(({ system, tool, command }) => ({
      system,
      tool,
      command,
    })),
  };
}

function useRow(use: PortUse, placeName: (use: PortUse) => FilePlace) {
  return { ...placeName(use), words: use.words };
}

function practiceRow(record: PracticeRecord) {
  return {
    software: record.software,
    first: record.ports.first,
    last: record.ports.last,
    transports: record.transports,
    certainty: record.certainty,
    asRegistered: record.isAsRegistered,
    images: record.images,
    exposure: record.exposure,
    note: record.note ?? null,
    source: record.source,
  };
}

function noteRow({ kind, title, summary }: Note, { paragraphs, sources }: Story) {
  return { kind, title, summary, paragraphs, sources };
}

function recordRow(record: RegistryRecord) {
  return {
    name: record.name ?? null,
    first: record.ports?.first ?? null,
    last: record.ports?.last ?? null,
    transport: record.transport ?? null,
    status: record.status,
    description: record.description ?? null,
    assignee: record.assignee ?? null,
    contact: record.contact ?? null,
    registered: record.registered ?? null,
    modified: record.modified ?? null,
    reference: record.reference ?? null,
    serviceCode: record.serviceCode ?? null,
    unauthorizedUse: record.unauthorizedUse ?? null,
    notes: record.notes ?? null,
  };
}
