// Controlled fields: React writes its own state back on every change, so text that did not pass its `input` event vanishes.
import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';

const tag = new URLSearchParams(location.search).get('field') ?? 'textarea';
let model = '';

function Field() {
  const [text, setText] = useState('');
  model = text;
  return createElement(tag, { id: 'field', value: text, onChange: (event) => setText(event.target.value) });
}

createRoot(document.querySelector('#root')).render(<Field />);

globalThis.editor = {
  selector: '#field',
  get: () => model,
};
