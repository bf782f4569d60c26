// Firefox by Marionette: see verbs.d.ts for what each verb does.

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../free-port.mjs';
import { FirefoxPage } from './firefox-page.mjs';
import { Marionette } from './marionette.mjs';
import { expression, offerFlavours, offerText, parsed, writeImage } from './reading.mjs';

/** @typedef {import('./verbs.d.ts').Browser} Browser */

/** No request of the browser's own leaves the machine, and nothing asks the person anything. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'browser.topsites.contile.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.localDomains': 'a.test,b.test',
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.enabled': false,
  // A page of a test opens windows without a gesture.
  'dom.disable_open_during_load': false,
};

/**
 * @param {import('./verbs.d.ts').Launch} [options]
 * @returns {Promise<Browser>}
 */
export async function launch({ extension, args = [], prefs = {}, profile: kept, home, headless = true, display } = {}) {
  const profile = kept ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'keystay-firefox-')));
  const port = await freePort();
  const lines = Object.entries({ ...PREFERENCES, 'marionette.port': port, ...prefs });
  await fs.writeFile(
    path.join(profile, 'user.js'),
    lines.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''),
  );
  const command = process.env.KEYSTAY_FIREFOX ?? 'firefox-esr';
  const child = spawn(
    command,
    [
      ...(headless ? ['--headless'] : []),
      '--marionette',
      '--remote-allow-system-access',
      '--no-remote',
      '--profile',
      profile,
      ...args,
    ],
    {
      stdio: 'ignore',
      env: { ...process.env, ...(home ? { HOME: home } : {}), ...(display ? { DISPLAY: display } : {}) },
    },
  );
  /** @type {Error | null} */
  let failed = null;
  child.once('error', (error) => {
    failed = error;
  });
  const stop = () => {
    child.kill('SIGKILL');
    if (!kept) rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', stop);
  // A signal ends Node without its exit handlers, and Firefox would go on alone.
  const end = () => process.exit(1);
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  const gone = new Promise((resolve) => child.once('exit', () => resolve(undefined)));

  /** @type {Marionette | undefined} */
  let client;
  for (let tries = 0; !client; tries++) {
    try {
      client = await Marionette.connect(port);
    } catch (error) {
      if (failed || child.exitCode !== null || tries === 300) {
        stop();
        throw new Error(`${command} did not open its Marionette port`, { cause: failed ?? error });
      }
      await pause(100);
    }
  }
  const session = await client.send('WebDriver:NewSession', {
    capabilities: { alwaysMatch: { unhandledPromptBehavior: 'ignore' } },
  });
  const browser = new Firefox(client, child, session.capabilities.browserVersion, gone, () => {
    process.removeListener('exit', stop);
    process.removeListener('SIGTERM', end);
    process.removeListener('SIGINT', end);
    stop();
  });
  if (extension) await browser.install(extension);
  return browser;
}

/** @implements {Browser} */
export class Firefox {
  name = /** @type {const} */ ('firefox');
  /** The place that commands go to now. @type {FirefoxPage | null} */
  current = null;
  /** @type {FirefoxPage | null} */
  #clipboard = null;
  #addon = '';
  #child;
  #finish;

  /**
   * @param {Marionette} client
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} version
   * @param {Promise<void>} closed
   * @param {() => void} finish
   */
  constructor(client, child, version, closed, finish) {
    this.client = client;
    this.#child = child;
    this.version = version;
    this.closed = closed;
    this.#finish = finish;
  }

  get pid() {
    return /** @type {number} */ (this.#child.pid);
  }

  /** @param {string} folder */
  async install(folder) {
    const { value } = await this.client.send('Addon:Install', {
      path: folder,
      temporary: true,
      allowPrivateBrowsing: true,
    });
    this.#addon = value;
  }

  async #tab() {
    const { handle } = await this.client.send('WebDriver:NewWindow', { type: 'tab', focus: true });
    return new FirefoxPage(this, handle, []);
  }

  /** @param {string} url */
  async open(url) {
    const page = await this.#tab();
    await page.goto(url);
    return page;
  }

  /** @param {string} url */
  async openPrivate(url) {
    const { handle } = await this.client.send('WebDriver:NewWindow', { type: 'window', focus: true, private: true });
    const page = new FirefoxPage(this, handle, []);
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
    await tab.click('body');
    await tab.evaluate(writeImage);
    await tab.close();
  }

  async copyNothing() {
    await this.copyFlavours({ 'text/plain': '' });
  }

  /** Of every origin, and without the popup in which the person would have to press "Paste". */
  async allowReading() {
    // @ts-expect-error a global of the browser's own context
    await this.inChrome(() => Services.prefs.setBoolPref('dom.events.testing.asyncClipboard', true));
  }

