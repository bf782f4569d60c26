// Keys to practise with, made anew for each run of the demo. None was ever issued.

import { keystay } from '../keystay.mjs';

/** What most people have seen, first; the others follow by provider. */
const WELL_KNOWN = [
  'anthropic-api-key',
  'openai-project-key',
  'github-pat-classic',
  'aws-access-key-id',
  'stripe-secret-key',
  'slack-bot-token',
];

/** @typedef {{ rule: string, provider: string, name: string, text: string }} Key */

/** @returns {Key[]} */
export function practiceKeys() {
  const keys = keystay(['sample', '--all', '--json'])
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /** @type {Key} */ (JSON.parse(line)));
  const rank = (/** @type {Key} */ { rule }) =>
    WELL_KNOWN.includes(rule) ? WELL_KNOWN.indexOf(rule) : WELL_KNOWN.length;
  return keys
    .map(({ rule, provider, name, text }) => ({ rule, provider, name, text }))
    .sort((a, b) => rank(a) - rank(b) || a.provider.localeCompare(b.provider) || a.name.localeCompare(b.name));
}
