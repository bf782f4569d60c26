// What a person's own secrets and company rules add to the tripwire of each frame. The background works it out and leaves it where
// content scripts can read it; of a secret it tells the length of the shortest, and nothing else.

export const ADDITIONS = 'additions';

export interface Additions {
  /** In lower case: a text with one of them in it is held. */
  readonly leads: string[];
  /** A text with so many UTF-16 units in a row that are no white space is held; 0 for none. */
  readonly run: number;
  /** What is usually noted is asked about. */
  readonly asked: boolean;
}

export function additionsFrom(raw: unknown): Additions {
  const { leads, run, asked } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  return {
    // An empty lead stands in every text.
    leads: Array.isArray(leads) ? leads.filter((lead) => typeof lead === 'string' && lead !== '') : [],
    run: Number.isSafeInteger(run) && (run as number) > 0 ? (run as number) : 0,
    asked: asked !== false,
  };
}
