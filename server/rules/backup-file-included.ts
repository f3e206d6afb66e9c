import { baseName } from '../model/file-name';
import type { GlobbedFile } from '../model/nginx-configuration';
import type { RuleFinding, RuleOf } from '../model/rule';
import type { Span } from '../model/span';

export const backupFileIncluded: RuleOf<'nginx'> = {
  id: 'backup-file-included',
  over: 'nginx',
  severity: 'warning',
  summary: 'A backup that nginx loads because an include takes in every file of its folder.',
  rationale:
    '`include sites-enabled/*` takes in `default.bak`, `default~` and `default.dpkg-old` as well: the old servers are loaded beside the new ones, and where both are default servers nginx does not start. Move the backup to another folder.',
  *check({ globbed }) {
    for (const each of globbed) if (isBackup(baseName(each.file.uri))) yield finding(each);
  },
};

/** Names that editors, package managers and people give to what is no longer in use. */
function isBackup(name: string): boolean {
  return /(?:~|\.(?:bak|backup|old|orig|save|disabled|swp|rej|(?:dpkg|ucf)-(?:old|dist|new|tmp|bak)|rpm(?:save|new|orig)))$/i.test(
    name,
  );
}

function finding({ file, includedAt }: GlobbedFile): RuleFinding {
  const by = includedAt === undefined ? 'The packaged main file' : 'An include';
  return {
    uri: file.uri,
    span: firstLine(file.text),
    message: `${by} takes in every file of this folder, "${baseName(file.uri)}" as well: what seems put aside is loaded.`,
    related: includedAt === undefined ? [] : [{ ...includedAt, message: 'It is included here.' }],
    fixes: [],
  };
}

/** The first line with something on it stands for the file. */
function firstLine(text: string): Span {
  const start = Math.max(0, text.search(/\S/));
  const newline = text.indexOf('\n', start);
  const line = text.slice(start, newline < 0 ? text.length : newline);
  return { start, end: start + line.trimEnd().length };
}
