// The one page that is ever opened unasked, once, right after the installation.

import { installType, onInstalled, openPage } from '../shared/browser';
import { greets } from './greeting';
import { settings } from './settings';

export function welcomeOnce(): void {
  onInstalled((reason) => {
    void welcome(reason).catch(() => {});
  });
}

async function welcome(reason: string): Promise<void> {
  const { values } = await settings();
  if (greets(reason, await installType(), values.firstRunPage)) await openPage('welcome/index.html');
}
