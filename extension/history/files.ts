// The history as a file. The fingerprints go with it, since they mean nothing without the key, which never leaves the browser.

import type { Entry } from '../shared/history';

const COLUMNS = [
  'time',
  'site',
  'way',
  'rule',
  'name',
  'certainty',
  'decision',
  'reason',
  'masked',
  'fingerprint',
] as const;

export function csv(entries: readonly Entry[], nameOf: (rule: string) => string): string {
  const rows = entries.map((entry) => {
    const row = plain(entry, nameOf);
    return COLUMNS.map((column) => cell(row[column] ?? '')).join(',');
  });
  return `${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

export function json(entries: readonly Entry[], nameOf: (rule: string) => string): string {
  return `${JSON.stringify(
    { keystay: 'history', version: 1, entries: entries.map((entry) => plain(entry, nameOf)) },
    null,
    2,
  )}\n`;
}

function plain(
  { time, site, way, rule, certainty, decision, reason, masked, fingerprint }: Entry,
  nameOf: (rule: string) => string,
) {
  return {
    time: new Date(time).toISOString(),
    site,
    way,
    rule,
    name: nameOf(rule),
    certainty,
    decision,
    reason: reason ?? null,
    masked,
    fingerprint,
  };
}

/** RFC 4180. A spreadsheet takes what begins with these signs for a formula, and a host name comes from a page. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
