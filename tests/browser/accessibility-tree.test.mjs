// What a screen reader is told of the warning, of what stands beside a field, and of the extension's pages: the accessibility tree of the real
// build, in which all roots are closed.

import assert from 'node:assert/strict';
import { lines, nodes } from './heard.mjs';
import { openOwn, openPopup, pressOn } from './pages.mjs';
import { choose, marked, noWarning, pressIn, settles, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { key, sample } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */
/** @typedef {import('./drivers/verbs.d.ts').Accessible} Accessible */

const FIELDS = '/pages/fields.html';

const CONTROLS = new Set(['button', 'checkbox', 'combobox', 'link', 'searchbox', 'switch', 'textbox']);

const NOTHING_YET = 'a.test would get it. Nothing has been pasted yet.';

onEachBrowser((stage) => {
  /**
   * @param {Page} page
   * @param {string} text
   */
  async function hold(page, text) {
    // The browser begins to keep the tree.
    await page.accessibility();
    await stage.browser.copy(text);
    await page.click('#textarea');
    await page.paste();
    await warned(page);
  }

  // The first, so that no other test has written into the history.
  onPage('every control of the popup and of each page has a name of its own', stage, FIELDS, async (page) => {
    await hold(page, `${key()}\n${sample('github-pat-classic').secret}`);
    await choose(page, 'anyway');
    for (const rule of ['stripe-secret-key', 'openai-project-key']) {
      await hold(page, sample(rule).secret);
      await choose(page, 'keep-out');
    }
    await hold(page, sample('gitlab-pat').secret);
    const popup = await openPopup(stage.browser, page);
    for (const act of /** @type {(() => Promise<unknown>)[]} */ ([
      async () => {},
      () => pressOn(popup, '#held summary'),
      () => pressOn(popup, '#held button', 'Keep it out'),
    ])) {
      await act();
      assertSaid(await popup.accessibility(), 'the popup');
    }
    await popup.close();
    await noWarning(page);
    for (const name of ['options', 'history', 'welcome']) {
      const own = await openOwn(stage.browser, `${name}/index.html`);
      if (name === 'options') {
        await pressOn(own, '#offSites');
        await own.type('off.test');
        await own.press('Enter');
        await until('the site is listed', () => own.evaluate(() => /off\.test/.test(document.body.textContent ?? '')));
        await pressOn(own, '#tried-text');
        await own.insert(key());
        await until('a finding', () => own.evaluate(() => document.querySelector('#tried-found code') !== null));
      }
      if (name === 'history') {
        await until('entries', () => own.evaluate(() => document.querySelectorAll('#entries > li').length > 3));
        await pressOn(own, '#entries summary');
      }
      if (name === 'welcome')
        await until('a key', () => own.evaluate(() => document.querySelector('#practice')?.textContent));
      assertSaid(await own.accessibility(), name);
      if (name === 'options') {
        const told = nodes(await own.accessibility()).flatMap(({ description }) => description);
        assert.ok(!told.some((words) => /policy/.test(words)), 'nothing is said to be set by a policy that is not');
        await pressOn(own, '#offSites-list button');
      }
      await own.close();
    }
  });

  onPage(
    'the warning is heard as one dialog: what was found, who would get it, and what can be done',
    stage,
    FIELDS,
    async (page) => {
      await hold(page, key());
      const said = (/** @type {string} */ state) => [
        `alertdialog "This looks like an Anthropic API key" (${NOTHING_YET}) modal`,
        'Keystay',
        'heading 2 "This looks like an Anthropic API key"',
        'MASKED',
        NOTHING_YET,
        'button "Keep it out" focused',
        `button "Insert $ANTHROPIC_API_KEY instead"${state}`,
        `button "Paste anyway…"${state}`,
        'button "Tell me more"',
        'status',
      ];
      const first = lines(await page.accessibility());
      // A slow machine may have let the half second pass.
      assert.ok(
        [said(' disabled'), said('')].some((lines) => `${lines}` === `${first}`),
        first.join('\n'),
      );
      await settles(async () => lines(await page.accessibility()), said(''), 'that the buttons work is said too');
      await page.press('Escape');
      await noWarning(page);
      assert.ok(!nodes(await page.accessibility()).some(({ role }) => role === 'alertdialog'));
    },
  );

  onPage('several keys are heard as a list, each with what would stand in its place', stage, FIELDS, async (page) => {
    await hold(page, `${key()}\n${sample('stripe-secret-key').secret}`);
    const read = lines(await page.accessibility());
    assert.deepEqual(read.slice(0, 9), [
      `alertdialog "This text holds 2 secrets" (${NOTHING_YET}) modal`,
      'Keystay',
      'heading 2 "This text holds 2 secrets"',
      'list "This text holds 2 secrets"',
      'listitem',
      'Anthropic API key likely MASKED becomes $ANTHROPIC_API_KEY',
      'listitem',
      'Stripe secret key likely MASKED becomes $STRIPE_SECRET_KEY',
      NOTHING_YET,
    ]);
    await page.press('Escape');
  });

  onPage('each further page of the warning is heard when it opens', stage, FIELDS, async (page) => {
    await hold(page, `${key()}\n${sample('stripe-secret-key').secret}`);
    const pages = /** @type {const} */ ([
      ['anyway', 'Let it through all the same?', NOTHING_YET],
      ['view first', 'This text holds 2 secrets', NOTHING_YET],
      ['view each', 'This text holds 2 secrets', 'Replaced: 2. Left out: 0. Sent: 0.'],
      ['view first', 'This text holds 2 secrets', NOTHING_YET],
      ['view about', 'This text holds 2 secrets', 'Why it was recognised It begins like'],
    ]);
    for (const [button, title, message] of pages) {
      await pressIn(page, button);
      await settles(
        async () => {
          const all = nodes(await page.accessibility());
          const dialog = all.find(({ role }) => role === 'alertdialog');
          const focused = all.filter(({ states }) => states.includes('focused')).at(-1);
          return {
            name: dialog?.name,
            message: dialog?.description.startsWith(message),
            focused: [focused?.name, focused?.description.startsWith(`${title} ${message}`)],
          };
        },
        { name: title, message: true, focused: ['Keep it out', true] },
        `${button}: the dialog has new words, and the button with the focus says them`,
      );
    }
    await page.press('Escape');
  });

  onPage(
    'what is decided of each key is heard, and two keys of one kind are told apart',
    stage,
    FIELDS,
    async (page) => {
      const [one, other] = [key(), key()];
      await hold(page, `${one}\n${other}`);
      await pressIn(page, 'view each');
      const groups = async () =>
        nodes(await page.accessibility())
          .filter(({ role }) => role === 'group')
          .map(({ name, children }) => [
            name,
            nodes({ ...NOBODY, children })
              .filter(({ states }) => states.includes('pressed'))
              .map(({ name }) => name),
          ]);
      await until('the groups', async () => (await groups()).length === 2);
      const [first, second] = await groups();
      for (const [group, secret] of /** @type {const} */ ([
        [first, one],
        [second, other],
      ])) {
        const [name, pressed] = /** @type {[string, string[]]} */ (group);
        assert.ok(name.startsWith(`Anthropic API key ${secret.slice(0, 13)}`), name);
        assert.match(name, / ?hidden part /);
        assert.deepEqual(pressed, ['Replace']);
      }
      await pressIn(page, 'each 1 keep-out');
      await settles(async () => (await groups()).map((group) => group[1]), [['Replace'], ['Leave out']], 'the choice');
      await pressIn(page, 'view first');
      await pressIn(page, 'anyway');
      const read = lines(await page.accessibility());
      for (const group of ['group "Do not ask again here about"', 'group "Let it through, because"'])
        assert.equal(read.filter((line) => line.includes(group.slice(7, -1))).length, 1, `${group} is read once`);
      await page.press('Escape', 'Escape');
    },
  );

  onPage('why the buttons of a frame of another site do nothing is said in its dialog', stage, FIELDS, async (page) => {
    await page.accessibility();
    await page.evaluate((/** @type {string} */ src) => {
      const frame = document.createElement('iframe');
      frame.id = 'frame';
      frame.src = src;
      frame.style.cssText = 'width: 480px; height: 520px';
      document.body.append(frame);
    }, stage.site.b + FIELDS);
    const frame = await page.frame('#frame');
    await until('the frame is there', () =>
      frame
        .evaluate(() => document.readyState === 'complete' && document.querySelector('#textarea') !== null)
        .catch(() => false),
    );
    await hold(frame, key());
    const status = async () => nodes(await frame.accessibility()).filter(({ states }) => states.includes('live'));
    const before = await status();
    assert.deepEqual(
      before.map(({ role }) => role),
      ['status'],
      'it is there before it has something to say',
    );
    assert.equal(before[0]?.children.length, 0);
    const said =
      'Inside this embedded page Keystay cannot tell whether you see the warning. Nothing was let in. To decide, press Keystay’s button in the toolbar.';
    await settles(async () => (await status()).flatMap(lines), ['status', said], 'the words');
    if (page.announced) assert.ok((await page.announced()).includes(said), 'and they are announced');
    await frame.press('Escape');
    await noWarning(frame);
  });

  onPage(
    'a key that is typed is announced with what two keys of the keyboard do about it',
    stage,
    FIELDS,
    async (page) => {
      await page.accessibility();
      await page.click('#textarea');
      await page.type(key());
      await marked(page);
      const words =
        'This looks like an Anthropic API key Replace it by $ANTHROPIC_API_KEY: Alt+Shift+K. Leave it: Alt+Shift+L.';
      const beside = async () =>
        nodes(await page.accessibility()).find(({ role, name }) => role === 'group' && name === 'Keystay');
      await settles(
        async () => {
          const group = await beside();
          return group ? lines(group) : [];
        },
        [
          'group "Keystay"',
          'status',
          words,
          'MASKED',
          'button "Replace it by $ANTHROPIC_API_KEY"',
          'button "Leave it"',
        ],
        'what stands beside the field',
      );
      assert.ok((await beside())?.children.some(({ role, states }) => role === 'status' && states.includes('live')));
      if (page.announced)
        await until('it is announced', async () =>
          (await page.announced?.())?.join(' ').replaceAll(/\s+/g, ' ').includes(words),
        );
      const focused = nodes(await page.accessibility()).filter(({ states }) => states.includes('focused'));
      assert.equal(focused.at(-1)?.role, 'textbox', 'the focus stays in the field');
      await page.press('Control+A', 'Delete');
    },
  );

  onPage(
    'where a key that was let through can be revoked is announced, with the keys for it',
    stage,
    FIELDS,
    async (page) => {
      await hold(page, sample('stripe-secret-key').secret);
      await choose(page, 'anyway');
      await settles(
        async () => {
          const group = nodes(await page.accessibility()).find(
            ({ role, name }) => role === 'group' && name === 'Keystay',
          );
          return group ? lines(group) : [];
        },
        [
          'group "Keystay"',
          'status',
          'Stripe secret key: it went to a.test. Where to revoke it: Alt+Shift+K. Close: Alt+Shift+L.',
          'link "Where to revoke it"',
          'button "Close"',
        ],
        'the line',
      );
    },
  );
});

/** @type {Accessible} */
const NOBODY = { role: 'generic', name: '', description: '', states: [], level: null, children: [] };

/**
 * What holds of each of our pages.
 * @param {Accessible} tree
 * @param {string} where
 */
function assertSaid(tree, where) {
  const all = nodes(tree);
  assert.ok(tree.name.length > 0, `${where} has a title`);
  const headings = all.filter(({ role }) => role === 'heading').map(({ level }) => /** @type {number} */ (level));
  assert.equal(headings.filter((level) => level === 1).length, 1, `${where} has one first heading`);
  assert.equal(headings[0], 1, where);
  headings.forEach((level, index) => {
    assert.ok(level - (headings[index - 1] ?? 0) <= 1, `${where}: no heading skips a level`);
  });
  assert.equal(all.filter(({ role }) => role === 'main').length, 1, where);
  const controls = all
    .filter(({ role }) => CONTROLS.has(role))
    .map(({ role, name, description }) => `${role} ${name} (${description})`);
  assert.ok(controls.length > 3, where);
  assert.deepEqual(
    controls.filter((control) => /^\S+ {2}\(/.test(control)),
    [],
    `${where}: a control without a name`,
  );
  const twice = controls.filter((control, index) => controls.indexOf(control) !== index);
  assert.deepEqual(twice, [], `${where}: controls that sound alike`);
  for (const { role, name } of all) {
    if (['list', 'group', 'table', 'document'].includes(role) || role === 'listitem') continue;
    assert.ok(role === 'text' || !name.includes('•'), `${where}: ${name} spells out a mask`);
  }
  assert.ok(!lines(tree).some((line) => line.includes('•')), `${where}: a mask is spelled out`);
}
