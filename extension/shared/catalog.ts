// What is known about each kind of key, for people. A file of its own, because a text in which nothing is found needs none of it.

import { extensionUrl } from './browser';
import type { Kind } from './messages';

let read: Promise<ReadonlyMap<string, Kind>> | null = null;

/** All kinds, by the id of their rule. */
export function catalog(): Promise<ReadonlyMap<string, Kind>> {
  read ??= load().catch((error: unknown) => {
    read = null;
    throw error;
  });
  return read;
}

async function load(): Promise<ReadonlyMap<string, Kind>> {
  const response = await fetch(extensionUrl('catalog.json'));
  const kinds: Kind[] = await response.json();
  return new Map(kinds.map((kind) => [kind.id, kind]));
}
