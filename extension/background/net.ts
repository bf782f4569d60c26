// The last net: where it is on, code of ours in the page's own world lets what a page sends wait for a verdict (page/net/). It can be
// noticed, costs time, and breaks what it misjudges, so it runs where a person or a company wants it and nowhere else.

import { runInPages } from '../shared/browser';
import { EVERY_SITE, textsOf, type Values } from '../shared/settings';

const FILE = 'net.js';

/** Two changes at once must not both find the script missing. */
let last: Promise<void> = Promise.resolve();

let tell: (on: boolean) => void = () => {};

/** Tells whether the net is on anywhere, whenever that is looked at. */
export function onNet(listener: (on: boolean) => void): void {
  tell = listener;
}

export function castNet(values: Values): Promise<void> {
  last = last.catch(() => {}).then(() => cast(textsOf(values.lastNet)));
  return last;
}

async function cast(sites: readonly string[]): Promise<void> {
  tell(sites.length > 0);
  await runInPages('net', FILE, patternsOf(sites));
}

/** What can be no host name is nowhere; it is named in the options. */
export function patternsOf(sites: readonly string[]): string[] {
  if (sites.includes(EVERY_SITE)) return ['<all_urls>'];
  return sites.filter((site) => /^[\w.:[\]-]+$/.test(site)).map((site) => `*://${site}/*`);
}

export function isInNet(values: Values, host: string): boolean {
  const sites = textsOf(values.lastNet);
  return sites.includes(EVERY_SITE) || sites.includes(host);
}
