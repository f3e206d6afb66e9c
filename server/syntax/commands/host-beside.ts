/**
 * The host that the port of a setting is dialled at: what DB_HOST says for DB_PORT. Undefined where nothing does.
 *
 * @param values All settings by their names.
 */
export function hostBeside(name: string, values: ReadonlyMap<string, string>): string | undefined {
  const [, prefix] = /^(.+)_PORT$/i.exec(name) ?? [];
  if (prefix === undefined) return undefined;
  return hostWords.map((word) => values.get(`${prefix}_${word}`)).find((value) => value);
}

const hostWords = ['HOST', 'HOSTNAME', 'SERVER', 'host', 'hostname', 'server'];
