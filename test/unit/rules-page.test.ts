import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rulesPage } from '../../scripts/write-rules-page';

test('RULES.md says what the rules and their scenarios say; `npm run rules` writes it', () => {
  assert.equal(readFileSync(join(__dirname, '../../RULES.md'), 'utf8'), rulesPage());
});
