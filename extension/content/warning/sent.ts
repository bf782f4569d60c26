// One line after something was let through: where to revoke it. It takes no focus, asks nothing, and goes away by itself. An address is
// opened by a press only, and by the browser's own way to open a link.

import { localized } from '../../shared/browser';
import type { Finding } from '../../shared/messages';
import { element } from './dom';
import { onLine } from './gestures';
import { icon } from './icon';
import { announcement, announcer, keys, shortcut } from './keys';
import { ANNOUNCED_AFTER } from './status';
import { CHIP } from './styles';
import { hostWith } from './surface';

/** Long enough to read it and to reach for it; after that it is in the history. */
const STAYS_MS = 20_000;

/** More addresses than this are no line. */
const MOST = 2;

let remove: () => void = () => {};

export function hideSent(): void {
  remove();
}

export function showSent(findings: readonly Finding[], site: string): void {
  remove();
  const byName = new Map(findings.map((finding) => [finding.name, finding.revoke]));
  if (byName.size === 0) return;
  const shown = [...byName].slice(0, MOST);
  const names = shown.map(([name]) => name).join(', ') + (byName.size > MOST ? ' …' : '');
  const words = localized('sentTo', [names, site]);
  const status = announcer();
  const heard: (readonly [string, 'K' | 'L'])[] = [];
  const where = shown
    .filter(([, revoke]) => revoke !== '')
    .map(([name, revoke], index) => {
      if (!revoke.startsWith('https://')) return element(document, 'span', {}, revoke);
      const label = byName.size > 1 ? name : localized('sentWhere');
      const link = { href: revoke, target: '_blank', rel: 'noreferrer', 'data-sent': 'revoke' };
      if (index > 0) return element(document, 'a', link, label);
      heard.push([label, 'K']);
      return element(document, 'a', { ...link, ...shortcut('K') }, label, keys('K'));
    });
  const close = element(
    document,
    'button',
    { type: 'button', 'data-sent': 'close', ...shortcut('L') },
    localized('close'),
    keys('L'),
  );
  const box = element(
    document,
    'div',
    {
      role: 'group',
      class: 'sent',
      'aria-label': localized('extName'),
      popover: 'manual',
      lang: localized('language'),
      dir: localized('direction'),
    },
    icon(document),
    element(document, 'span', { 'aria-hidden': 'true' }, words),
    status,
    ...where,
    close,
  );
  const { host, root } = hostWith(window, box, CHIP);
  document.documentElement?.append(host);
  box.showPopover();
  const timers = [
    setTimeout(() => status.append(announcement(words, ...heard, [localized('close'), 'L'])), ANNOUNCED_AFTER),
    setInterval(() => box.matches(':hover') || remove(), STAYS_MS),
  ];
  remove = () => {
    remove = () => {};
    timers.forEach(clearTimeout);
    onLine(null);
    host.remove();
  };
  onLine((event) => {
    if (event instanceof KeyboardEvent) return onKey(event, box);
    if (event.target !== host) return;
    event.stopImmediatePropagation();
    // The focus stays in the page; a link is followed all the same.
    if (event.type === 'mousedown') event.preventDefault();
    if (event.type !== 'click') return;
    const { clientX, clientY } = event as MouseEvent;
    const pressed = (event as MouseEvent).detail > 0 ? root.elementFromPoint(clientX, clientY) : root.activeElement;
    if (pressed?.closest('a, button')) setTimeout(remove);
  });
}

/** Keys by where they lie, since Alt makes other characters of them; the same as of the chip beside a field. */
function onKey(event: KeyboardEvent, box: HTMLElement): void {
  const { type, code, altKey, shiftKey, ctrlKey, metaKey } = event;
  if (type !== 'keydown' || !altKey || !shiftKey || ctrlKey || metaKey || (code !== 'KeyK' && code !== 'KeyL')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (code === 'KeyK') box.querySelector('a')?.click();
  remove();
}
