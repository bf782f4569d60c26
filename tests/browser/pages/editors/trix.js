import 'trix';
import 'trix/dist/trix.css';

const element = document.createElement('trix-editor');
document.querySelector('#root').append(element);

globalThis.editor = {
  // The model ends with a line break that nobody has written.
  get: () => element.editor.getDocument().toString().replace(/\n$/, ''),
};
