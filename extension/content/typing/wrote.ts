// What a person has written lately, key by key, where the field itself does not keep it.

/** More than any secret that is typed. */
const LENGTH = 4096;

/** So many characters at the end of a secret are looked for: what comes before them may have been completed by a shell. */
const END = 6;

/** What was written, and what an event adds to it. Of a key and the edit that it makes only the key counts. */
export function written(before: string, event: Event): string {
  if (event instanceof KeyboardEvent && event.key === 'Backspace') return before.slice(0, -1);
  return lately(before, addition(event));
}

export function lately(before: string, text: string): string {
  return (before + text).slice(-LENGTH);
}

/** Whether the person may have written a value that is drawn somewhere: a terminal shows mostly what comes from its other end. */
export function mayBeWritten(wrote: string, value: string): boolean {
  return wrote.includes(value.slice(-END));
}

function addition(event: Event): string {
  if (event instanceof ClipboardEvent) return event.clipboardData?.getData('text/plain') ?? '';
  if (event instanceof CompositionEvent) return event.data;
  if (event instanceof InputEvent) {
    const { type, inputType, data } = event;
    const whole = type === 'beforeinput' && /^insert(?:Text|ReplacementText)$/.test(inputType);
    return whole && data !== null && data.length > 1 ? data : '';
  }
  if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.metaKey || event.isComposing) return '';
  if (event.key === 'Enter') return '\n';
  return event.key.length === 1 ? event.key : '';
}
