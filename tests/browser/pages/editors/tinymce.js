// The field is the body of a frame that the editor makes and fills by itself.
import tinymce from 'tinymce';
import 'tinymce/models/dom';
import 'tinymce/themes/silver';
import 'tinymce/icons/default';
import 'tinymce/skins/ui/oxide/skin.js';
import 'tinymce/skins/ui/oxide/content.js';
import 'tinymce/skins/content/default/content.js';

tinymce
  .init({
    target: document.querySelector('#root'),
    license_key: 'gpl',
    menubar: false,
    toolbar: false,
    statusbar: false,
    promotion: false,
  })
  .then(([editor]) => {
    globalThis.editor = {
      get: () => editor.getContent({ format: 'text' }).replaceAll('\u00a0', ' '),
    };
  });
