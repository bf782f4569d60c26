// Events that carry a released text to the page. Their makers differ between the browsers, their content does not.
//
// Firefox ignores `clipboardData` in the constructor and honours the legacy `dataType` and `data`, which hold plain text only; data
// that an isolated world's object carries is empty for the page. More than plain text is therefore put together with the page's own
// objects. The page may have replaced those, so they serve only for text that was already released.

import { forPage, pageWindow } from '../shared/browser';
import { type Content, PLAIN, textOf } from './hold';

const BUBBLING = { bubbles: true, cancelable: true, composed: true };

export function pasteEvent(content: Content): ClipboardEvent {
  const page = pageWindow();
  if (page === null) return isolatedEvent(content);
  if (content.files.length === 0 && content.flavours.every(({ type }) => type === PLAIN)) return isolatedEvent(content);
  try {
    return pageEvent(page, content);
  } catch {
    return isolatedEvent(content);
  }
}

function isolatedEvent(content: Content): ClipboardEvent {
  const clipboardData = new DataTransfer();
  fill(clipboardData, content, (file) => file);
  const init = { ...BUBBLING, clipboardData, dataType: PLAIN, data: textOf(content, PLAIN) };
  return new ClipboardEvent('paste', init);
}

function pageEvent(page: Record<string, unknown>, content: Content): ClipboardEvent {
  const PageClipboardEvent = page.ClipboardEvent as typeof ClipboardEvent;
  const init = forPage({ ...BUBBLING, dataType: PLAIN, data: textOf(content, PLAIN) });
  const event = new PageClipboardEvent('paste', init);
  if (event.clipboardData === null) throw new TypeError('the page made an event without data');
  // The constructor has put the plain text first; editors that look at the first type expect the clipboard's own order.
  event.clipboardData.clearData();
  fill(event.clipboardData, content, forPage);
  return event;
}

function fill(data: DataTransfer, content: Content, own: (file: File) => File): void {
  for (const { type, text } of content.flavours) data.setData(type, text);
  for (const file of content.files) data.items.add(own(file));
}

export function beforeInputEvent(data: string | null, dataTransfer: DataTransfer | null): InputEvent {
  return new InputEvent('beforeinput', {
    ...BUBBLING,
    inputType: 'insertFromPaste',
    data,
    ...(data === null ? { dataTransfer } : {}),
  });
}
