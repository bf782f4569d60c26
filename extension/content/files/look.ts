// Looks into files before the page gets them. They are read here, in the frame that holds them; only text goes to the scanner, a window
// at a time, so that neither side ever has a whole file in memory.

import { localized } from '../../shared/browser';
import type { Choice, Finding, Verdict } from '../../shared/messages';
import { MOST_IN_PDF } from '../../shared/pdf';
import { type JudgedHold, judge, type Unchecked } from '../scanner';
import { mayHoldSecret } from '../tripwire';
import { type Entry, tarred, unpacked, zipped } from './archive';
import { type Encoding, head, kindOf, TELLING } from './bytes';
import { DEEPEST, MOST_AT_ONCE, MOST_IN_FILE, MOST_UNPACKED } from './limits';
import { CONTENT_TYPES, textOf } from './office';
import { readPdf } from './pdf';
import { type Cut, redacted } from './redact';
import { linesAt, windows } from './text';

export interface Looked {
  readonly verdict: Verdict;
  readonly site: string;
  readonly findings: readonly Finding[];
  /** Its parts, as they were judged. */
  readonly holds: readonly JudgedHold[];
  /** For each finding its file and line: `notes.txt:12`, `backup.zip › app/.env:3`. */
  readonly places: readonly string[];
  /** Files that could not be looked at, or not whole. */
  readonly partly: readonly string[];
  /** The files with each finding replaced, left out or left as it is; null where that cannot be promised. */
  readonly redacted: ((choiceOf: (finding: Finding) => Choice) => File[]) | null;
}

export type Outcome = Looked | Unchecked;

/** What the browser itself takes for a picture, sound, film or font. A drawing in SVG is text. */
export function isMedia({ type }: File): boolean {
  return /^(?:image\/(?!svg)|audio\/|video\/|font\/)/.test(type);
}

export async function lookInto(files: readonly File[]): Promise<Outcome> {
  const look = new Look();
  try {
    for (const file of files) if (!isMedia(file)) await look.file(file);
    return await look.result(files);
  } catch (error) {
    if (error instanceof NotJudged) return error.why;
    throw error;
  }
}

class NotJudged extends Error {
  readonly why: Unchecked;

  constructor(why: Unchecked) {
    super();
    this.why = why;
  }
}

export function strongest(one: Verdict, other: Verdict): Verdict {
  return VERDICTS.indexOf(one) > VERDICTS.indexOf(other) ? one : other;
}

/** Weakest first. What each means is the engine's business; of several parts the strongest counts. */
const VERDICTS: readonly Verdict[] = ['allow', 'note', 'warn', 'block'];

/** For a text as short as most pasted ones, asking the tripwire costs less than waking the background. */
const SHORT = 64 * 1024;

const NOTHING_READ = { pages: [], whole: false };

interface Sighting extends Cut {
  readonly finding: Finding;
}

interface Change {
  readonly cuts: readonly Sighting[];
  readonly encoding: Encoding;
}

class Look {
  #verdict: Verdict = 'allow';
  #site = '';
  readonly #findings: Finding[] = [];
  readonly #places: string[] = [];
  readonly #holds: JudgedHold[] = [];
  readonly #partly = new Set<string>();
  readonly #changes = new Map<File, Change>();
  #changeable = true;
  #left = MOST_AT_ONCE;
  #unpackable = 0;

