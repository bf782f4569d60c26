// Texts to paste. Keys are made at run time: none stands in the tree.

import path from 'node:path';
import { keystay } from '../keystay.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** Made at once for each rule, because each start of the tool takes time. */
const BATCH = 20;

/** @type {Map<string, { secret: string, text: string }[]>} */
const made = new Map();

/**
 * A secret that a rule finds, and a text in which it does: some need a word beside them. Both are new at every call.
 * @param {string} rule
 * @returns {{ secret: string, text: string }}
 */
export function sample(rule) {
  const left = made.get(rule) ?? [];
  if (left.length === 0) left.push(...makeSamples(rule));
  made.set(rule, left);
  const one = /** @type {{ secret: string, text: string }} */ (left.pop());
  given.push(one.secret);
  return one;
}

/** Every secret that the tests of this process have used. @type {string[]} */
export const given = [];

/** @param {string} rule */
function makeSamples(rule) {
  const lines = keystay(['sample', rule, '--json', '--count', String(BATCH)]);
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({ sample: secret, text }) => ({ secret, text }));
}

/** A key that a shape of its own makes certain: every warning test that needs no other one uses it. */
export const key = () => sample('anthropic-api-key').secret;

/** Held by nothing. */
export const CLEAN = 'A clean sentence, with an accent (é), a smile (🙂) and שלום.';

/**
 * Texts that look enough like a secret for the tripwire to hold them, and that the engine then lets go: what a developer pastes all day.
 */
export function benign() {
  const random = () => Math.random().toString(16).slice(2, 10).padEnd(8, '0');
  const id = `${random()}-${random().slice(4)}-4${random().slice(5)}-a${random().slice(5)}-${random()}${random().slice(4)}`;
  return [
    `token=${id}`,
    `api_key = "YOUR_API_KEY_HERE"`,
    `secret: ${'x'.repeat(40)}`,
    `password=${'0123456789abcdef'.repeat(2)}`,
    `https://user:password@localhost/`,
    `heroku build ${id} has ended`,
  ];
}

/**
 * The first benign text that the tripwire of this build holds.
 * @returns {Promise<string>}
 */
export async function benignHeld() {
  const { mustBeHeld } = await import(path.join(ROOT, 'target', 'keystay', 'tripwire.js'));
  const found = benign().find((text) => mustBeHeld(text));
  if (!found)
    throw new Error('the tripwire holds none of the benign texts: the tests of the replay have nothing to paste');
  return found;
}
