// A tab of Firefox, or one frame in it.

import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CHIP,
  describeChip,
  describeWarning,
  expression,
  findOurs,
  LINE,
  locate,
  middleOf,
  WARNING,
} from './reading.mjs';

/** @typedef {import('./firefox.mjs').Firefox} Firefox */
/** @typedef {import('./verbs.d.ts').Page} Page */

/** WebDriver's code points for keys without a character: https://w3c.github.io/webdriver/#keyboard-actions */
const KEYS = {
  Control: '\uE009',
  Shift: '\uE008',
  Alt: '\uE00A',
  Enter: '\uE007',
  Tab: '\uE004',
  Escape: '\uE00C',
  Backspace: '\uE003',
  Delete: '\uE017',
  Home: '\uE011',
  End: '\uE010',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  ArrowUp: '\uE013',
  ArrowDown: '\uE015',
  Insert: '\uE016',
  Space: ' ',
};

/** The preference behind each media query, with its value where the person wishes it and where not. */
const WISHES = /** @type {const} */ ({
  'forced-colors': ['browser.display.document_color_use', 2, 1],
  'prefers-color-scheme': ['ui.systemUsesDarkTheme', 1, 0],
  'prefers-reduced-motion': ['ui.prefersReducedMotion', 1, 0],
});

/**
 * Runs in the privileged sandbox: only there does Firefox open a closed root.
 * @param {{ role: string, button: string }} kind
 * @param {Function} describe
 */
const reading = (kind, describe) => `(async () => {
  ${findOurs}
  const found = findOurs(document, (element) => element.openOrClosedShadowRoot, ${JSON.stringify(kind)});
  return JSON.stringify(found && (${describe})(found));
})()`;

const READ_WARNING = reading(WARNING, describeWarning);
const READ_CHIP = reading(CHIP, describeChip);
const READ_LINE = reading(LINE, describeChip);

/** @implements {Page} */
export class FirefoxPage {
  /**
   * @param {Firefox} browser
   * @param {string} handle
   * @param {string[]} path selectors of the frames from the top to this one
   */
  constructor(browser, handle, path) {
    this.browser = browser;
    this.handle = handle;
    this.path = path;
  }

