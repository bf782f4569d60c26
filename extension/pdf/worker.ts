// Reads the text of one PDF file, in a worker that lives for that file only and can be ended at any time. Mozilla's pdf.js reads it: in most
// files only a whole library finds the text. It gets bytes and no address, and the policy of the extension lets it reach nothing.

import './limited';
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { getDocument, type PDFDocumentProxy, type PDFPageProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { FromReader } from '../shared/pdf';
import { MOST_IN_PAGE, MOST_TEXT } from './limits';

/** Named, because the library's own messages come on the same line. */
export interface Given {
  readonly pdf: ArrayBuffer;
}

let left = MOST_TEXT;

addEventListener('message', ({ data }: MessageEvent<Partial<Given>>) => {
  const { pdf } = data;
  if (pdf === undefined) return;
  read(new Uint8Array(pdf)).then(end, () => end(false));
});

/** Whether all of it could be read. */
async function read(data: Uint8Array): Promise<boolean> {
  const file = await opened(data.slice(), true);
  // Files in the file, and forms that are drawn by programs of their own, are not looked into.
  let whole = !file.isPureXfa && (await file.getAttachments()) === null;
  const damaged: number[] = [];
  for (let number = 1; number <= file.numPages; number++) {
    try {
      if (!say(number, await textOf(file, number))) whole = false;
    } catch {
      damaged.push(number);
    }
  }
  if (damaged.length === 0) return whole;
  // What can be read of the damaged ones.
  const again = await opened(data, false);
  for (const number of damaged) say(number, await textOf(again, number).catch(() => ''));
  return false;
}

function opened(data: Uint8Array, stopAtErrors: boolean): Promise<PDFDocumentProxy> {
  return getDocument({
    data,
    stopAtErrors,
    verbosity: VerbosityLevel.ERRORS,
    // Nothing is drawn.
    disableFontFace: true,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
  }).promise;
}

async function textOf(file: PDFDocumentProxy, number: number): Promise<string> {
  const page = await file.getPage(number);
  const { items } = await page.getTextContent();
  const written = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
  const noted = await notesOn(page);
  page.cleanup();
  return [written, ...noted].join('\n');
}

/** What is written into the fields of a form and into comments, and where links lead. */
async function notesOn(page: PDFPageProxy): Promise<string[]> {
  const annotations: Record<string, unknown>[] = await page.getAnnotations();
  return annotations.flatMap(({ fieldValue, contentsObj, unsafeUrl }) => {
    const { str } = (contentsObj ?? {}) as { str?: unknown };
    return [fieldValue, str, unsafeUrl].flat().filter((text) => typeof text === 'string' && text !== '') as string[];
  });
}

/** Whether all of the text was said. */
function say(page: number, text: string): boolean {
  const taken = text.slice(0, Math.min(MOST_IN_PAGE, left));
  left -= taken.length;
  if (taken !== '') post({ kind: 'page', page, text: taken });
  return taken.length === text.length;
}

function end(whole: boolean): void {
  post({ kind: 'end', whole });
}

function post(message: FromReader): void {
  postMessage(message);
}
