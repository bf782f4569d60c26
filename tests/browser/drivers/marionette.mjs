// A client for Marionette, the remote protocol built into Firefox, over its TCP socket.
// It is used directly because it reaches both the page with trusted input and, in chrome context, the browser itself: the add-on's
// background, closed shadow roots and managed storage. WebDriver BiDi reaches only the first.
// Protocol: https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html

import net from 'node:net';

/** Longest wait for one command. Far above any healthy answer, so that reaching it means a hang. */
const ANSWER_WITHIN = 120_000;

export class Marionette {
  /** @type {net.Socket} */
  #socket;
  /** @type {Buffer} */
  #received = Buffer.alloc(0);
  #number = 0;
  /** @type {Map<number, { command: string, resolve: (value: any) => void, reject: (error: Error) => void, timer: NodeJS.Timeout }>} */
  #pending = new Map();
  #greeted = false;
  /** @type {() => void} */
  #greet = () => {};

  /** @param {net.Socket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('close', () => this.#fail(new Error('Firefox closed the Marionette connection')));
    socket.on('error', (error) => this.#fail(error));
  }

  /**
   * Connects and waits for the server's greeting.
   * @param {number} port
   * @returns {Promise<Marionette>}
   */
  static async connect(port) {
    const socket = net.connect(port, '127.0.0.1');
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const client = new Marionette(socket);
    await new Promise((resolve, reject) => {
      client.#greet = () => resolve(undefined);
      socket.once('close', () => reject(new Error('Firefox closed the Marionette connection before its greeting')));
    });
    return client;
  }

  /**
   * Sends one command and gives its result; a WebDriver error becomes an Error that names the command.
   * @param {string} command
   * @param {object} [parameters]
   * @returns {Promise<any>}
   */
  send(command, parameters = {}) {
    const number = ++this.#number;
    const body = Buffer.from(JSON.stringify([0, number, command, parameters]));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(number);
        reject(new Error(`Firefox did not answer ${command} within ${ANSWER_WITHIN / 1000} s`));
      }, ANSWER_WITHIN);
      this.#pending.set(number, { command, resolve, reject, timer });
      this.#socket.write(`${body.length}:`);
      this.#socket.write(body);
    });
  }

  end() {
    this.#socket.destroy();
  }

  /** @param {Buffer} chunk */
  #read(chunk) {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    for (;;) {
      const colon = this.#received.indexOf(0x3a);
      if (colon === -1) return;
      const end = colon + 1 + Number(this.#received.toString('latin1', 0, colon));
      if (this.#received.length < end) return;
      const message = JSON.parse(this.#received.toString('utf8', colon + 1, end));
      this.#received = this.#received.subarray(end);
      this.#take(message);
    }
  }

  /** @param {any} message */
  #take(message) {
    if (!this.#greeted) {
      this.#greeted = true;
      this.#greet();
      return;
    }
    const [, number, error, result] = message;
    const waiting = this.#pending.get(number);
    if (!waiting) return;
    this.#pending.delete(number);
    clearTimeout(waiting.timer);
    if (error) waiting.reject(new Error(`${waiting.command}: ${error.error}: ${error.message}`));
    else waiting.resolve(result);
  }

  /** @param {Error} error */
  #fail(error) {
    for (const waiting of this.#pending.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(error);
    }
    this.#pending.clear();
  }
}
