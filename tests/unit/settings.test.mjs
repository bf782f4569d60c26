import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { exported, forEngine, imported, isLocked, merged, parseSettings, problemsOf, rulesOf } =
  await load('shared/settings.ts');
const { additionsFrom } = await load('shared/additions.ts');
const { parseSecrets } = await load('shared/secrets.ts');
const { isQuiet, quietFrom } = await load('shared/quiet.ts');
const { greets } = await load('background/greeting.ts');
const { hostOf } = await load('options/lists.ts');
const { isInNet, patternsOf } = await load('background/net.ts');

test('settings of every version are read, and damage is told from absence', () => {
  assert.deepEqual(parseSettings(undefined), { values: {}, damaged: false });
  assert.deepEqual(parseSettings({ mode: 'block' }), { values: { mode: 'block' }, damaged: false });
  assert.deepEqual(parseSettings({ version: 2, values: { mode: 'block' } }), {
    values: { mode: 'block' },
    damaged: false,
  });
  for (const damage of [7, null, [], 'x', { version: 2 }, { version: 2, values: [] }])
    assert.deepEqual(parseSettings(damage), { values: {}, damaged: true }, JSON.stringify(damage));
});

test('a policy stands over the person key by key, and one that blocks leaves only what is stricter', () => {
  const person = { mode: 'monitor', offSites: ['a.test'], blockRules: ['jwt'], pausedUntil: 9 };
  assert.deepEqual(merged(person, {}), person);
  assert.deepEqual(merged(person, { mode: 'warn' }), { ...person, mode: 'warn' });
  assert.deepEqual(merged(person, { mode: 'block' }), { mode: 'block', blockRules: ['jwt'] });
  assert.deepEqual(merged(person, { mode: 'block', offSites: ['b.test'] }).offSites, ['b.test']);
  assert.equal(isLocked('offSites', { mode: 'block' }), true);
  assert.equal(isLocked('blockRules', { mode: 'block' }), false);
  assert.equal(isLocked('offSites', { offSites: [] }), true);
});

test('what was exported is imported again, without a pause', () => {
  const values = { mode: 'block', pausedUntil: 5, offSites: ['a.test'] };
  assert.deepEqual(imported(exported(values)), { values: { mode: 'block', offSites: ['a.test'] } });
});

test('the engine is told only what it knows, and wrong values of our own keys are named', () => {
  assert.deepEqual(forEngine({ mode: 'warn', offSites: [], pausedUntil: 1, typo: 2 }), { mode: 'warn', typo: 2 });
  const keys = problemsOf({ offSites: 'a', pausedUntil: 'soon', retentionDays: 1.5, lastNet: 'all', firstRunPage: 1 });
  assert.deepEqual(
    keys.map((/** @type {{ key: string }} */ { key }) => key),
    ['offSites', 'pausedUntil', 'retentionDays', 'lastNet', 'firstRunPage'],
  );
  assert.deepEqual(problemsOf({ offSites: [], pausedUntil: 0, retentionDays: 0, firstRunPage: false }), []);
});

test('the last net is where it was turned on, and a name that is none changes nothing for the others', () => {
  assert.deepEqual(patternsOf([]), []);
  assert.deepEqual(patternsOf(['a.test', '*', 'b.*', 'c/d', '']), ['*://a.test/*']);
  assert.deepEqual(patternsOf(['a.test', 'all']), ['<all_urls>']);
  assert.equal(isInNet({ lastNet: ['a.test'] }, 'a.test'), true);
  assert.equal(isInNet({ lastNet: ['a.test'] }, 'b.a.test'), false);
  assert.equal(isInNet({ lastNet: ['all'] }, 'b.test'), true);
  assert.equal(isInNet({}, 'a.test'), false);
  // A person may want more than a company that blocks.
  assert.equal(isLocked('lastNet', { mode: 'block' }), false);
});

test('nothing rests by mistake', () => {
  assert.deepEqual(quietFrom(undefined), { sites: [], until: 0 });
  assert.deepEqual(quietFrom({ sites: ['a.test', 7], until: 'x' }), { sites: ['a.test'], until: 0 });
  assert.equal(isQuiet({ sites: [''], until: 0 }, '', 5), false);
  assert.equal(isQuiet({ sites: ['a.test'], until: 0 }, 'b.a.test', 5), false);
  assert.equal(isQuiet({ sites: [], until: 6 }, 'a.test', 5), true);
});

test('the welcome page opens once: not on an update, not for developers, not against a policy', () => {
  assert.equal(greets('install', 'normal', undefined), true);
  assert.equal(greets('update', 'normal', undefined), false);
  assert.equal(greets('install', 'development', undefined), false);
  assert.equal(greets('install', 'admin', false), false);
});

test('a site is taken from whatever address a person pastes', () => {
  assert.equal(hostOf(' https://Vault.Example.com:8443/a?b#c '), 'vault.example.com');
  assert.equal(hostOf('vault.example.com'), 'vault.example.com');
  for (const wrong of ['', 'two words', 'https://', '*.example.com']) assert.equal(hostOf(wrong), null, wrong);
});

test("rules of a company come before a person's own, which count only where they can let nothing through", () => {
  const values = { customRules: 'mine', companyRules: ['one', 'two'] };
  assert.deepEqual(Object.entries(rulesOf(values)), [
    ['companyRules 1', 'one'],
    ['companyRules 2', 'two'],
    ['customRules', 'mine'],
  ]);
  assert.deepEqual(rulesOf({ customRules: ' ', companyRules: 7 }), {});
  assert.deepEqual(merged(values, {}), { customRules: 'mine' }, 'nobody is their own company');
  assert.deepEqual(merged(values, { companyRules: ['ours'] }), { customRules: 'mine', companyRules: ['ours'] });
  for (const policy of [{ mode: 'block' }, { offRules: [] }, { blockRules: ['jwt'] }, { loudnessCertain: 'block' }])
    assert.equal(isLocked('customRules', policy), true, JSON.stringify(policy));
  assert.equal(isLocked('customRules', { mode: 'warn', offSites: [] }), false);
});

test('what was registered is read, and damage is told from absence', () => {
  const one = { id: 'a', label: 'A', length: 20, since: 5, snoozed: null };
  assert.deepEqual(parseSecrets(undefined), { store: '', registered: [], damaged: false });
  assert.deepEqual(parseSecrets({ version: 1, store: 's', registered: [one] }), {
    store: 's',
    registered: [one],
    damaged: false,
  });
  assert.deepEqual(parseSecrets({ version: 1, store: 's', registered: [one, { ...one, since: 'long ago' }] }), {
    store: 's',
    registered: [one],
    damaged: true,
  });
  for (const damage of [7, null, [], { version: 2 }, { version: 1, store: 7, registered: [] }])
    assert.equal(parseSecrets(damage).damaged, true, JSON.stringify(damage));
});

test('a frame takes no addition that would hold every text, or that cannot be used', () => {
  assert.deepEqual(additionsFrom({ leads: ['a', 7, ''], run: -1 }), { leads: ['a'], run: 0, asked: true });
  assert.deepEqual(additionsFrom({ leads: 'a', run: '9', asked: 'no' }), { leads: [], run: 0, asked: true });
  assert.deepEqual(additionsFrom(undefined), { leads: [], run: 0, asked: true });
  assert.deepEqual(additionsFrom({ leads: [], run: 20, asked: false }), { leads: [], run: 20, asked: false });
});
