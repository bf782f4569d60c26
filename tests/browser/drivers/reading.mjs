// Functions that run inside a browser. A driver sends their source, so they close over nothing.

/** How the extension's own elements are known: the role, and what the buttons in it carry. */
export const WARNING = { role: 'alertdialog', button: 'data-choice' };
export const CHIP = { role: 'group', button: 'data-action' };
export const LINE = { role: 'group', button: 'data-sent' };

/**
 * The open warning or chip of one document, for a browser that opens closed shadow roots to a privileged script.
 * @param {ParentNode} root
 * @param {(element: Element) => ShadowRoot | null} rootOf
 * @param {{ role: string, button: string }} kind
 * @returns {Element | null}
 */
export function findOurs(root, rootOf, kind) {
  for (const found of root.querySelectorAll(`[role=${kind.role}]`)) {
    if (found.querySelector(`[${kind.button}]`)) return found;
  }
  for (const element of root.querySelectorAll('*')) {
    const shadow = rootOf(element);
    const found = shadow && findOurs(shadow, rootOf, kind);
    if (found) return found;
  }
  return null;
}

/**
 * What verbs.d.ts calls a Chip.
 * @param {Element} chip
 */
export function describeChip(chip) {
  const box = chip.getBoundingClientRect();
  const buttons = [...chip.querySelectorAll('[data-action]')].filter((button) => !button.matches('[hidden]'));
  return {
    text: /** @type {HTMLElement} */ (chip).innerText,
    markup: chip.outerHTML,
    rect: { x: box.x, y: box.y, width: box.width, height: box.height },
    at: Object.fromEntries(
      buttons.map((button) => {
        const { x, y, width, height } = button.getBoundingClientRect();
        return [button.getAttribute('data-action'), { x: x + width / 2, y: y + height / 2 }];
      }),
    ),
  };
}

/**
 * What verbs.d.ts calls a Warning, without its page.
 * @param {Element} dialog
 */
export function describeWarning(dialog) {
  const root = /** @type {ShadowRoot | Document} */ (dialog.getRootNode());
  const nameOf = (/** @type {Element | null} */ button) => {
    const { choice, index, ...rest } = /** @type {HTMLElement | null} */ (button)?.dataset ?? {};
    const [[name, value] = []] = Object.entries(rest);
    return choice ?? (name === undefined ? null : [name, index, value].filter((part) => part !== undefined).join(' '));
  };
  const buttons = [...dialog.querySelectorAll('button')].map((button) => ({
    button,
    name: nameOf(button) ?? '',
    box: button.getBoundingClientRect(),
  }));
  const box = dialog.getBoundingClientRect();
  return {
    text: /** @type {HTMLElement} */ (dialog).innerText,
    markup: dialog.outerHTML,
    choices: buttons.filter(({ button }) => button.dataset.choice !== undefined).map(({ name }) => name),
    others: buttons.filter(({ button }) => button.dataset.choice === undefined).map(({ name }) => name),
    chosen: buttons.filter(({ button }) => button.ariaPressed === 'true').map(({ name }) => name),
    focused: nameOf(root.activeElement),
    rect: { x: box.x, y: box.y, width: box.width, height: box.height },
    at: Object.fromEntries(
      buttons.map(({ name, box: { x, y, width, height } }) => [name, { x: x + width / 2, y: y + height / 2 }]),
    ),
    inert: buttons.filter(({ button }) => button.matches(':disabled, [aria-disabled=true]')).map(({ name }) => name),
  };
}

/**
 * Middle of the first match, after it was brought into view.
 * @param {string} selector
 */
export function middleOf(selector) {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`nothing matches ${selector} in ${location.href}`);
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}

/**
 * Where an element is. `path` is a selector, or several with `>>>` between a host and what lies in its shadow root.
 * Runs in the page.
 * @param {string} path
 * @returns {HTMLElement}
 */
export function locate(path) {
  const { closedRoots } = /** @type {any} */ (globalThis);
  let scope = /** @type {ParentNode} */ (document);
  const steps = path.split('>>>').map((step) => step.trim());
  for (const [index, step] of steps.entries()) {
    const element = /** @type {HTMLElement | null} */ (scope.querySelector(step));
    if (!element) throw new Error(`nothing matches ${step}`);
    if (index === steps.length - 1) return element;
    scope = element.shadowRoot ?? closedRoots.get(element);
  }
  throw new Error('an empty path');
}

/**
 * Makes the document of the clipboard tab and selects what Ctrl+C shall take.
 * @param {string} text
 */
export function offerText(text) {
  document.body.replaceChildren();
  const field = document.createElement('textarea');
  document.body.append(field);
  field.value = text;
  field.focus();
  field.select();
}

/**
 * Makes a page whose next copy carries exactly these flavours. Something must be selected, or Chromium has nothing to copy.
 * @param {Record<string, string>} flavours
 */
export function offerFlavours(flavours) {
  document.body.replaceChildren();
  const field = document.createElement('textarea');
  document.body.append(field);
  field.value = 'x';
  field.focus();
  field.select();
  document.addEventListener(
    'copy',
    (event) => {
      event.preventDefault();
      for (const [type, value] of Object.entries(flavours)) event.clipboardData?.setData(type, value);
    },
    { once: true },
  );
}

/** Writes a small picture to the clipboard; needs a secure context and a gesture or a permission. */
export async function writeImage() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 8;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.fillStyle = '#c33';
  context.fillRect(0, 0, 8, 8);
  const picture = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
}

/**
 * An expression for a promise of the result as JSON text.
 * @param {Function} fn
 * @param {unknown[]} args
 */
export function expression(fn, args) {
  return `(async () => JSON.stringify(await (${fn})(...${JSON.stringify(args)})))()`;
}

/**
 * What such an expression gave; nothing where the function gave nothing.
 * @param {unknown} json
 * @returns {any}
 */
export function parsed(json) {
  return typeof json === 'string' ? JSON.parse(json) : undefined;
}