  /** Keys and scripts go to the frame that was entered last, so each verb enters its own first. */
  async #enter() {
    if (this.browser.current === this) return;
    const { client } = this.browser;
    if (this.browser.current?.handle !== this.handle) {
      await client.send('WebDriver:SwitchToWindow', { handle: this.handle, focus: true });
    }
    await client.send('WebDriver:SwitchToFrame', { id: null });
    for (const selector of this.path) {
      const { value } = await client.send('WebDriver:FindElement', { using: 'css selector', value: selector });
      await client.send('WebDriver:SwitchToFrame', { element: Object.values(value)[0], focus: false });
    }
    this.browser.current = this;
  }

  /** @param {string} selector */
  async frame(selector) {
    return new FirefoxPage(this.browser, this.handle, [...this.path, selector]);
  }

  /** @param {string} url */
  async goto(url) {
    await this.#enter();
    await this.browser.client.send('WebDriver:Navigate', { url });
  }

  /**
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R | Promise<R>} fn
   * @param {A} args
   * @returns {Promise<R>}
   */
  async evaluate(fn, ...args) {
    await this.#enter();
    // A script runs in a sandbox on top of the page, and what it puts on its own global would stay there.
    return this.browser.run(`((globalThis) => ${expression(fn, args)})(window)`, null);
  }

  /** @param {string | import('./verbs.d.ts').Point} where */
  async click(where) {
    const { x, y } = typeof where === 'string' ? await this.evaluate(middleOf, where) : where;
    await this.#enter();
    await this.#perform({
      type: 'pointer',
      id: 'mouse',
      parameters: { pointerType: 'mouse' },
      actions: [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ],
    });
  }

  /** @param {string[]} combinations */
  async press(...combinations) {
    await this.#enter();
    const actions = combinations.flatMap((combination) => {
      const keys = combination.split(/(?<=.)\+/).map(keyValue);
      return [
        ...keys.map((value) => ({ type: 'keyDown', value })),
        ...keys.reverse().map((value) => ({ type: 'keyUp', value })),
      ];
    });
    await this.#perform({ type: 'key', id: 'keyboard', actions });
  }

  /** @param {string} text */
  async type(text) {
    await this.#enter();
    const actions = [...text].flatMap((character) => {
      const value = character === '\n' ? KEYS.Enter : character;
      return [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ];
    });
    await this.#perform({ type: 'key', id: 'keyboard', actions });
  }

  /** @param {string} text */
  async insert(text) {
    await this.#enter();
    await this.browser.inputMethod(text, 'insert');
  }

  /** @param {string} text */
  async compose(text) {
    await this.#enter();
    await this.browser.inputMethod(text, 'compose');
  }

  /** @param {object} actions */
  async #perform(actions) {
    await this.browser.client.send('WebDriver:PerformActions', { actions: [actions] });
  }

  paste() {
    return this.press('Control+V');
  }

  async pasteFromMenu() {
    await this.#enter();
    await this.browser.run(
      expression(() => /** @type {any} */ (window).docShell.doCommand('cmd_paste'), []),
      'system',
    );
  }

  /** @param {string} text */
  async fillIn(text) {
    await this.#enter();
    const fill = (/** @type {string} */ value) => /** @type {any} */ (document.activeElement).setUserInput(value);
    await this.browser.run(expression(fill, [text]), 'system');
  }

  /**
   * @param {string} wrong
   * @param {string} right
   */
  async correct(wrong, right) {
    await this.#enter();
    await this.browser.inChrome(
      (/** @type {string} */ wrong, /** @type {string} */ right) => {
        // @ts-expect-error a global of the browser's own context
        const { windowUtils } = Services.wm.getMostRecentWindow('navigator:browser');
        windowUtils.sendContentCommandEvent('replaceText', null, right, 0, wrong);
      },
      wrong,
      right,
    );
  }

  /** @param {() => Promise<void>} act */
  async opened(act) {
    const handles = async () => /** @type {string[]} */ (await this.browser.client.send('WebDriver:GetWindowHandles'));
    const before = await handles();
    await act();
    for (;;) {
      const handle = (await handles()).find((one) => !before.includes(one));
      if (handle) return new FirefoxPage(this.browser, handle, []);
      await pause(20);
    }
  }

  /**
   * @param {string | import('./verbs.d.ts').Point} where
   * @param {import('./verbs.d.ts').Carried} carried
   */
  async drop(where, { flavours = {}, files = [] }) {
    const point = typeof where === 'string' ? await this.evaluate(middleOf, where) : where;
    const contents = await contentsOf(files);
    await this.#enter();
    await this.browser.run(expression(dragAndDrop, [point, flavours, contents]), 'system');
  }

  /**
   * @param {string} where
   * @param {string[]} paths
   */
  async chooseFiles(where, paths) {
    const contents = await contentsOf(paths);
    await this.evaluate(
      /** @type {any} */ ({
        toString: () => `(where) => { globalThis.chosenFor = (${locate})(where); }`,
      }),
      where,
    );
    await this.browser.run(expression(choosing, [contents]), 'system');
  }

  /**
   * No dialog opens in a headless Firefox that a protocol could answer, so the input is caught as the page opens it.
   * @param {string} selector
   * @param {string[]} paths
   */
  async answerChooser(selector, paths) {
    const contents = await contentsOf(paths);
    await this.evaluate(() => {
      /** @param {any} clicked */
      const catchInput = (clicked) => {
        const input = clicked instanceof HTMLLabelElement ? clicked.control : clicked;
        // What is clicked then is prevented from opening the dialog, and everything else is as it was.
        input.addEventListener('click', (/** @type {Event} */ event) => event.preventDefault(), { once: true });
        /** @type {any} */ (globalThis).chosenFor = input;
      };
      const { prototype } = HTMLElement;
      const { click } = prototype;
      const { dispatchEvent } = EventTarget.prototype;
      prototype.click = function () {
        prototype.click = click;
        catchInput(this);
        click.call(this);
      };
      EventTarget.prototype.dispatchEvent = function (event) {
        if (event.type === 'click') {
          EventTarget.prototype.dispatchEvent = dispatchEvent;
          catchInput(this);
        }
        return dispatchEvent.call(this, event);
      };
    });
    await this.click(selector);
    await this.browser.run(expression(choosing, [contents]), 'system');
  }

  undo() {
    return this.press('Control+Z');
  }

  /** @returns {Promise<import('./verbs.d.ts').Warning | null>} */
  async warning() {
    for (let depth = this.path.length; depth >= 0; depth--) {
      const page =
        depth === this.path.length ? this : new FirefoxPage(this.browser, this.handle, this.path.slice(0, depth));
      await page.#enter();
      const found = await this.browser.run(READ_WARNING, 'system');
      if (found) return { ...found, page };
    }
    return null;
  }

  async line() {
    await this.#enter();
    return this.browser.run(READ_LINE, 'system');
  }

  async chip() {
    await this.#enter();
    return this.browser.run(READ_CHIP, 'system');
  }

  async accessibility() {
    await this.#enter();
    const id = await this.browser.run(
      expression(() => /** @type {any} */ (window).docShell.browsingContext.id, []),
      'system',
    );
    for (;;) {
      const tree = await this.browser.inChrome(readAccessible, id);
      if (tree) return tree;
      await pause(20);
    }
  }

  announced() {
    return this.browser.inChrome(() => {
      // @ts-expect-error a global of the browser's own context
      return Services.wm.getMostRecentWindow('navigator:browser').announced;
    });
  }

  async picture() {
    await this.#enter();
    const { value } = await this.browser.client.send('WebDriver:TakeScreenshot', { full: false, hash: false });
    return Buffer.from(value, 'base64');
  }

  async print() {
    await this.#enter();
    const { value } = await this.browser.client.send('WebDriver:Print', {});
    return Buffer.from(value, 'base64');
  }

  /** @param {string} file */
  async screenshot(file) {
    await fs.writeFile(file, await this.picture());
  }

  /** @param {number} width */
  async narrow(width) {
    const { path } = this;
    if (path.length > 0) throw new Error('only a whole tab has a zoom');
    await this.#enter();
    await this.browser.inChrome((/** @type {number} */ width) => {
      // @ts-expect-error a global of the browser's own context
      const view = Services.wm.getMostRecentWindow('navigator:browser');
      const { selectedBrowser } = view.gBrowser;
      selectedBrowser.fullZoom = selectedBrowser.getBoundingClientRect().width / width;
    }, width);
  }

  /** @param {import('./verbs.d.ts').Wishes} wishes */
  async prefer(wishes) {
    const prefs = Object.entries(wishes).map(([name, value]) => {
      const [pref, on, off] = WISHES[/** @type {keyof typeof WISHES} */ (name)];
      return { pref, value: ['none', 'light', 'no-preference'].includes(value) ? off : on };
    });
    await this.browser.inChrome((/** @type {{ pref: string, value: number }[]} */ prefs) => {
      // @ts-expect-error a global of the browser's own context
      for (const { pref, value } of prefs) Services.prefs.setIntPref(pref, value);
    }, prefs);
  }

  async close() {
    await this.#enter();
    const left = await this.browser.client.send('WebDriver:CloseWindow');
    // Nothing can be asked, not even for a new tab, while commands go to a closed one.
    await this.browser.client.send('WebDriver:SwitchToWindow', { handle: left[0], focus: true });
    this.browser.current = null;
  }
}

