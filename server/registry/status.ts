import type { RegistryRecord } from '../model/registry';

/** What a row does to its port or name, told from its own words, for IANA has no column for it. */
export function status({
  name,
  description,
  notes,
}: Omit<RegistryRecord, 'status'>): RegistryRecord['status'] {
  if (name !== undefined) {
    if (notes !== undefined && /this entry is an alias to/i.test(notes)) return 'alias';
    return /\(historic\)|is now historic/i.test(`${description ?? ''} ${notes ?? ''}`)
      ? 'historic'
      : 'assigned';
  }
  // "Removed", "De-registered" and the like: RFC 6335 section 8.2 keeps such a number out of use.
  return /unassigned/i.test(description ?? '') ? 'unassigned' : 'reserved';
}
