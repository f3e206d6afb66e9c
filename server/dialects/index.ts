import { type CommentStyle, hashComments } from '../model/comments';
import type { Dialect } from '../model/dialect';
import { baseName, canonicalUri, fitsPattern } from '../model/file-name';
import type { Reading } from '../model/reading';
import type { Uri } from '../model/snapshot';
import { slotInLine } from '../syntax/slot-in-line';
import { compose } from './compose/compose';
import { dockerfile } from './dockerfile/dockerfile';
import { env } from './env/env';
import { firewallScript } from './firewall-script/firewall-script';
import { firewalld } from './firewalld/firewalld';
import { iptables } from './iptables/iptables';
import { nftables } from './nftables/nftables';
import { nginx } from './nginx/nginx';
import { pf } from './pf/pf';
import { ufw } from './ufw/ufw';
import { ufwProfile } from './ufw-profile/ufw-profile';

/**
 * Every kind of file that Portolan reads. Where several claim a text, the first one has it: a `Dockerfile.nginx` is a
 * Dockerfile, and ufw's `user.rules` are its own, though iptables could read them.
 */
export const dialects: readonly Dialect[] = [
  compose,
  dockerfile,
  nginx,
  ufw,
  ufwProfile,
  iptables,
  nftables,
  firewalld,
  pf,
  firewallScript,
  env,
].map((dialect) => ({
  ...dialect,
  read: (text, inputs) => inLines(text, dialect.read(text, { readAs, ...inputs })),
}));

/** Dialects know none of each other: who finds a text of another kind within its own has it read here. */
function readAs(dialect: string, text: string): Reading | undefined {
  return dialectById(dialect)?.read(text, { name: '', variables: new Map() });
}

/**
 * The dialect of a document: by the editor's language id or the file's name or path where these prove one kind of file,
 * else by what the text looks like, where other kinds of file have the same name. Answers undefined for a document that
 * is none of ours.
 */
export function dialectOf(uri: Uri, languageId: string | undefined, text: string): Dialect | undefined {
  return (
    dialects.find(({ languages }) => languageId !== undefined && languages.includes(languageId)) ??
    dialects.find((dialect) => isProven(dialect, uri)) ??
    dialects.find((dialect) => isShared(dialect, uri, languageId) && dialect.looksLike?.(text) === true)
  );
}

/** Tells whether a file could be one of ours, judged without its text. */
export function couldBeOurs(uri: Uri, languageId?: string): boolean {
  return dialects.some(
    (dialect) =>
      (languageId !== undefined && dialect.languages.includes(languageId)) ||
      isProven(dialect, uri) ||
      isShared(dialect, uri, languageId),
  );
}

/** The dialect with this id. */
export function dialectById(id: string): Dialect | undefined {
  return dialects.find((dialect) => dialect.id === id);
}

/** How comments are written in files of the dialect with this id. */
export function commentsOf(id: string): CommentStyle {
  return dialectById(id)?.comments ?? hashComments;
}

function isProven({ files, otherFiles = [], paths = [] }: Dialect, uri: Uri): boolean {
  return (isNamedLike(uri, files) && !isNamedLike(uri, otherFiles)) || isPlacedLike(uri, paths);
}

function isShared({ shared }: Dialect, uri: Uri, languageId: string | undefined): boolean {
  if (shared === undefined) return false;
  const isLanguage = languageId !== undefined && shared.languages.includes(languageId);
  return isLanguage || isNamedLike(uri, shared.files) || isPlacedLike(uri, shared.files);
}

function isNamedLike(uri: Uri, patterns: readonly string[]): boolean {
  const name = baseName(uri);
  return patterns.some((pattern) => fitsPattern(name, pattern));
}

function isPlacedLike(uri: Uri, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return false;
  const path = canonicalUri(uri);
  return patterns.some((pattern) => fitsPattern(path, pattern));
}

/** A reading whose slots can be typed in as they are, whatever stands open around them. */
function inLines(text: string, reading: Reading): Reading {
  if (reading.slots.length === 0) return reading;
  return { ...reading, slots: reading.slots.map((slot) => slotInLine(text, slot)) };
}
