// Events that carry a released text to the page. Their makers differ between the browsers, their content does not.
//
// Firefox ignores `clipboardData` in the constructor and honours the legacy `dataType` and `data`, which hold plain text only; data
// that an isolated world's object carries is empty for the page. More than plain text is therefore put together with the page's own
// objects. The page may have replaced those, so they serve only for text that was already released.

import { forPage, pageView, pageWindow } from '../shared/browser';
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

/** Firefox: a `DataTransfer` of ours reaches the page empty, so that the page's own is filled with the page's own objects. */
export function dragEvent(type: 'dragover' | 'drop', content: Content, at: DragEventInit): DragEvent {
  const page = pageWindow();
  if (page !== null) {
    try {
      const PageDataTransfer = page.DataTransfer as typeof DataTransfer;
      const PageDragEvent = page.DragEvent as typeof DragEvent;
      const dataTransfer = new PageDataTransfer();
      fill(dataTransfer, content, forPage);
      const init = forPage({ ...BUBBLING, ...at });
      Object.assign(pageView(init), { dataTransfer });
      return new PageDragEvent(type, init);
    } catch {
      // The page has replaced them: it gets an event without data.
    }
  }
  const dataTransfer = new DataTransfer();
  fill(dataTransfer, content, (file) => file);
  return new DragEvent(type, { ...BUBBLING, ...at, dataTransfer });
}

/** Tells a page that shows where a drop would go that the drag has ended without one. */
export function dragLeaveEvent(at: DragEventInit): DragEvent {
  return new DragEvent('dragleave', { ...BUBBLING, ...at, cancelable: false });
}

function fill(data: DataTransfer, content: Content, own: (file: File) => File): void {
  for (const { type, text } of content.flavours) data.setData(type, text);
  for (const file of content.files) data.items.add(own(file));
}

export type InputType = 'insertFromPaste' | 'insertFromDrop';

export function beforeInputEvent(
  inputType: InputType,
  data: string | null,
  dataTransfer: DataTransfer | null,
): InputEvent {
  return new InputEvent('beforeinput', {
    ...BUBBLING,
    inputType,
    data,
    ...(data === null ? { dataTransfer } : {}),
  });
}
