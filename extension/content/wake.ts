// Starts the background ahead of a paste or a drop. The browser stops it when it has had nothing to do, and needs longer to start it than
// it needs to answer; between Ctrl and V a person gives it that time. It is told nothing: a text is only sent where it could hold a secret.

import { attached } from '../shared/browser';
import { placeOf } from './field';
import { deepFocus } from './natives';
import { resting } from './rest';
import { connectAhead } from './scanner';

const KEYS = new Set(['Control', 'Meta']);

/** For what comes before a paste or a drop. */
export function wake(event: Event): void {
  if (!event.isTrusted || (event instanceof KeyboardEvent && (event.repeat || !KEYS.has(event.key)))) return;
  const target = event.composedPath()[0];
  if (!(target instanceof Element) || resting() || !attached()) return;
  if (event.type !== 'dragenter' && placeOf(deepFocus(target)).kind === 'none') return;
  connectAhead();
}
