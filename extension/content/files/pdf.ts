// Has the text of a PDF file read, by a library that runs far from any page (see pdf/worker.ts).

import { connect, noticeDisconnect } from '../../shared/browser';
import { type FromReader, PDF_PART, PDF_PORT, type PdfPart } from '../../shared/pdf';
import { range } from './bytes';

export interface Pages {
  readonly pages: readonly { readonly page: number; readonly text: string }[];
  /** All of the text was read. */
  readonly whole: boolean;
}

/** Three bytes make four characters. */
const STEP = (PDF_PART / 4) * 3;

/** The reader ends sooner, unless others wait before this one. */
const PATIENCE_MS = 60_000;

/** Far more than it takes to start a reader. */
const STARTED_WITHIN_MS = 5_000;

export async function readPdf(file: Blob): Promise<Pages> {
  for (let tries = 0; tries < 3; tries++) {
    const pages = await readOnce(file);
    if (pages !== null) return pages;
  }
  return { pages: [], whole: false };
}

/** Null: nobody was there yet. */
function readOnce(file: Blob): Promise<Pages | null> {
  const port = connect(PDF_PORT);
  const pages: { page: number; text: string }[] = [];
  let begun = false;
  return new Promise((resolve, reject) => {
    const finish = (result: Pages | null) => {
      clearTimeout(timer);
      port.disconnect();
      resolve(result);
    };
    let timer = setTimeout(() => finish(null), STARTED_WITHIN_MS);
    port.onDisconnect.addListener(() => {
      noticeDisconnect();
      finish(begun ? { pages, whole: false } : null);
    });
    port.onMessage.addListener((message) => {
      const said = message as FromReader;
      if (said.kind === 'again' && !begun) finish(null);
      else if (said.kind === 'page') pages.push(said);
      else if (said.kind === 'end') finish({ pages, whole: said.whole });
      else if (said.kind === 'ready' && !begun) {
        begun = true;
        clearTimeout(timer);
        timer = setTimeout(() => finish({ pages, whole: false }), PATIENCE_MS);
        send(file, (part) => port.postMessage(part)).catch(reject);
      }
    });
  });
}

async function send(file: Blob, post: (part: PdfPart) => void): Promise<void> {
  for (let at = 0; at < file.size; at += STEP) {
    const part = base64(await range(file, at, STEP));
    post({ kind: 'pdf', part, last: at + STEP >= file.size });
  }
}

/** A call takes only so many arguments. */
const MOST_ARGUMENTS = 1 << 14;

function base64(bytes: Uint8Array): string {
  let letters = '';
  for (let at = 0; at < bytes.length; at += MOST_ARGUMENTS) {
    letters += String.fromCharCode(...bytes.subarray(at, at + MOST_ARGUMENTS));
  }
  return btoa(letters);
}
