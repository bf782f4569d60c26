import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { statusOf, unanswered } = await load('popup/status.ts');

const FRAME = {
  kind: 'frame',
  frame: 1,
  top: true,
  site: 'a.test',
  caught: true,
  resting: false,
  children: 0,
  counted: false,
  held: null,
};
const FACTS = { frames: [FRAME], url: 'https://a.test/', scanner: true, pausedUntil: 0, offSites: [], now: 1000 };

/** @param {object} facts */
const state = (facts) => statusOf({ ...FACTS, ...facts });

test('a page is on only when every frame caught the canary', () => {
  assert.deepEqual(state({}), { state: 'on', frames: 1 });
  assert.deepEqual(state({ frames: [{ ...FRAME, caught: false }] }), { state: 'broken', why: 'deaf' });
  const child = { ...FRAME, frame: 2, top: false, counted: true };
  assert.deepEqual(state({ frames: [{ ...FRAME, children: 1 }, child] }), { state: 'on', frames: 2 });
  assert.deepEqual(state({ frames: [{ ...FRAME, children: 2 }, child] }), { state: 'partly', missing: 1, frames: 2 });
});

test('a page without an answer is broken where extensions are allowed, and restricted where they are not', () => {
  assert.deepEqual(state({ frames: [] }), { state: 'broken', why: 'silent' });
  for (const url of [undefined, 'about:blank', 'chrome://settings/', 'https://addons.mozilla.org/en-US/firefox/'])
    assert.deepEqual(state({ frames: [], url }), { state: 'restricted' }, url);
});

test('a frame inside a shadow root does not stand in for one that is missing', () => {
  const shadow = { ...FRAME, frame: 2, top: false, counted: false };
  assert.equal(unanswered([{ ...FRAME, children: 1 }, shadow]), 1);
});

test('what is wrong comes before what was turned off, and what waits before everything', () => {
  const held = { ...FRAME, held: { name: 'A key', count: 1, site: 'a.test', choices: ['keep-out'] } };
  assert.equal(state({ frames: [held], scanner: false }).state, 'held');
  assert.equal(state({ scanner: false, pausedUntil: 2000 }).state, 'broken');
  assert.equal(state({ frames: [{ ...FRAME, caught: false, resting: true }] }).state, 'broken');
  assert.deepEqual(state({ pausedUntil: 2000 }), { state: 'paused', until: 2000 });
  const resting = [{ ...FRAME, resting: true }];
  assert.deepEqual(state({ frames: resting, offSites: ['a.test'] }), { state: 'off', why: 'site' });
  assert.deepEqual(state({ frames: resting }), { state: 'off', why: 'page' });
});
