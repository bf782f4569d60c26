import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';

const editor = new Editor({ element: document.querySelector('#root'), extensions: [StarterKit] });

globalThis.editor = {
  get: () => editor.getText({ blockSeparator: '\n' }),
};
