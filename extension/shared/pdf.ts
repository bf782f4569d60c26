// What a frame and the reader of PDF files say to each other, on a port of their own: bytes one way, and the text that is in them back to
// the same frame, which has it looked at like the text of any other file.

/** Name of the port. */
export const PDF_PORT = 'pdf';

/** Bytes of one file. */
export const MOST_IN_PDF = 32 * (1 << 20);

/** Characters of base64 in one message; whole groups of four, so that each part can be decoded by itself. */
export const PDF_PART = 1 << 20;

/** Frame → reader. Chromium's ports carry only what JSON can. */
export interface PdfPart {
  readonly kind: 'pdf';
  /** In base64. */
  readonly part: string;
  readonly last: boolean;
}

/** Reader → frame: it is there. */
export interface PdfReady {
  readonly kind: 'ready';
}

/** Background → frame: it has only just been started, and has not seen this port. */
export interface PdfAgain {
  readonly kind: 'again';
}

/** Reader → frame. */
export interface PdfPage {
  readonly kind: 'page';
  readonly page: number;
  readonly text: string;
}

/** Reader → frame: no more comes. */
export interface PdfEnd {
  readonly kind: 'end';
  /** All of the text was read. */
  readonly whole: boolean;
}

export type FromReader = PdfReady | PdfAgain | PdfPage | PdfEnd;
