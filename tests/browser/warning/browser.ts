// Stands in for extension/shared/browser.ts where the warning runs in a page of its own: the same words, read from the same file.

import messages from '../../../extension/_locales/en/messages.json';

interface Message {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

/** `?words=long` makes every text 40 % longer, `?words=rtl` writes it from right to left in Hebrew letters. */
const words = new URLSearchParams(location.search).get('words');

export function localized(name: string, substitutions: readonly string[] = []): string {
  if (name === 'direction' && words === 'rtl') return 'rtl';
  const found = (messages as Readonly<Record<string, Message>>)[name];
  if (found === undefined) return '';
  if (name === 'language' || name === 'direction') return found.message;
  return altered(found.message).replace(/\$(\w+)\$/g, (_, placeholder: string) => {
    const content = found.placeholders?.[placeholder.toLowerCase()]?.content ?? '';
    return content.replace(/\$(\d)/g, (_, index: string) => substitutions[Number(index) - 1] ?? '');
  });
}

export function shadowRootOf(element: Element): ShadowRoot | null {
  return element.shadowRoot;
}

function altered(message: string): string {
  if (words === 'long')
    return `${message} ${message.replace(/\$\w+\$/g, '').slice(0, Math.ceil(message.length * 0.4))}`;
  if (words !== 'rtl') return message;
  return message.replace(/\$\w+\$|[a-z]/gi, (found) =>
    found.length > 1 ? found : String.fromCharCode(0x5d0 + (found.toLowerCase().charCodeAt(0) % 27)),
  );
}
