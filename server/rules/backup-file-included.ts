import { baseName } from '../model/file-name';
import type { LoadedBackup } from '../model/nginx-configuration';
import type { RuleFinding, RuleOf } from '../model/rule';
import type { Span } from '../model/span';

export const backupFileIncluded: RuleOf<'nginx'> = {
  id: 'backup-file-included',
  over: 'nginx',
  severity: 'warning',
  summary: 'A backup that nginx loads because an include takes in files by any ending.',
  rationale:
    '`include sites-enabled/*` takes in `default.bak`, `default~` and `default.dpkg-old` as well: the old servers are loaded beside the new ones, and where both are default servers nginx does not start. Move the backup to another folder, or let the include end in `*.conf`. What the old servers collide with is not told besides.',
  *check({ backups }) {
    for (const each of backups) yield finding(each);
  },
};

function finding({ file, includedAt }: LoadedBackup): RuleFinding {
  const by = includedAt === undefined ? 'The packaged main file' : 'An include';
  return {
    uri: file.uri,
    span: firstLine(file.text),
    message: `${by} takes in files of this folder by any ending, "${baseName(file.uri)}" as well: what seems put aside is loaded.`,
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