/**
 * Runs in the browser's own context: what verbs.d.ts calls the Accessible of a document; null while the browser is making it.
 * @param {number} id its browsing context
 * @returns {import('./verbs.d.ts').Accessible | null}
 */
function readAccessible(id) {
  // @ts-expect-error globals of the browser's own context
  const [classes, interfaces, services] = [Cc, Ci, Services];
  const view = services.wm.getMostRecentWindow('navigator:browser');
  const roles = interfaces.nsIAccessibleRole;
  // The tree lives as long as somebody has the service.
  view.accessibility ??= classes['@mozilla.org/accessibilityService;1'].getService(interfaces.nsIAccessibilityService);
  const service = view.accessibility;
  /** @type {Record<string, string>} */
  const states = { unavailable: 'disabled' };
  const known = ['checked', 'collapsed', 'expanded', 'focused', 'modal', 'pressed'];

  /** @param {any} node */
  const attributesOf = (node) => {
    const found = [...(node.attributes?.enumerate() ?? [])];
    return new Map(
      found.map((one) => one.QueryInterface(interfaces.nsIPropertyElement)).map(({ key, value }) => [key, value]),
    );
  };
  if (!view.announced) {
    view.announced = [];
    /** @param {any} subject */
    view.announcer = (subject) => {
      const event = subject.QueryInterface(interfaces.nsIAccessibleEvent);
      if (event.eventType !== interfaces.nsIAccessibleEvent.EVENT_TEXT_INSERTED) return;
      const { modifiedText } = event.QueryInterface(interfaces.nsIAccessibleTextChangeEvent);
      try {
        if (attributesOf(event.accessible).has('container-live')) view.announced.push(modifiedText);
      } catch {
        // It is gone already.
      }
    };
    services.obs.addObserver(view.announcer, 'accessible-event');
  }
  /**
   * @param {any} node
   * @returns {import('./verbs.d.ts').Accessible}
   */
  const describe = (node) => {
    const state = /** @type {any} */ ({});
    const extra = /** @type {any} */ ({});
    node.getState(state, extra);
    const names = [...service.getStringStates(state.value, extra.value)].map((name) => states[name] ?? name);
    const attributes = attributesOf(node);
    const said = names.filter((name) => known.includes(name) || name === 'disabled');
    if (attributes.get('live') === 'polite') said.push('live');
    return {
      role: node.role === roles.ROLE_TEXT_LEAF ? 'text' : node.computedARIARole || service.getStringRole(node.role),
      name: node.name ?? '',
      description: node.description ?? '',
      states: /** @type {any} */ (said.sort()),
      level: attributes.has('level') ? Number(attributes.get('level')) : null,
      children: Array.from({ length: node.childCount }, (_, index) => node.getChildAt(index))
        // A frame has a tree of its own.
        .filter(({ role }) => role !== roles.ROLE_INTERNAL_FRAME)
        .map(describe),
    };
  };
  /**
   * @param {any} node
   * @returns {any}
   */
  const find = (node) => {
    if (node.role === roles.ROLE_DOCUMENT) {
      const { browsingContext } = node.QueryInterface(interfaces.nsIAccessibleDocument);
      if (browsingContext?.id === id) return node;
    }
    for (let index = 0; index < node.childCount; index++) {
      const found = find(node.getChildAt(index));
      if (found) return found;
    }
    return null;
  };
  const tab = service.getAccessibleFor(view.gBrowser.selectedBrowser);
  const document = tab && find(tab);
  return document ? describe(document) : null;
}

