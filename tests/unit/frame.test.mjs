import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { frameOf, siteOf } = await load('background/frame.ts');

const SENDER = {
  id: 'x',
  origin: 'https://a.test',
  url: 'https://a.test/path',
  frameId: 3,
  tab: { id: 7, url: 'https://a.test/' },
};

test('what is caught in a private window, or while practising, is not kept', () => {
  assert.equal(frameOf(SENDER, false).kept, true);
  assert.equal(frameOf({ ...SENDER, tab: { ...SENDER.tab, incognito: true } }, false).kept, false);
  assert.equal(frameOf(SENDER, true).kept, false);
});

test('practice goes to no site', () => {
  assert.equal(siteOf(frameOf(SENDER, true).destination), '');
  assert.equal(siteOf(frameOf(SENDER, false).destination), 'a.test');
});
