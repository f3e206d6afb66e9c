import type { Reading } from '../model/reading';

/**
 * A reading with no more faults than anybody reads: a text that is nothing of what it is read as can have one at each
 * word, and to judge, send and draw them all takes longer than to read the text. The last one that stays says how many
 * there are.
 */
export function limitedFaults(reading: Reading): Reading {
  const { faults } = reading;
  const last = faults[mostFaults - 1];
  if (faults.length <= mostFaults || last === undefined) return reading;
  const message = `${last.message} Portolan tells the first ${mostFaults} findings of its reader alone; this file has ${faults.length}.`;
  return { ...reading, faults: [...faults.slice(0, mostFaults - 1), { ...last, message }] };
}

const mostFaults = 1000;
