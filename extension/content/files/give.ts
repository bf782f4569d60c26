import { pageView } from '../../shared/browser';
import { dispatchEvent } from '../natives';

export function isFileInput(node: unknown): node is HTMLInputElement {
  const { localName, type } = node as Partial<HTMLInputElement>;
  return localName === 'input' && type === 'file';
}

/** Gives a file input its files, and tells the page as the browser does. */
export function give(input: HTMLInputElement, files: readonly File[]): void {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  input.files = data.files;
  dispatchEvent(pageView(input), new Event('input', { bubbles: true, composed: true }));
  dispatchEvent(pageView(input), new Event('change', { bubbles: true }));
}

/** The same as if the person had left the browser's dialog without choosing. */
export function giveNothing(input: HTMLInputElement): void {
  dispatchEvent(pageView(input), new Event('cancel', { bubbles: true }));
}
