import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerRichText } from '@lexical/rich-text';
import { $getRoot, createEditor } from 'lexical';

const root = document.createElement('div');
root.id = 'field';
root.contentEditable = 'true';
document.querySelector('#root').append(root);

const editor = createEditor({
  namespace: 'test',
  onError: (error) => {
    throw error;
  },
});
editor.setRootElement(root);
registerRichText(editor);
registerHistory(editor, createEmptyHistoryState(), 0);

globalThis.editor = {
  selector: '#field',
  get: () => editor.getEditorState().read(() => $getRoot().getTextContent()),
};
