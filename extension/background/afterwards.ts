// Work that no verdict needs waits for the verdicts: whoever pastes into a page while the browser starts this worker waits for all that is
// done before the answer. Measured from a stopped worker, what waits here took longer than the answer itself.

/** From the start of a worker to the message that it was started for, on a computer that is busy. */
const GRACE_MS = 1000;

let answering = 0;

/** Those who wait until nobody waits for an answer. */
let waiting: (() => void)[] = [];

let graceOver = false;

setTimeout(() => {
  graceOver = true;
  goOn();
}, GRACE_MS);

/** Makes others wait while an answer is made. */
export async function beforeOthers<T>(answer: () => Promise<T>): Promise<T> {
  answering++;
  try {
    return await answer();
  } finally {
    answering--;
    goOn();
  }
}

/** Resolves when the worker has started and no answer is being made. */
export function afterwards(): Promise<void> {
  if (graceOver && answering === 0) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}

function goOn(): void {
  if (!graceOver || answering > 0) return;
  const all = waiting;
  waiting = [];
  for (const resolve of all) resolve();
}