/** @param {string[]} paths */
function contentsOf(paths) {
  return Promise.all(
    paths.map(async (file) => {
      const { mtimeMs } = await fs.stat(file);
      return {
        name: path.basename(file),
        base64: await fs.readFile(file, 'base64'),
        lastModified: Math.trunc(mtimeMs),
      };
    }),
  );
}

/**
 * Runs with the browser's rights: does to the input that the page's world has put down what the browser does after its dialog.
 * WebDriver's own way sends an `input` event that does not leave a shadow root, and finds no input outside the document.
 * @param {{ name: string, base64: string, lastModified: number }[]} contents
 */
function choosing(contents) {
  const view = /** @type {any} */ (window);
  const input = /** @type {any} */ (Reflect.get(view.wrappedJSObject, 'chosenFor'));
  const files = contents.map(({ name, base64, lastModified }) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const type = /\.(?:png|jpe?g)$/.test(name) ? 'image/png' : '';
    return new File([bytes], name, { type, lastModified });
  });
  // @ts-expect-error a global of the browser's own context
  const own = Cu.unwaiveXrays(input);
  own.mozSetFileArray(files);
  own.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  own.dispatchEvent(new Event('change', { bubbles: true }));
}

/**
 * Runs with the browser's rights: no protocol of Firefox drags from outside, its own tests do it in this way. The events are trusted
 * and go through the browser's own handling, which inserts what no handler of the page took.
 * @param {import('./verbs.d.ts').Point} point
 * @param {Record<string, string>} flavours
 * @param {{ name: string, base64: string }[]} contents
 */