  async file(file: File): Promise<void> {
    const before = this.#findings.length;
    this.#unpackable = MOST_UNPACKED;
    const change = await this.#look(file, file.webkitRelativePath || file.name, 0);
    if (change !== null) this.#changes.set(file, change);
    // A copy would lose its place in its folder; and what is packed stays packed.
    if (this.#findings.length > before && (change === null || file.webkitRelativePath !== '')) this.#changeable = false;
  }

  async result(files: readonly File[]): Promise<Looked> {
    const partly = [...this.#partly];
    if (partly.length > 0) await this.#judge('', true);
    const change = (file: File, choiceOf: (finding: Finding) => Choice) => {
      const { cuts, encoding } = this.#changes.get(file) ?? { cuts: [], encoding: 'utf-8' };
      const made = cuts
        .filter(({ finding }) => choiceOf(finding) !== 'anyway')
        .map((cut) => (choiceOf(cut.finding) === 'keep-out' ? { ...cut, text: '' } : cut));
      return made.length === 0 ? file : redacted(file, made, encoding);
    };
    return {
      verdict: this.#verdict,
      site: this.#site,
      findings: this.#findings,
      places: this.#places,
      holds: this.#holds,
      partly,
      redacted:
        this.#changeable && partly.length === 0 ? (choiceOf) => files.map((file) => change(file, choiceOf)) : null,
    };
  }

  /** Null where there is no text that could be changed. */
  async #look(blob: Blob, path: string, depth: number): Promise<Change | null> {
    const kind = kindOf(await head(blob, TELLING));
    if (kind === 'other') return null;
    if (kind === 'pdf') return this.#pdf(blob, path);
    if (kind !== 'zip' && kind !== 'gzip' && kind !== 'tar') return this.#text(blob, path, kind);
    if (depth === DEEPEST) {
      this.#partly.add(path);
    } else if (kind === 'gzip') {
      const inside = await this.#unpack(blob, 'gzip', path);
      if (inside !== null) await this.#look(inside, path, depth + 1);
    } else {
      const { entries, partial } = await (kind === 'zip' ? zipped(blob) : tarred(blob));
      if (partial) this.#partly.add(path);
      const office = entries.some(({ name }) => name === CONTENT_TYPES);
      for (const entry of entries) await this.#entry(entry, `${path} › ${entry.name}`, depth, office);
    }
    return null;
  }

  async #entry({ packed, format, name }: Entry, path: string, depth: number, office: boolean): Promise<void> {
    const blob = packed === null || format === null ? packed : await this.#unpack(packed, format, path);
    if (blob === null) {
      this.#partly.add(path);
    } else if (office && name.endsWith('.xml')) {
      const read = new Blob([textOf(await blob.slice(0, MOST_IN_FILE).text())]);
      await this.#text(read, path, 'utf-8');
      await this.#text(blob, path, 'utf-8', this.#findings.slice());
    } else {
      await this.#look(blob, path, depth + 1);
    }
  }

  async #pdf(blob: Blob, path: string): Promise<null> {
    const { pages, whole } = blob.size > MOST_IN_PDF ? NOTHING_READ : await readPdf(blob);
    if (!whole) this.#partly.add(path);
    for (const { page, text } of pages) {
      await this.#text(new Blob([text]), localized('onPage', [path, String(page)]), 'utf-8');
    }
    return null;
  }

  async #unpack(packed: Blob, format: 'deflate-raw' | 'gzip', path: string): Promise<Blob | null> {
    const { blob, whole } = await unpacked(packed, format, this.#unpackable);
    this.#unpackable -= blob.size;
    if (!whole) this.#partly.add(path);
    return blob;
  }

  /** `known`: what was found in another reading of the same text. */
  async #text(blob: Blob, path: string, encoding: Encoding, known: readonly Finding[] = []): Promise<Change> {
    if (blob.size > MOST_IN_FILE || blob.size > this.#left) this.#partly.add(path);
    const sightings: Sighting[] = [];
    for await (const { text, byteAt } of windows(blob, encoding)) {
      if (this.#left <= 0) break;
      this.#left -= text.length;
      if (text.length <= SHORT && !mayHoldSecret(text)) continue;
      for (const finding of await this.#judge(text)) {
        const { replacement } = finding;
        if (replacement === null || known.some((other) => same(other, finding))) continue;
        const { start, end, text: words } = replacement;
        sightings.push({ finding, start: byteAt(start), end: byteAt(end), text: words });
      }
    }
    const cuts = apart(sightings);
    const lines = await linesAt(
      blob,
      cuts.map(({ start }) => start),
      encoding,
    );
    for (const [index, { finding }] of cuts.entries()) {
      this.#findings.push(finding);
      this.#places.push(`${path}:${lines[index]}`);
    }
    return { cuts, encoding };
  }

  async #judge(text: string, partial = false): Promise<readonly Finding[]> {
    const outcome = await judge([text], 'file', partial);
    if ('unchecked' in outcome) throw new NotJudged(outcome);
    const { verdict, site, findings } = outcome.judgement;
    this.#verdict = strongest(this.#verdict, verdict);
    this.#site = site;
    // What only has to be noted is not shown.
    if (verdict !== 'warn' && verdict !== 'block') return [];
    this.#holds.push({ ...outcome, findings });
    return findings;
  }
}

function same(one: Finding, other: Finding): boolean {
  return one.rule === other.rule && one.masked === other.masked;
}

/** In order, without those that another one covers: windows overlap, and each sees a key of its own at the edge. */
function apart(sightings: readonly Sighting[]): Sighting[] {
  const result: Sighting[] = [];
  for (const sighting of [...sightings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (sighting.start >= (result.at(-1)?.end ?? 0)) result.push(sighting);
  }
  return result;
}
