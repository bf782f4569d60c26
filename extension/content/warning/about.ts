// What there is to know about a kind of key, for those who ask: how it was recognised, what somebody could do with it, and where it
// belongs.

import { localized } from '../../shared/browser';
import type { Finding, Topic } from '../../shared/messages';

export interface Section {
  readonly heading: string;
  readonly text: string;
}

const WHY = { certain: 'whyCertain', likely: 'whyLikely', possible: 'whyPossible' } as const;

const HARM: Record<Topic, string> = {
  service: 'harmService',
  cloud: 'harmCloud',
  payment: 'harmPayment',
  code: 'harmCode',
  ai: 'harmAi',
  messaging: 'harmMessaging',
  database: 'harmDatabase',
  identity: 'harmIdentity',
  'private-key': 'harmPrivateKey',
  password: 'harmPassword',
  wallet: 'harmWallet',
  vault: 'harmVault',
};

/** Where the usual advice is not the right one. */
const KEEP: Partial<Record<Topic, string>> = {
  cloud: 'keepCloud',
  code: 'keepCode',
  'private-key': 'keepPrivateKey',
  password: 'keepPassword',
  wallet: 'keepWallet',
};

/** Of several findings all that applies to one of them, once. */
export function explanations(findings: readonly Finding[]): readonly Section[] {
  const distinct = (keys: readonly string[]) => [...new Set(keys)].map((key) => localized(key)).join(' ');
  return [
    { heading: localized('aboutWhy'), text: distinct(findings.map(({ certainty }) => WHY[certainty])) },
    { heading: localized('aboutHarm'), text: distinct(findings.map(({ topic }) => HARM[topic] ?? HARM.service)) },
    { heading: localized('aboutKeep'), text: distinct(findings.map(({ topic }) => KEEP[topic] ?? 'keepRight')) },
  ];
}
