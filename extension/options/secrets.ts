// Secrets of one's own: values of no known shape. Only fingerprints of them stay.

import { localized } from '../shared/browser';
import { counted } from '../shared/counted';
import { forgetSecret, forgetSecrets, registerFile, registerSecret } from '../shared/engine';
import { attempt, button, byId, dateOf, labelWith, make, onPress, say } from '../shared/page';
import { type Registered, readSecrets } from '../shared/secrets';

/** Five hundred values of the greatest length are below this. */
const MOST_BYTES = 1 << 20;

const REASONS = {
  placeholder: localized('refusedPlaceholder'),
  guessable: localized('refusedGuessable'),
  long: localized('refusedLong'),
  known: localized('refusedKnown'),
  full: localized('refusedFull'),
  label: localized('refusedLabel'),
} as const;

type Refused = Awaited<ReturnType<typeof registerSecret>>;

export async function showSecrets(): Promise<void> {
  const { registered } = await readSecrets();
  const items = [...registered].sort((a, b) => b.since - a.since).map(item);
  if (items.length === 0) items.push(make('li', { class: 'quiet' }, localized('secretsNone')));
  byId('secrets-list').replaceChildren(...items);
  byId('secrets-forget').hidden = registered.length === 0;
}

function item({ id, label, length, since }: Registered): HTMLElement {
  const title = make('div', { class: 'row' }, make('strong', { dir: 'auto' }, label), make('code', { dir: 'ltr' }, id));
  const about = make(
    'p',
    { class: 'quiet small' },
    `${lengthOf(length)} · ${localized('secretsSince', [dateOf(since)])}`,
  );
  const forget = button(localized('forget'), () => forgetSecret(id), labelWith(localized('forget'), label));
  return make('li', { class: 'row spread' }, make('div', {}, title, about), forget);
}

/** Not to the character: who looks over a shoulder need not know. */
function lengthOf(length: number): string {
  const from = length - (length % 10);
  return localized('secretsLength', [String(from), String(from + 9)]);
}

export function offerSecrets(): void {
  onPress(byId('secret-add'), addOne);
  for (const id of ['secret-name', 'secret-value'])
    byId(id).addEventListener('keydown', (event) => {
      if (event.isTrusted && event.key === 'Enter') void attempt(addOne);
    });
  const file = byId<HTMLInputElement>('secret-file');
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen !== undefined) void attempt(() => addFile(chosen)).then(() => (file.value = ''));
  });
  const sure = byId('secrets-sure');
  onPress(byId('secrets-forget'), () => {
    sure.hidden = false;
    byId('secrets-sure-no').focus();
  });
  onPress(byId('secrets-sure-no'), () => {
    sure.hidden = true;
    byId('secrets-forget').focus();
  });
  onPress(byId('secrets-sure-yes'), async () => {
    await forgetSecrets();
    sure.hidden = true;
    byId('secret-name').focus();
    say(localized('secretsForgotten'));
  });
}

async function addOne(): Promise<void> {
  const name = byId<HTMLInputElement>('secret-name');
  const value = byId<HTMLInputElement>('secret-value');
  showRefused([]);
  if (name.value.trim() === '') throw new Error(localized('refusedLabel'));
  if (value.value.trim() === '') throw new Error(localized('secretsNoValue'));
  const refused = await registerSecret(name.value.trim(), value.value);
  showRefused(refused);
  if (refused.length > 0) return;
  say(localized('secretsAdded', [name.value.trim()]));
  name.value = '';
  value.value = '';
  name.focus();
}

async function addFile(file: File): Promise<void> {
  showRefused([]);
  if (file.size > MOST_BYTES) throw new Error(localized('secretsBig'));
  const { refused, added } = await registerFile(await file.text());
  showRefused(refused);
  if (added === 0 && refused.length === 0) throw new Error(localized('secretsNoFile'));
  say(counted('secretsTaken', added));
}

function showRefused(refused: Refused): void {
  const list = byId('secrets-refused');
  list.replaceChildren(
    ...refused.map(({ label, reason }) =>
      make('li', {}, make('strong', { dir: 'auto' }, label), ` ${REASONS[reason]}`),
    ),
  );
  list.hidden = refused.length === 0;
}
