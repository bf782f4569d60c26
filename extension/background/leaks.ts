// What the last net cannot see, the browser shows as it leaves: bodies that a worker sends, addresses of pictures, forms. It is too late to
// stop it. The person is told, so that they can revoke the key while it is still new to whoever has it.

import { type Request, seeRequests, seeRequestsFromTheStart, tabOf } from '../shared/browser';
import { forEngine, retentionOf } from '../shared/settings';
import { showLeft } from './badge';
import { isInNet, onNet } from './net';
import { entriesOf, isOut, record } from './records';
import { judged } from './scanner';
import { settings } from './settings';

/** A request leaves as soon as the person has said that it may; by then their decision is known here too. */
const DECIDED_WITHIN_MS = 500;

/** Units of one request. What is longer is an upload, which was looked at when it was chosen. */
const MOST = 4 * (1 << 20);

export function watchRequests(): void {
  // What reports after the fact must not keep from working what holds before it.
  attempt(() => seeRequestsFromTheStart(onSent));
  onNet((on) => attempt(() => seeRequests(onSent, on)));
}

function attempt(act: () => void): void {
  try {
    act();
  } catch {
    console.warn('Keystay: requests cannot be seen.');
  }
}

function onSent(request: Request): void {
  // It has left whatever happens here, and the next one is looked at again.
  void look(request).catch(() => console.warn('Keystay: a request could not be looked at.'));
}

async function look(request: Request): Promise<void> {
  const origin = request.initiator ?? request.originUrl ?? '';
  const { values, knowledge } = await settings();
  if (request.tabId < 0 || !isInNet(values, hostOf(origin))) return;
  const text = textOf(request);
  if (text === '') return;
  const judgement = await judged([text], { origin, page: '' }, forEngine(values), knowledge);
  if (judgement.verdict !== 'warn' && judgement.verdict !== 'block') return;
  await new Promise((resolve) => setTimeout(resolve, DECIDED_WITHIN_MS));
  const entries = [];
  // What a person has let out is no news.
  for (const entry of await entriesOf(judgement, [text], 'request'))
    if (entry.fingerprint === null || !(await isOut(entry.fingerprint))) entries.push(entry);
  if (entries.length === 0) return;
  await showLeft(request.tabId);
  if ((await tabOf(request.tabId)).incognito !== true) await record(entries, 'sent', retentionOf(values));
}

function textOf({ url, requestBody }: Request): string {
  const { search } = new URL(url);
  let text = search;
  for (const [name, fields] of Object.entries(requestBody?.formData ?? {}))
    for (const field of fields) if (typeof field === 'string') text += `\n${name}=${field}`;
  for (const { bytes } of requestBody?.raw ?? [])
    if (bytes !== undefined) text += `\n${new TextDecoder().decode(bytes.slice(0, MOST))}`;
  return text.slice(0, MOST);
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
