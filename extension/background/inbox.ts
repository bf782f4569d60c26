// What a frame may send, checked field by field: a renderer that was taken over can send anything in its content script's name.

import {
  type Choice,
  type Decided,
  PART_LENGTH,
  type Reason,
  type Remember,
  type Resting,
  type ScanPart,
  type WarningState,
  type Way,
} from '../shared/messages';

/** Units of one hold in all its flavours. More than a person pastes, far less than would take the browser down. */
export const MAX_HOLD_LENGTH = 64 * (1 << 20);

/** Chromium's clipboard has about ten kinds; pages can add their own. */
export const MAX_FLAVOURS = 64;

export function scanPart(message: unknown): ScanPart | null {
  if (!hasExactly(message, ['kind', 'way', 'hold', 'flavour', 'part', 'partial', 'last'])) return null;
  const { kind, way, hold, flavour, part, partial, last } = message;
  if (kind !== 'scan' || typeof part !== 'string' || part.length > PART_LENGTH || typeof last !== 'boolean')
    return null;
  if (typeof partial !== 'boolean') return null;
  if (!isCount(hold, Number.MAX_SAFE_INTEGER) || !isCount(flavour, MAX_FLAVOURS - 1)) return null;
  return isOne(WAYS, way) ? { kind, way, hold, flavour, part, partial, last } : null;
}

const WAYS: readonly Way[] = ['paste', 'drop', 'type', 'send', 'request', 'file'];

export function warningState(message: unknown): WarningState | null {
  if (!hasExactly(message, ['kind', 'open'])) return null;
  const { kind, open } = message;
  return kind === 'warning' && typeof open === 'boolean' ? { kind, open } : null;
}

export function decided(message: unknown): Decided | null {
  if (!hasExactly(message, ['kind', 'hold', 'choices', 'reason', 'remember'])) return null;
  const { kind, hold, choices, reason, remember } = message;
  if (kind !== 'decided' || !isCount(hold, Number.MAX_SAFE_INTEGER)) return null;
  if (!Array.isArray(choices) || choices.length === 0 || !choices.every((choice) => isOne(CHOICES, choice)))
    return null;
  if (reason !== null && !isOne(REASONS, reason)) return null;
  return remember === null || isOne(REMEMBERS, remember) ? { kind, hold, choices, reason, remember } : null;
}

const CHOICES: readonly Choice[] = ['keep-out', 'placeholder', 'anyway'];
const REASONS: readonly Reason[] = ['test', 'not-secret', 'risk'];
const REMEMBERS: readonly Remember[] = ['value', 'kind', 'site'];

function isOne<T>(known: readonly T[], value: unknown): value is T {
  return (known as readonly unknown[]).includes(value);
}

export function restingState(message: unknown): Resting | null {
  if (!hasExactly(message, ['kind', 'on'])) return null;
  const { kind, on } = message;
  return kind === 'resting' && typeof on === 'boolean' ? { kind, on } : null;
}

function hasExactly(message: unknown, keys: readonly string[]): message is Record<string, unknown> {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return false;
  const own = Object.keys(message);
  return own.length === keys.length && keys.every((key) => Object.hasOwn(message, key));
}

function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
}

export interface Whole {
  readonly state: 'whole';
  readonly hold: number;
  readonly way: Way;
  readonly flavours: string[];
  readonly partial: boolean;
}

export type Assembled =
  | { readonly state: 'more' }
  | Whole
  /** Too much, or parts that do not follow each other: it cannot be judged, and whoever waits must be told so. */
  | { readonly state: 'unusable'; readonly hold: number };

/** Joins the parts of one frame's hold. One hold at a time: the parts of another one replace it. */
export class Assembly {
  #hold = -1;
  #flavours: string[][] = [];
  #length = 0;
  #unusable = false;

  add({ way, hold, flavour, part, partial, last }: ScanPart): Assembled {
    if (hold !== this.#hold) this.#start(hold);
    this.#length += part.length;
    const follows = flavour === this.#flavours.length || flavour === this.#flavours.length - 1;
    if (!follows || this.#length > MAX_HOLD_LENGTH) {
      this.#unusable = true;
      this.#flavours = [];
    }
    if (!this.#unusable) {
      if (flavour === this.#flavours.length) this.#flavours.push([]);
      this.#flavours[flavour]?.push(part);
    }
    if (!last) return { state: 'more' };

    const flavours = this.#flavours;
    const unusable = this.#unusable;
    this.#start(-1);
    if (unusable) return { state: 'unusable', hold };
    return { state: 'whole', hold, way, flavours: flavours.map((parts) => parts.join('')), partial };
  }

  #start(hold: number): void {
    this.#hold = hold;
    this.#flavours = [];
    this.#length = 0;
    this.#unusable = false;
  }
}
