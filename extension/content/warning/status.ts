import { localized } from '../../shared/browser';
import { page } from '../natives';
import { element } from './dom';
import { icon } from './icon';
import { STATUS } from './styles';
import { hostWith } from './surface';

/**
 * Screen readers announce a change of a status, not what stood in it from the start, and a browser puts together what happens at once
 * (measured in Firefox: without a pause no change was told).
 */
export const ANNOUNCED_AFTER = 100;

/** A small line at the top of the frame that asks nothing, takes no focus and no clicks. The returned function removes it. */
export function showStatus(key: 'checking' | 'hidden' | `${'paste' | 'drop' | 'choose' | 'send'}Again`): () => void {
  const words = element(document, 'span');
  const line = element(
    document,
    'div',
    { role: 'status', popover: 'manual', lang: localized('language'), dir: localized('direction') },
    icon(document),
    words,
  );
  const { host } = hostWith(window, line, STATUS);
  page.documentElement?.append(host);
  line.showPopover();
  const timer = setTimeout(() => words.append(localized(key)), ANNOUNCED_AFTER);
  return () => {
    clearTimeout(timer);
    host.remove();
  };
}
