import { showChecking } from './warning';

/** A scan usually takes a few milliseconds; whoever waits longer is told why. */
const CHECKING_AFTER_MS = 250;

/** Says that something is being checked, if it takes long enough to be noticed. */
export async function whileChecking<T>(work: Promise<T>): Promise<T> {
  let hide: (() => void) | null = null;
  const timer = setTimeout(() => {
    hide = showChecking();
  }, CHECKING_AFTER_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    (hide as (() => void) | null)?.();
  }
}
