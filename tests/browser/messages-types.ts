// Checked by the compiler, run by nobody (see messages.test.mjs): which fields of a message can hold any string at all.

import type { FromBackground, FromContent } from '../../extension/shared/messages';
import type { FromReader, PdfPart } from '../../extension/shared/pdf';

/** Paths in T at which any string fits. A union of literals is no such place; what the types leave open is one. */
type Open<T, Path extends string = ''> = unknown extends T
  ? Path
  : T extends string
    ? string extends T
      ? Path
      : never
    : T extends number | boolean | null | undefined
      ? never
      : T extends readonly (infer Item)[]
        ? Open<Item, `${Path}[]`>
        : T extends object
          ? { [Key in keyof T & string]-?: Open<T[Key], `${Path}.${Key}`> }[keyof T & string]
          : Path;

/** The same for each message of a union, with the message's kind in front. */
type OpenIn<Message extends { kind: string }> = Message extends unknown ? Open<Message, Message['kind']> : never;

type Same<A, B> = [A, B] extends [B, A] ? 'same' : { found: A; expected: B };

// The type above finds what it looks for.
export const finds: Same<
  Open<{ a: string; b: { c: unknown[] }; d: 'x' | 'y'; e: number; f?: string | null }, 'm'>,
  'm.a' | 'm.b.c[]' | 'm.f'
> = 'same';

// Text that a person pasted travels in one field only, and only towards the scanner.
export const towards: Same<OpenIn<FromContent>, 'scan.part'> = 'same';

// What comes back: names of rules, the site, what the engine masked or made, and facts, in which the few names that a token
// gives are short, of plain ASCII and without any piece of the secret (src/proof/fact.rs). None is a copy of what went in.
export const back: Same<
  OpenIn<FromBackground>,
  | 'failed.site'
  | 'judged.judgement.site'
  | 'judged.judgement.findings[].rule'
  | 'judged.judgement.findings[].name'
  | 'judged.judgement.findings[].provider'
  | 'judged.judgement.findings[].revoke'
  | 'judged.judgement.findings[].masked'
  | 'judged.judgement.findings[].beside[].rule'
  | 'judged.judgement.findings[].beside[].name'
  | 'judged.judgement.findings[].beside[].masked'
  | 'judged.judgement.findings[].facts[].name'
  | 'judged.judgement.findings[].facts[].domain'
  | 'judged.judgement.findings[].facts[].masked'
  | 'judged.judgement.findings[].facts[].algorithm'
  | 'judged.judgement.findings[].replacement.text'
> = 'same';

// Of a PDF file: its bytes to the reader, and the text back to the frame that has the file.
export const bytes: Same<OpenIn<PdfPart>, 'pdf.part'> = 'same';
export const text: Same<OpenIn<FromReader>, 'page.text'> = 'same';
