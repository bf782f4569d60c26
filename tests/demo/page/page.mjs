import { openEditor } from './editor.mjs';

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @returns {T}
 */
const byId = (id) => /** @type {T} */ (document.getElementById(id));

openEditor(byId('editor'));
chat();
ticket();
await practice();

function chat() {
  const form = /** @type {HTMLFormElement} */ (byId('chat'));
  const field = /** @type {HTMLTextAreaElement} */ (byId('message'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return;
    say('mine', text);
    field.value = '';
    setTimeout(
      () => say('theirs', `Thank you. I now have ${text.length} characters of yours, and would keep them.`),
      500,
    );
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

/**
 * @param {'mine' | 'theirs'} whose
 * @param {string} text
 */
function say(whose, text) {
  const message = document.createElement('li');
  message.className = whose;
  message.textContent = text;
  byId('messages').append(message);
  message.scrollIntoView({ block: 'nearest' });
}

function ticket() {
  const form = /** @type {HTMLFormElement} */ (byId('ticket'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    byId('ticket-state').textContent = 'Opened. Everybody with access to the tickets could read it now.';
  });
}

async function practice() {
  /** @type {{ rule: string, provider: string, name: string, text: string }[]} */
  const keys = await (await fetch('/keys.json')).json();
  const kind = /** @type {HTMLSelectElement} */ (byId('kind'));
  kind.append(...keys.map(({ rule, name }) => new Option(name, rule)));
  const chosen = () => keys[kind.selectedIndex]?.text ?? '';
  const field = /** @type {HTMLTextAreaElement} */ (byId('key'));
  const show = () => {
    field.value = chosen();
  };
  kind.addEventListener('change', show);
  show();
  byId('copy').addEventListener('click', async () => {
    await navigator.clipboard.writeText(chosen());
    byId('copied').textContent = 'Copied. Now paste it into one of the boxes.';
  });
}
