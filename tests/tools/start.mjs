// Starts the server of a tool as a process of its own, and stops it again.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../free-port.mjs';

/** What `install.sh` installs is here, outside of the tree. */
export const CACHE = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'keystay', 'tools');

/** The slowest takes half a minute when it has the machine for itself. */
const STARTS_WITHIN = 180_000;

/**
 * @typedef {object} Running
 * @property {number} port
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} folder where it runs, and where what it says is kept
 * @param {(port: number) => { command: string, args: string[], env?: Record<string, string> }} how
 * @returns {Promise<Running>}
 */
export async function start(folder, how) {
  const port = await freePort();
  const { command, args, env = {} } = how(port);
  const log = path.join(folder, 'log.txt');
  const output = fs.openSync(log, 'w');
  // A group of its own, because some tools start others.
  const child = spawn(command, args, {
    cwd: folder,
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...env },
  });
  fs.closeSync(output);
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', kill);
  const gone = new Promise((resolve) => child.once('exit', () => resolve(undefined)));
  /** @type {Error | null} */
  let failed = null;
  child.once('error', (error) => {
    failed = error;
  });

  const end = Date.now() + STARTS_WITHIN;
  for (;;) {
    const answers = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).then(
      (response) => response.body?.cancel().then(() => true) ?? true,
      () => false,
    );
    if (answers) break;
    if (failed || child.exitCode !== null || Date.now() > end) {
      kill();
      const said = fs.readFileSync(log, 'utf8').slice(-2000);
      throw new Error(`${command} does not answer on port ${port}. Its last words:\n${said}`, { cause: failed });
    }
    await pause(100);
  }
  return {
    port,
    stop: async () => {
      process.removeListener('exit', kill);
      kill();
      await gone;
    },
  };
}
