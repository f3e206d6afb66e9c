import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nameSeen } from '../../server/model/file-name';

describe('a file is named as it is seen', () => {
  const uri = 'file:///w/shop/mon/over.yaml';

  test('from the one folder, however deep others within it are', () => {
    assert.equal(nameSeen(['file:///w/shop'], uri), 'mon/over.yaml');
    assert.equal(nameSeen(['file:///w/shop/mon', 'file:///w/shop/'], uri), 'mon/over.yaml');
    assert.equal(nameSeen(['file:///'], 'file:///compose.yaml'), 'compose.yaml');
  });

  test('with the name of its folder where there are several', () => {
    assert.equal(nameSeen(['file:///w/blog', 'file:///w/shop'], uri), 'shop/mon/over.yaml');
  });

  test('with its own folder where it lies in none of them', () => {
    assert.equal(nameSeen(['file:///w/sho'], uri), 'mon/over.yaml');
    assert.equal(nameSeen([], uri), 'mon/over.yaml');
  });
});
