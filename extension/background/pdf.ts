// Sees to it that there is a reader of PDF files when a frame has one to be read.

import { serveReader } from '../pdf/reader';
import { hasOffscreen, onConnect, openOffscreen } from '../shared/browser';
import { PDF_PORT, type PdfAgain } from '../shared/pdf';

let opening: Promise<void> = Promise.resolve();

export function servePdf(): void {
  // Firefox, whose background is a page.
  if (typeof Worker === 'function') {
    serveReader(() => {});
    return;
  }
  onConnect((port) => {
    if (port.name !== PDF_PORT) return;
    opening = opening.then(async () => {
      if (await hasOffscreen()) return;
      await openOffscreen('pdf/index.html', 'Reads the text of PDF files in a worker that can be ended.');
      port.postMessage({ kind: 'again' } satisfies PdfAgain);
    });
    opening = opening.catch(() => {});
  });
}