function dragAndDrop(point, flavours, contents) {
  /**
   * @param {Document | ShadowRoot} root
   * @param {import('./verbs.d.ts').Point} at
   * @returns {Element | null}
   */
  const elementAt = (root, at) => {
    const found = root.elementFromPoint(at.x, at.y);
    // A field has a root of the browser's own, into which no event of a drag is aimed.
    const inner = found?.matches('input, textarea') ? null : /** @type {any} */ (found)?.openOrClosedShadowRoot;
    return inner && inner !== root ? (elementAt(inner, at) ?? found) : found;
  };
  // @ts-expect-error a global of the browser's own context
  const { classes, interfaces } = Components;
  const service = classes['@mozilla.org/widget/dragservice;1'].getService(interfaces.nsIDragService);
  const view = /** @type {any} */ (window);
  // Made of the page's own objects, because it could not read what another origin put into them.
  const page = view.wrappedJSObject;
  const data = new page.DataTransfer();
  for (const [type, text] of Object.entries(flavours)) data.setData(type, text);
  for (const { name, base64 } of contents) {
    // @ts-expect-error a global of the browser's own context
    const bytes = Cu.cloneInto(
      Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
      page,
    );
    const list = new page.Array();
    list.push(bytes);
    data.items.add(new page.File(list, name));
  }
  /** @param {import('./verbs.d.ts').Point} at */
  const init = ({ x: clientX, y: clientY }) => ({ bubbles: true, cancelable: true, composed: true, clientX, clientY });
  const all = service.DRAGDROP_ACTION_COPY | service.DRAGDROP_ACTION_MOVE | service.DRAGDROP_ACTION_LINK;
  service.startDragSessionForTests(view, all);
  const session = service.getCurrentSession(view);
  try {
    for (const type of ['dragenter', 'dragover', 'drop']) {
      const { mozInnerScreenX: left, mozInnerScreenY: top } = view;
      const event = /** @type {any} */ (document.createEvent('DragEvent'));
      const at = /** @type {const} */ ([left + point.x, top + point.y, point.x, point.y]);
      event.initDragEvent(type, true, true, view, 0, ...at, false, false, false, false, 0, null, data);
      const target = elementAt(document, point);
      if (target?.getRootNode() === document) {
        // The browser itself makes the first of these out of the second.
        if (type !== 'dragenter') view.windowUtils.dispatchDOMEventViaPresShellForTesting(target, event);
      } else {
        // Trusted too, but without what the browser does when no handler takes it: it refuses the other way in a shadow root.
        target?.dispatchEvent(new DragEvent(type, { ...init(point), dataTransfer: data }));
      }
    }
  } finally {
    session?.endDragSession(true, 0);
  }
}

/** @param {string} key */
function keyValue(key) {
  if (key in KEYS) return KEYS[/** @type {keyof typeof KEYS} */ (key)];
  // A letter in a combination is written as on the key; without Shift the key gives the small one.
  return key.length === 1 ? key.toLowerCase() : key;
}
