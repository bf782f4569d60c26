// The warning in a page of its own, for tests of its looks, its accessibility and its resistance. `question(name)` makes each state.

import { arm, ask, type Question, showAgain, showChecking } from '../../../extension/content/warning/index';
import type { Finding, Judgement, Replacement } from '../../../extension/shared/messages';

arm();

const MASK = '•'.repeat(12);

function finding(name: string, certainty: Finding['certainty'], prefix: string, text: string | null): Finding {
  const replacement: Replacement | null = text === null ? null : { start: 0, end: 1, text };
  return {
    rule: name,
    name,
    provider: name,
    topic: 'ai',
    revoke: 'https://console.example.com/keys',
    certainty,
    masked: `${prefix}${MASK}`,
    facts: [],
    beside: [],
    flavour: 0,
    replacement,
  };
}

const anthropic = finding('Anthropic API key', 'likely', 'sk-ant-api03-', 'process.env.ANTHROPIC_API_KEY');
const github = finding('GitHub personal access token', 'certain', 'ghp_', 'process.env.GITHUB_TOKEN');
const generic = finding('database password', 'possible', 'postgres://app:', null);
const stripe = finding('live Stripe secret key', 'likely', 'sk_live_', '$STRIPE_SECRET_KEY');

function judged(findings: readonly Finding[], rest: Partial<Judgement> = {}): Question {
  return {
    kind: 'finding',
    way: 'paste',
    files: null,
    remember: ['value', 'kind', 'site'],
    judgement: { verdict: 'warn', partial: false, site: 'chat.example.com', findings, ...rest },
  };
}

function dropped(question: Question): Question {
  return { ...question, way: 'drop' };
}

function uploaded(places: readonly string[], partly: readonly string[]): Question {
  const files = { findings: places.map(() => stripe), places, partly, redacted: partly.length > 0 ? null : true };
  const judgement: Judgement = { verdict: 'warn', partial: false, site: 'chat.example.com', findings: [] };
  return { kind: 'finding', way: 'upload', judgement, files, remember: ['kind'] };
}

const QUESTIONS: Readonly<Record<string, Question>> = {
  likely: judged([anthropic]),
  certain: judged([github], { site: 'localhost:8080' }),
  possible: judged([generic]),
  twoFlavours: judged([anthropic, { ...anthropic, flavour: 1, replacement: null }]),
  several: judged([github, anthropic, stripe]),
  severalMixed: judged([github, generic], { partial: true }),
  many: judged([...Array(14).keys()].map((number) => ({ ...stripe, masked: `sk_live_${number}${MASK}` }))),
  block: judged([github], { verdict: 'block' }),
  blockSeveral: judged([anthropic, generic], { verdict: 'block', partial: true }),
  partial: judged([stripe], { partial: true }),
  dropped: dropped(judged([anthropic])),
  droppedBlock: dropped(judged([github], { verdict: 'block' })),
  upload: uploaded(['notes.txt:12'], []),
  uploadSeveral: uploaded(
    ['app/.env:3', 'backup.zip › a/very/long/path/to/a/file/config.production.json:1204'],
    ['dump.sql'],
  ),
  uploadPartly: uploaded([], ['dump.sql', 'backup.zip']),
  longSite: judged([anthropic], {
    site: 'a-very-long-tenant-name.with-many-parts.eu-central-1.console.internal.example.com',
  }),
  noAnswer: { kind: 'unchecked', way: 'paste', reason: 'no-answer', site: 'chat.example.com' },
  crashed: { kind: 'unchecked', way: 'paste', reason: 'crashed', site: 'chat.example.com' },
  updated: { kind: 'unchecked', way: 'paste', reason: 'updated', site: 'chat.example.com' },
};

let ending = new AbortController();

export const names = Object.keys(QUESTIONS);
/** What the warnings of this page were answered, in order. */
export const answers: string[] = [];

export function question(name: string): void {
  const asked = QUESTIONS[name];
  if (asked === undefined) throw new Error(`no question "${name}"`);
  ending = new AbortController();
  void ask(asked, ending.signal).then((answer) => {
    if (answer === 'unseen') return answers.push(answer);
    const { choice, reason, remember, each } = answer;
    return answers.push([choice, ...each.values(), reason, remember].filter((part) => part !== null).join(' '));
  });
}

export function abort(): void {
  ending.abort();
}

export { showAgain, showChecking };
