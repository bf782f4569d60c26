// Where nothing is held. The background works it out from the settings and a company's policy and leaves it where content scripts can
// read it; frames read no settings.

export const QUIET = 'quiet';

export interface Quiet {
  /** Exact host names. */
  readonly sites: readonly string[];
  /** Everywhere until then, in ms since 1970. */
  readonly until: number;
}

export function quietFrom(raw: unknown): Quiet {
  const { sites, until } = (typeof raw === 'object' && raw !== null ? raw : {}) as { sites?: unknown; until?: unknown };
  return {
    sites: Array.isArray(sites) ? sites.filter((site) => typeof site === 'string') : [],
    until: typeof until === 'number' ? until : 0,
  };
}

export function isQuiet({ sites, until }: Quiet, host: string, now: number): boolean {
  return now < until || (host !== '' && sites.includes(host));
}
