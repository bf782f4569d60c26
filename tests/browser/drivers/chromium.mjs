// Chromium by puppeteer-core: see verbs.d.ts for what each verb does.

import fs from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { commandLine, descendants } from './processes.mjs';
import {
  CHIP,
  describeChip,
  describeWarning,
  expression,
  LINE,
  locate,
  middleOf,
  offerFlavours,
  offerText,
  parsed,
  WARNING,
  writeImage,
} from './reading.mjs';

/** @typedef {import('./verbs.d.ts').Browser} Browser */
/** @typedef {import('./verbs.d.ts').Page} Page */
/** @typedef {import('puppeteer-core').Page} Tab */
/** @typedef {import('puppeteer-core').Frame} Frame */

/** No request of the browser's own leaves the machine. */
const ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--host-resolver-rules=MAP *.test 127.0.0.1',
  // Chromium refuses to run its sandbox as root, which is what a container has.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Chromium drops clicks on another site's frame that came or moved less than half a second ago; a person needs longer than that. */
const CLICKABLE_AFTER = 600;

/** A key event alone edits nothing here: on a desktop the window system adds the editing command, so the driver names it. */
const COMMANDS = /** @type {Record<string, string>} */ ({
  'Control+A': 'SelectAll',
  'Control+C': 'Copy',
  'Control+V': 'Paste',
  'Control+X': 'Cut',
  'Control+Z': 'Undo',
  'Shift+Insert': 'Paste',
  'Control+Shift+V': 'PasteAndMatchStyle',
  'Control+Shift+Z': 'Redo',
});

/**
 * @param {import('./verbs.d.ts').Launch} [options]
 * @returns {Promise<Browser>}
 */
export async function launch({ extension, args = [], profile, home, headless = true, display } = {}) {
  const browser = await puppeteer.launch({
    executablePath: process.env.KEYSTAY_CHROMIUM ?? '/usr/bin/chromium',
    headless,
    pipe: true,
    ...(profile ? { userDataDir: profile } : {}),
    enableExtensions: extension ? [extension] : true,
    protocolTimeout: 120_000,
    defaultViewport: headless ? { width: 1024, height: 768 } : null,
    env: { ...process.env, ...(home ? { HOME: home } : {}), ...(display ? { DISPLAY: display } : {}) },
    args: [...ARGUMENTS, ...args],
  });
  // A page that opens before the extension has started stays without its scripts: 7 of 85 starts were that quick, and none that waited.
  if (extension) await browser.waitForTarget(isBackground);
  return new Chromium(browser, await browser.version());
}

/** @param {import('puppeteer-core').Target} target */
function isBackground(target) {
  return target.type() === 'service_worker' && target.url().startsWith('chrome-extension://');
}

/** @implements {Browser} */
class Chromium {
  name = /** @type {const} */ ('chromium');
  /** @type {Tab | null} */
  front = null;
  /** @type {ChromiumPage | null} */
  #clipboard = null;

  /**
   * @param {import('puppeteer-core').Browser} browser
   * @param {string} version
   */
  constructor(browser, version) {
    this.puppet = browser;
    this.version = version.replace(/^.*\//, '');
    /** @type {Promise<void>} */
    this.closed = new Promise((resolve) => browser.once('disconnected', () => resolve()));
  }

  get pid() {
    return /** @type {number} */ (this.puppet.process()?.pid);
  }

  /** @param {string} folder */
  async install(folder) {
    await this.puppet.installExtension(folder);
  }

  async #tab() {
    const tab = await this.puppet.newPage();
    return new ChromiumPage(this, tab, tab.mainFrame());
  }

  /** @param {string} url */
  async open(url) {
    const page = await this.#tab();
    await page.goto(url);
    return page;
  }

  /** @param {string} text */
  async copy(text) {
    const tab = await this.#clipboardTab();
    await tab.evaluate(offerText, text);
    await tab.press('Control+C');
  }

  /** @param {Record<string, string>} flavours */
  async copyFlavours(flavours) {
    const tab = await this.#clipboardTab();
    await tab.evaluate(offerFlavours, flavours);
    await tab.press('Control+C');
  }

  /** @param {string} secure */
  async copyImage(secure) {
    const tab = await this.open(secure);
    await this.allowReading(secure);
    await tab.click('body');
    await tab.evaluate(writeImage);
    await tab.close();
  }

  async copyNothing() {
    await this.copyFlavours({ 'text/plain': '' });
  }

