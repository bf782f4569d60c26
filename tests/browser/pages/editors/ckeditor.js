import { ClassicEditor } from '@ckeditor/ckeditor5-editor-classic';
import { Essentials } from '@ckeditor/ckeditor5-essentials';
import { Paragraph } from '@ckeditor/ckeditor5-paragraph';

ClassicEditor.create(document.querySelector('#root'), { licenseKey: 'GPL', plugins: [Essentials, Paragraph] }).then(
  (editor) => {
    globalThis.editor = {
      get: () =>
        Array.from(editor.model.document.getRoot().getChildren(), (block) =>
          Array.from(block.getChildren(), (node) => node.data ?? '\n').join(''),
        ).join('\n'),
    };
  },
);
