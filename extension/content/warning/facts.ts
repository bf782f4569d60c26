// What a token says about itself, and what belongs to it, as sentences of a warning.

import { localized } from '../../shared/browser';
import type { Fact, Finding } from '../../shared/messages';

/** More sentences nobody reads before deciding. */
const MOST = 3;

export function sentences({ facts, beside }: Pick<Finding, 'facts' | 'beside'>): readonly string[] {
  const parts = beside.map(({ name, masked }) => localized('beside', [name, masked]));
  const told = facts.map(sentence).filter((words) => words !== null);
  return [...parts, ...told].slice(0, MOST);
}

/** None for what changes nothing for a person who decides now. */
function sentence(fact: Fact): string | null {
  switch (fact.fact) {
    case 'expired':
      return localized('factExpired', [day(fact.at)]);
    case 'expires':
      return localized('factExpires', [day(fact.at)]);
    case 'awsAccount':
      return localized('factAwsAccount', [fact.masked]);
    case 'user':
      return localized('factUser', [fact.name]);
    case 'host':
      return localized('factHost', [fact.name]);
    case 'project':
      return localized('factProject', [fact.name]);
    case 'role':
      return localized('factRole', [fact.name]);
    case 'password':
      return localized(fact.needed ? 'factPasswordNeeded' : 'factNoPassword');
    default:
      return null;
  }
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toLocaleDateString();
}
