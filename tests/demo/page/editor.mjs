import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const CODE = `// Why is every request refused?
const client = new Client({
  apiKey: '',
});

await client.messages.create({ text: 'Hello' });
`;

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '14px' },
  '&.cm-focused': { outline: '2px solid var(--accent)' },
  '.cm-content, .cm-gutters': { fontFamily: 'var(--mono)' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-gutters': { background: 'transparent', color: 'var(--quiet)', border: '0' },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'light-dark(#8a3ffc, #c3a6ff)' },
  { tag: tags.string, color: 'light-dark(#a3471c, #ffb38a)' },
  { tag: tags.comment, color: 'var(--quiet)' },
  { tag: [tags.propertyName, tags.function(tags.variableName)], color: 'var(--accent)' },
]);

/** @param {HTMLElement} parent */
export function openEditor(parent) {
  new EditorView({
    parent,
    doc: CODE,
    extensions: [
      lineNumbers(),
      history(),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      javascript(),
      syntaxHighlighting(colours),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'Code' }),
      look,
    ],
  });
}