  /** @param {string} origin */
  async allowReading(origin) {
    await this.puppet
      .defaultBrowserContext()
      .overridePermissions(new URL(origin).origin, ['clipboard-read', 'clipboard-sanitized-write']);
  }

  async #clipboardTab() {
    this.#clipboard ??= await this.#tab();
    return this.#clipboard;
  }

  #worker() {
    return this.puppet.targets().find(isBackground);
  }

  async killBackground() {
    const target = this.#worker();
    const worker = await target?.worker();
    await worker?.close();
    // The protocol answers before the worker has ended; a message sent in between would still reach the old one.
    while (await this.backgroundRuns()) await pause(20);
  }

  async backgroundRuns() {
    return this.#worker() !== undefined;
  }

  async backgroundPid() {
    // The renderer of extensions is marked on its command line.
    const children = descendants(this.pid);
    return children.find((pid) => commandLine(pid).includes('--extension-process')) ?? null;
  }

  /**
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R | Promise<R>} fn
   * @param {A} args
   * @returns {Promise<R>}
   */
  async inBackground(fn, ...args) {
    const target = await this.puppet.waitForTarget(isBackground, { timeout: 10_000 });
    const worker = await target.worker();
    if (!worker) throw new Error('the background ended before it could be asked');
    const json = await worker.evaluate(expression(fn, args));
    return parsed(json);
  }

  async close() {
    await this.puppet.close();
    await this.closed;
  }
}

/** @implements {Page} */
class ChromiumPage {
  /**
   * @param {Chromium} browser
   * @param {Tab} tab
   * @param {Frame} frame
   */
  constructor(browser, tab, frame) {
    this.browser = browser;
    this.tab = tab;
    this.target = frame;
  }

