/** One text that firewalld and Portolan both judge: a file, or the words of a command. */
export type FirewalldCase = FileCase | CommandCase;

export interface FileCase {
  readonly kind: 'zone' | 'policy' | 'service' | 'helper' | 'ipset' | 'direct';
  readonly text: string;
  /** Why the two are allowed to differ. */
  readonly differs?: string;
}

export interface CommandCase {
  readonly kind: 'command';
  readonly program: 'firewall-cmd' | 'firewall-offline-cmd';
  readonly words: readonly string[];
  readonly differs?: string;
}

/** Why the two differ on what a template or a shell fills in. */
export const placeholders = 'signs of a template or a shell: what they will be is not known';

/** A zone with something in it. */
export function zone(inner: string): FileCase {
  return {
    kind: 'zone',
    text: `<?xml version="1.0" encoding="utf-8"?>\n<zone>\n  <short>x</short>\n  ${inner}\n</zone>\n`,
  };
}

/** A policy with something in it. */
export function policy(inner: string): FileCase {
  return { kind: 'policy', text: `<policy target="CONTINUE">\n${inner}\n</policy>\n` };
}

/** A call of firewall-cmd. */
export function commandCase(words: readonly string[]): CommandCase {
  return { kind: 'command', program: 'firewall-cmd', words };
}
