import { describe, test } from 'node:test';
import { firewallScript } from '../../server/dialects/firewall-script/firewall-script';
import { assertWithin } from '../harness/told';

/** Commands with more arguments than a call in JavaScript takes. */
const evil: Readonly<Record<string, string>> = {
  'ports of firewall-cmd': `firewall-cmd${' --add-port=80/tcp'.repeat(130_000)}`,
  'ports of ufw': `ufw allow ${'80,'.repeat(130_000)}80/tcp`,
  'rules of nft': `nft '${'add rule inet f i tcp dport 70000;'.repeat(130_000)}'`,
  'a call that is never closed': `UFW=$(which ${'a'.repeat(130_000)}\n$UFW allow 80`,
};

describe('commands that nobody writes are read', () => {
  for (const [name, text] of Object.entries(evil)) {
    test(name, () => {
      assertWithin(firewallScript.read(text, { name: 'x.sh', variables: new Map() }), text.length);
    });
  }
});