  async #front() {
    if (this.browser.front === this.tab) return;
    await this.tab.bringToFront();
    this.browser.front = this.tab;
  }

  /** @param {string} selector */
  async frame(selector) {
    const element = await this.target.waitForSelector(selector, { timeout: 10_000 });
    const frame = await element?.contentFrame();
    if (!frame) throw new Error(`${selector} is no frame`);
    return new ChromiumPage(this.browser, this.tab, frame);
  }

  /** @param {string} url */
  async goto(url) {
    await this.#front();
    await this.target.goto(url);
  }

  /**
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R | Promise<R>} fn
   * @param {A} args
   * @returns {Promise<R>}
   */
  async evaluate(fn, ...args) {
    // An expression, because the page's policy may forbid the making of functions from text.
    const json = await this.target.evaluate(expression(fn, args));
    return parsed(json);
  }

  /** @param {string | import('./verbs.d.ts').Point} where */
  async click(where) {
    await this.#front();
    const point = typeof where === 'string' ? await this.evaluate(middleOf, where) : where;
    const origin = await this.#origin();
    if (this.target.parentFrame()) await pause(CLICKABLE_AFTER);
    await this.tab.mouse.click(origin.x + point.x, origin.y + point.y);
  }

  /** Where this frame's viewport begins in the tab's. */
  async #origin() {
    let x = 0;
    let y = 0;
    for (let frame = this.target; frame.parentFrame(); frame = /** @type {Frame} */ (frame.parentFrame())) {
      const owner = await frame.frameElement();
      const corner = await owner?.evaluate((element) => {
        const box = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        return {
          x: box.x + element.clientLeft + Number.parseFloat(style.paddingLeft),
          y: box.y + element.clientTop + Number.parseFloat(style.paddingTop),
        };
      });
      x += corner?.x ?? 0;
      y += corner?.y ?? 0;
    }
    return { x, y };
  }

  /** @param {string[]} combinations */
  async press(...combinations) {
    await this.#front();
    for (const combination of combinations) await this.#press(combination);
  }

  /** @param {string} combination */
  async #press(combination) {
    const keys = combination.split(/(?<=.)\+/);
    const last = /** @type {import('puppeteer-core').KeyInput} */ (keys.pop());
    const held = /** @type {import('puppeteer-core').KeyInput[]} */ (keys);
    const command = COMMANDS[combination];
    for (const key of held) await this.tab.keyboard.down(key);
    // A letter in a combination is written as on the key; without Shift the key gives the small one.
    const key = last.length === 1 && !held.includes('Shift') ? last.toLowerCase() : last;
    await this.tab.keyboard.press(
      /** @type {import('puppeteer-core').KeyInput} */ (key),
      command ? { commands: [command] } : {},
    );
    for (const modifier of held.reverse()) await this.tab.keyboard.up(modifier);
  }

  /** @param {string} text */
  async type(text) {
    await this.#front();
    await this.tab.keyboard.type(text);
  }

  /** @param {string} text */
  async insert(text) {
    await this.#front();
    await this.tab.keyboard.sendCharacter(text);
  }

  /** @param {string} text */
  async compose(text) {
    await this.#front();
    const { client } = inside(this.target);
    await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await client.send('Input.insertText', { text });
  }

  paste() {
    return this.press('Control+V');
  }

  async pasteFromMenu() {
    await this.#front();
    // A key that types nothing carries the command.
    await this.tab.keyboard.press('F20', { commands: ['Paste'] });
  }

  /** @param {string} text */
  async fillIn(text) {
    await this.#front();
    const { client, _id: frameId } = inside(this.target);
    const { result } = await client.send('Runtime.evaluate', { expression: 'document.activeElement' });
    const { node } = await client.send('DOM.describeNode', { objectId: result.objectId });
    await client.send('Autofill.trigger', {
      fieldId: node.backendNodeId,
      frameId,
      card: { number: '4'.padEnd(16, '1'), name: text, expiryMonth: '11', expiryYear: '2040', cvc: '123' },
    });
  }

  async correct() {
    throw new Error('Chromium has no way to correct a word but its menu');
  }

  /** @param {() => Promise<void>} act */
  async opened(act) {
    const coming = new Promise((resolve) => this.tab.once('popup', resolve));
    await act();
    const tab = /** @type {Tab} */ (await coming);
    this.browser.front = tab;
    return new ChromiumPage(this.browser, tab, tab.mainFrame());
  }

  /**
   * @param {string | import('./verbs.d.ts').Point} where
   * @param {import('./verbs.d.ts').Carried} carried
   */
  async drop(where, { flavours = {}, files = [] }) {
    await this.#front();
    const point = typeof where === 'string' ? await this.evaluate(middleOf, where) : where;
    const origin = await this.#origin();
    const items = Object.entries(flavours).map(([mimeType, data]) => ({ mimeType, data }));
    const { client } = inside(this.tab.mainFrame());
    for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'dragOver', 'drop'])) {
      await client.send('Input.dispatchDragEvent', {
        type,
        x: origin.x + point.x,
        y: origin.y + point.y,
        // Copying, moving and linking are all allowed: the page chooses.
        data: { items, files, dragOperationsMask: 19 },
      });
    }
  }

  /**
   * @param {string} where
   * @param {string[]} paths
   */
  async chooseFiles(where, paths) {
    const handle = await this.target.evaluateHandle(`(${locate})(${JSON.stringify(where)})`);
    const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (handle);
    await input.uploadFile(...paths);
  }

  /**
   * @param {string} selector
   * @param {string[]} paths
   */
  async answerChooser(selector, paths) {
    const [chooser] = await Promise.all([this.tab.waitForFileChooser(), this.click(selector)]);
    await chooser.accept(paths);
  }

  undo() {
    return this.press('Control+Z');
  }

  /** @returns {Promise<import('./verbs.d.ts').Warning | null>} */
  async warning() {
    for (let frame = /** @type {Frame | null} */ (this.target); frame; frame = frame.parentFrame()) {
      const found = await oursIn(frame, WARNING, describeWarning);
      if (found) return { ...found, page: new ChromiumPage(this.browser, this.tab, frame) };
    }
    return null;
  }

  line() {
    return oursIn(this.target, LINE, describeChip);
  }

  chip() {
    return oursIn(this.target, CHIP, describeChip);
  }

  async accessibility() {
    const { client, _id: frameId } = inside(this.target);
    const { nodes } = await client.send('Accessibility.getFullAXTree', { frameId });
    const [root] = nodes;
    const [tree] = root ? accessible(root, new Map(nodes.map((node) => [node.nodeId, node]))) : [];
    if (!tree) throw new Error('the frame has no accessibility tree');
    return tree;
  }

  async picture() {
    return Buffer.from(await this.tab.screenshot());
  }

  async print() {
    return Buffer.from(await this.tab.pdf());
  }

  /** @param {string} file */
  async screenshot(file) {
    await fs.writeFile(file, await this.picture());
  }

  /** @param {number} width */
  async narrow(width) {
    await this.tab.setViewport({ width, height: 768 });
  }

  /** @param {import('./verbs.d.ts').Wishes} wishes */
  async prefer(wishes) {
    const features = Object.entries(wishes).map(([name, value]) => ({ name, value }));
    await inside(this.tab.mainFrame()).client.send('Emulation.setEmulatedMedia', { features });
  }

  async close() {
    if (this.browser.front === this.tab) this.browser.front = null;
    await this.tab.close();
  }
}