  async #clipboardTab() {
    this.#clipboard ??= await this.#tab();
    return this.#clipboard;
  }

  async killBackground() {
    await this.inChrome(async (/** @type {string} */ id) => {
      // @ts-expect-error a global of the browser's own context
      const { extension } = WebExtensionPolicy.getByID(id);
      await extension.terminateBackground({ ignoreDevToolsAttached: true });
    }, this.#addon);
  }

  async backgroundRuns() {
    return this.inChrome((/** @type {string} */ id) => {
      // @ts-expect-error a global of the browser's own context
      return WebExtensionPolicy.getByID(id).extension.backgroundState === 'running';
    }, this.#addon);
  }

  async backgroundPid() {
    return this.inChrome((/** @type {string} */ id) => {
      // @ts-expect-error a global of the browser's own context
      const { extension } = WebExtensionPolicy.getByID(id);
      // A stopped background's process goes on: it is shared with the browser's own add-ons.
      // @ts-expect-error a global of the browser's own context
      const processes = ChromeUtils.getAllDOMProcesses();
      const shared = processes.find((/** @type {any} */ { remoteType }) => remoteType === 'extension');
      return extension.isRunning === false ? null : (shared?.osPid ?? null);
    }, this.#addon);
  }

  /**
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R | Promise<R>} fn
   * @param {A} args
   * @returns {Promise<R>}
   */
  async inBackground(fn, ...args) {
    const json = await this.inChrome(inAddonProcess, this.#addon, expression(fn, args));
    return parsed(json);
  }

  /**
   * Runs a function in the browser's own context.
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R | Promise<R>} fn
   * @param {A} args
   * @returns {Promise<R>}
   */
  async inChrome(fn, ...args) {
    await this.client.send('Marionette:SetContext', { value: 'chrome' });
    try {
      return await this.run(expression(fn, args), 'system');
    } finally {
      await this.client.send('Marionette:SetContext', { value: 'content' });
    }
  }

  /**
   * Runs an expression for a promise of JSON text: Marionette's own clone loses what JSON keeps.
   * @param {string} source
   * @param {string | null} sandbox null is the page's own world, 'system' one with the browser's rights over the page
   * @returns {Promise<any>}
   */
  async run(source, sandbox) {
    for (let tries = 0; tries < 3; tries++) {
      const value = await this.runOnce(source, sandbox);
      // Nothing at all comes from a document that is replaced while the script waits, as that of a frame that is loading.
      if (value === null) continue;
      if (value.error) throw new Error(value.error);
      return parsed(value.json);
    }
    throw new Error('the document is replaced again and again');
  }

  /**
   * @param {string} source
   * @param {string | null} sandbox
   * @returns {Promise<{ json?: string, error?: string } | null>}
   */
  async runOnce(source, sandbox) {
    const { value } = await this.client.send('WebDriver:ExecuteAsyncScript', {
      script: `
        const done = arguments[arguments.length - 1];
        ${source}.then(json => done({ json }), error => done({ error: error + '\\n' + error.stack }));`,
      args: [],
      sandbox,
      newSandbox: true,
      scriptTimeout: 90_000,
    });
    return value;
  }

  /**
   * Gives a text to the focused field as the system's input methods do.
   * @param {string} text
   * @param {'insert' | 'compose'} way
   */
  async inputMethod(text, way) {
    await this.inChrome(
      async (/** @type {string} */ text, /** @type {string} */ way) => {
        // @ts-expect-error a global of the browser's own context
        const input = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
        // @ts-expect-error a global of the browser's own context
        const view = Services.wm.getMostRecentWindow('navigator:browser');
        input.beginInputTransactionForTests(view);
        if (way === 'compose') {
          input.setPendingCompositionString(text);
          // @ts-expect-error a global of the browser's own context
          input.appendClauseToPendingComposition(text.length, Ci.nsITextInputProcessor.ATTR_RAW_CLAUSE);
          input.setCaretInPendingComposition(text.length);
          input.flushPendingComposition();
        }
        input.commitCompositionWith(text);
      },
      text,
      way,
    );
  }

  async close() {
    const quit = this.client.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => {});
    await Promise.race([quit.then(() => this.closed), pause(5000)]);
    this.client.end();
    this.#finish();
    await this.closed;
  }
}

/**
 * Runs in the browser's own context: sends an expression to the process of the add-on, into its background page.
 * @param {string} id
 * @param {string} source
 */
async function inAddonProcess(id, source) {
  // @ts-expect-error a global of the browser's own context
  const { extension } = WebExtensionPolicy.getByID(id);
  await extension.wakeupBackground();
  const view = [...extension.views].find((candidate) => candidate.viewType === 'background');
  const manager = view.xulBrowser.messageManager;
  const name = `keystay-test-${Math.random()}`;
  /** @type {Promise<{ json?: string, error?: string }>} */
  const answer = new Promise((resolve) => {
    /** @param {any} message */
    const listener = (message) => {
      manager.removeMessageListener(name, listener);
      resolve(message.data);
    };
    manager.addMessageListener(name, listener);
  });
  // The add-on's own policy forbids eval in its page, so the expression runs in a sandbox on top of it.
  const script = `(async () => {
    try {
      const sandbox = new Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
      sendAsyncMessage(${JSON.stringify(name)}, { json: await Cu.evalInSandbox(${JSON.stringify(source)}, sandbox) });
    } catch (error) {
      sendAsyncMessage(${JSON.stringify(name)}, { error: String(error) });
    }
  })()`;
  manager.loadFrameScript(`data:text/javascript;charset=utf-8,${encodeURIComponent(script)}`, false);
  const { json, error } = await answer;
  if (error) throw new Error(error);
  return json;
}
