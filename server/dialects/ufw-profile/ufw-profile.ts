import { hashLines } from '../../model/comments';
import type { Dialect, ReadInputs } from '../../model/dialect';
import { emptyReading, type Reading } from '../../model/reading';
import { addFound, type Found, nothingFound } from '../../syntax/found';
import { type ConfigOption, type ConfigSection, readConfigParser } from '../../syntax/ini/config-parser';
import { hasPlaceholders } from '../../syntax/placeholders';
import { ufwRefusal } from '../../syntax/ufw/ufw-refusal';
import { readPorts } from './ports';
import { type ProfileFields, profileFault } from './profile-faults';

/** ufw's application profiles: named ports that rules can be for. */
export const ufwProfile: Dialect = {
  id: 'ufw-profile',
  title: 'ufw application profile',
  files: [],
  languages: ['ufw-profile'],
  paths: ['*/ufw/applications.d/*'],
  shared: {
    files: ['*/applications.d/*', '*.ufw', '*ufw*profile*', '*ufw*.ini', 'ufw-*', '*.ufw.*'],
    languages: ['ini'],
  },
  looksLike,
  comments: hashLines,
  companions: [],
  read,
};

/**
 * Tells whether the text begins with a section that has a title, a description and ports, in any order: what ufw asks
 * of a profile, and nobody else of an INI file.
 */
function looksLike(text: string): boolean {
  const [section] = readConfigParser(text.slice(0, longestBeginning)).sections;
  const keys = section?.options.map(({ key }) => key) ?? [];
  const ports = section?.options.find(({ key }) => key === 'ports')?.value.value ?? '';
  return keys.includes('title') && keys.includes('description') && /^[\w:,/|{}$ ]+/.test(ports);
}

/** A section is not longer than this in any file that is one of ours. */
const longestBeginning = 8192;

/**
 * Reads a file of /etc/ufw/applications.d as ufw does (src/applications.py, get_profiles). What ufw does not look at
 * (hidden files, what a package manager left behind) has no ports, nor has a page about the profiles beside them.
 */
function read(text: string, { name }: ReadInputs): Reading {
  if (isSkipped(name)) return emptyReading;
  const file = readConfigParser(text);
  const isTemplate = hasPlaceholders(text, { angle: true, dollar: true });
  const notes = nothingFound();
  if (file.fault !== undefined && !isTemplate) {
    const { reason, span } = file.fault;
    const words = `Skipping '${name === '' ? 'profile' : name}': couldn't process`;
    const message = ufwRefusal(`no profile of this file is read: ${reason}`, words);
    notes.faults.push({ rule: 'ignored-profile', span, message });
  }
  const defaults = new Map(file.defaults.map((option) => [option.key, option]));
  for (const section of file.sections) {
    readProfile(section, defaults, { isTemplate, isRefused: file.fault !== undefined && !isTemplate }, notes);
  }
  // What all profiles have in common is told once.
  for (const option of file.defaults)
    if (option.key === 'ports') addFound(notes, portsOf(option, 'DEFAULT', false));
  return notes;
}

function readProfile(
  section: ConfigSection,
  defaults: ProfileFields,
  file: { readonly isTemplate: boolean; readonly isRefused: boolean },
  notes: Found,
): void {
  const fault = file.isTemplate ? undefined : profileFault(section, defaults);
  if (fault !== undefined && !file.isRefused) notes.faults.push(fault);
  const isRefused = file.isRefused || fault !== undefined;
  for (const option of section.options) {
    if (option.key !== 'ports') continue;
    const found = portsOf(option, section.name, isRefused);
    addFound(notes, file.isTemplate ? { ...found, faults: [] } : found);
  }
}

function portsOf({ value }: ConfigOption, name: string, isRefused: boolean): Reading {
  return readPorts(value, `profile "${name}"`, isRefused);
}

function isSkipped(name: string): boolean {
  return /^\.|\.dpkg-(?:new|old|dist)$|\.rpm(?:new|save)$|~$|\.md$/i.test(name);
}
