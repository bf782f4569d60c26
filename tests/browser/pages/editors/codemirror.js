import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

const view = new EditorView({
  state: EditorState.create({ extensions: [history(), keymap.of([...defaultKeymap, ...historyKeymap])] }),
  parent: document.querySelector('#root'),
});

globalThis.editor = {
  selector: '.cm-content',
  get: () => view.state.doc.toString(),
};
