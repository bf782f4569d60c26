import { localized } from './browser';

const STEPS = [
  ['minute', 60_000],
  ['hour', 60 * 60_000],
  ['day', 24 * 60 * 60_000],
] as const;

/** "5 minutes ago", in the largest unit that fits. */
export function since(time: number, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(localized('language'), { numeric: 'auto' });
  const [unit, length] = STEPS.findLast(([, step]) => now - time >= step) ?? STEPS[0];
  return format.format(-Math.floor((now - time) / length), unit);
}
