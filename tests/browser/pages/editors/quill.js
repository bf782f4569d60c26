import Quill from 'quill';
import 'quill/dist/quill.core.css';

const quill = new Quill('#root', { modules: { toolbar: false } });

globalThis.editor = {
  // The model ends with a line break that nobody has written.
  get: () => quill.getText().replace(/\n$/, ''),
};
