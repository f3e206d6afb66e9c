import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workspace } from '../../server/workspace/workspace';

/** The messages of a ruleset's faults. */
function told(text: string): readonly string[] {
  const workspace = new Workspace({ read: () => '' });
  workspace.update('file:///nftables.conf', text);
  const file = workspace.snapshot.files.get('file:///nftables.conf');
  return (file?.reading.faults ?? []).map(({ message }) => message);
}

test('of a text that is none of the kind not every word is told', () => {
  const messages = told('a b\n'.repeat(3000));
  assert.equal(messages.length, 1000);
  assert.match(messages[999] ?? '', /the first 1000 findings .* this file has \d{4}\.$/);
  assert.ok(messages.slice(0, -1).every((message) => !message.includes('findings')));
});

test('what somebody wrote is told whole', () => {
  const messages = told('a b\n'.repeat(100));
  assert.ok(messages.length >= 100 && messages.every((message) => !message.includes('findings')));
});
