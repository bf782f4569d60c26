import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { decided, restingState, Assembly, MAX_FLAVOURS, MAX_HOLD_LENGTH, scanPart, warningState } =
  await load('background/inbox.ts');
const { PART_LENGTH } = await load('shared/messages.ts');

const part = (more = {}) => ({
  kind: 'scan',
  way: 'paste',
  hold: 1,
  flavour: 0,
  part: 'x',
  partial: false,
  last: true,
  ...more,
});

test('a part of the right shape is taken as it is', () => {
  assert.deepEqual(scanPart(part()), part());
  assert.deepEqual(scanPart(part({ part: 'x'.repeat(PART_LENGTH) })), part({ part: 'x'.repeat(PART_LENGTH) }));
  assert.ok(scanPart(part({ flavour: MAX_FLAVOURS - 1 })));
});

test('T41 anything else is dropped', () => {
  const wrong = [
    null,
    undefined,
    'scan',
    7,
    [],
    {},
    part({ kind: 'warning' }),
    part({ extra: 1 }),
    part({ hold: -1 }),
    part({ hold: '1' }),
    part({ hold: 1.5 }),
    part({ hold: Number.NaN }),
    part({ flavour: MAX_FLAVOURS }),
    part({ flavour: null }),
    part({ part: ['x'] }),
    part({ part: 'x'.repeat(PART_LENGTH + 1) }),
    part({ last: 1 }),
    part({ partial: 0 }),
    Object.create(part()),
  ];
  for (const message of wrong) assert.equal(scanPart(message), null);
  const { last, ...without } = part();
  assert.equal(scanPart(without), null);
});

test('T41 a warning message has a flag and nothing else', () => {
  assert.deepEqual(warningState({ kind: 'warning', open: true }), { kind: 'warning', open: true });
  for (const message of [
    null,
    { kind: 'warning' },
    { kind: 'warning', open: 1 },
    { kind: 'warning', open: true, text: 'x' },
  ]) {
    assert.equal(warningState(message), null);
  }
});

test('T41 a decision and a rest have exactly their fields', () => {
  const decision = { kind: 'decided', hold: 3, choices: ['anyway', 'keep-out'], reason: 'risk', remember: 'value' };
  assert.deepEqual(decided(decision), decision);
  const brief = { ...decision, choices: ['placeholder'], reason: null, remember: null };
  assert.deepEqual(decided(brief), brief);
  for (const wrong of [
    null,
    { ...decision, hold: -1 },
    { ...decision, choices: 'anyway' },
    { ...decision, choices: [] },
    { ...decision, choices: ['anyway', 'send'] },
    { ...decision, reason: 'because' },
    { ...decision, remember: 'everything' },
    { ...decision, site: 'x' },
  ])
    assert.equal(decided(wrong), null);
  assert.deepEqual(restingState({ kind: 'resting', on: true }), { kind: 'resting', on: true });
  for (const wrong of [{ kind: 'resting' }, { kind: 'resting', on: 1 }, { kind: 'warning', on: true }])
    assert.equal(restingState(wrong), null);
});

test('a part that came in no known way is none', () => {
  assert.equal(scanPart(part({ way: 'telepathy' })), null);
});

test('parts are joined by flavour', () => {
  const assembly = new Assembly();
  assert.deepEqual(assembly.add(part({ part: 'one ', last: false })), { state: 'more' });
  assert.deepEqual(assembly.add(part({ part: 'two', last: false })), { state: 'more' });
  assert.deepEqual(assembly.add(part({ flavour: 1, part: '<b>' })), {
    state: 'whole',
    way: 'paste',
    hold: 1,
    flavours: ['one two', '<b>'],
    partial: false,
  });
});

test('a new hold replaces one that never ended', () => {
  const assembly = new Assembly();
  assembly.add(part({ part: 'lost', last: false }));
  assert.deepEqual(assembly.add(part({ hold: 2, part: 'kept' })), {
    state: 'whole',
    way: 'paste',
    hold: 2,
    flavours: ['kept'],
    partial: false,
  });
});

test('flavours that do not follow each other cannot be judged', () => {
  const assembly = new Assembly();
  assert.deepEqual(assembly.add(part({ flavour: 1 })), { state: 'unusable', hold: 1 });
  assembly.add(part({ hold: 2, last: false }));
  assembly.add(part({ hold: 2, flavour: 1, last: false }));
  assert.deepEqual(assembly.add(part({ hold: 2, flavour: 0 })), { state: 'unusable', hold: 2 });
});

test('a hold at the limit is judged, one over it is not', () => {
  const fill = (/** @type {number} */ hold) => {
    const assembly = new Assembly();
    for (let sent = 0; sent < MAX_HOLD_LENGTH - PART_LENGTH; sent += PART_LENGTH) {
      assembly.add(part({ hold, part: 'x'.repeat(PART_LENGTH), last: false }));
    }
    return assembly;
  };
  assert.equal(fill(1).add(part({ part: 'x'.repeat(PART_LENGTH) })).state, 'whole');
  const over = fill(1);
  over.add(part({ part: 'x'.repeat(PART_LENGTH), last: false }));
  assert.deepEqual(over.add(part()), { state: 'unusable', hold: 1 });
  assert.equal(over.add(part({ hold: 2 })).state, 'whole');
});