/**
 * The protocol's view of the tree goes through closed roots; a script in the page cannot.
 * @param {Frame} frame
 * @param {{ role: string, button: string }} kind
 * @param {Function} describe
 */
async function oursIn(frame, kind, describe) {
  const { client, _id: id } = inside(frame);
  // A frame of another site lives in another process and has its own session, whose tree begins at that frame.
  let root = frame;
  for (let parent = frame.parentFrame(); parent && inside(parent).client === client; parent = parent.parentFrame()) {
    root = parent;
  }
  const { root: tree } = await client.send('DOM.getDocument', { depth: -1, pierce: true });
  const found = oursUnder(tree, inside(root)._id, id, kind);
  if (!found) return null;
  const { object } = await client.send('DOM.resolveNode', { backendNodeId: found.backendNodeId });
  const { result } = await client.send('Runtime.callFunctionOn', {
    objectId: object.objectId,
    functionDeclaration: `function () { return JSON.stringify((${describe})(this)); }`,
    returnByValue: true,
  });
  return JSON.parse(result.value);
}

/**
 * What Puppeteer knows of a frame and does not name in its types.
 * @param {Frame} frame
 * @returns {{ client: import('puppeteer-core').CDPSession, _id: string }}
 */
function inside(frame) {
  return /** @type {any} */ (frame);
}

/**
 * @typedef {import('puppeteer-core').Protocol.DOM.Node} Node
 * @param {Node} node
 * @param {string | null} frame frame that the node lies in
 * @param {string} wanted
 * @param {{ role: string, button: string }} kind
 * @returns {Node | null}
 */
function oursUnder(node, frame, wanted, kind) {
  if (frame === wanted && attribute(node, 'role') === kind.role && offers(node, kind.button)) return node;
  for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) {
    const found = oursUnder(child, frame, wanted, kind);
    if (found) return found;
  }
  return node.contentDocument ? oursUnder(node.contentDocument, node.frameId ?? null, wanted, kind) : null;
}

/**
 * @param {Node} node
 * @param {string} button
 * @returns {boolean}
 */
function offers(node, button) {
  return attribute(node, button) !== null || (node.children ?? []).some((child) => offers(child, button));
}

/**
 * @param {Node} node
 * @param {string} name
 */
function attribute(node, name) {
  const pairs = node.attributes ?? [];
  for (let index = 0; index < pairs.length; index += 2) {
    if (pairs[index] === name) return pairs[index + 1] ?? null;
  }
  return null;
}

/** The properties of a node that say a state, and their values in it. */
const STATES = /** @type {const} */ ({
  checked: ['checked', 'true'],
  disabled: ['disabled', 'true'],
  expanded: ['expanded', 'true'],
  collapsed: ['expanded', 'false'],
  focused: ['focused', 'true'],
  live: ['live', 'polite'],
  modal: ['modal', 'true'],
  pressed: ['pressed', 'true'],
});

const ROLES = /** @type {Record<string, string>} */ ({
  RootWebArea: 'document',
  StaticText: 'text',
  none: 'generic',
});

/**
 * A node of the protocol as verbs.d.ts has it, or its children where it is ignored.
 * @param {import('puppeteer-core').Protocol.Accessibility.AXNode} node
 * @param {Map<string, import('puppeteer-core').Protocol.Accessibility.AXNode>} all
 * @returns {import('./verbs.d.ts').Accessible[]}
 */
function accessible(node, all) {
  const role = node.role?.value ?? 'none';
  if (role === 'InlineTextBox') return [];
  const children = (node.childIds ?? []).flatMap((id) => {
    const child = all.get(id);
    return child ? accessible(child, all) : [];
  });
  if (node.ignored) return children;
  const properties = new Map(node.properties?.map(({ name, value }) => [/** @type {string} */ (name), value.value]));
  return [
    {
      role: ROLES[role] ?? role,
      name: node.name?.value ?? '',
      description: node.description?.value ?? '',
      states: /** @type {import('./verbs.d.ts').State[]} */ (
        Object.entries(STATES).flatMap(([state, [property, value]]) =>
          String(properties.get(property)) === value ? [state] : [],
        )
      ),
      level: properties.get('level') ?? null,
      children,
    },
  ];
}
