import { Editor, EditorState } from 'draft-js';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'draft-js/dist/Draft.css';

let model = EditorState.createEmpty();

function Field() {
  const [state, setState] = useState(model);
  model = state;
  return <Editor editorState={state} onChange={setState} />;
}

createRoot(document.querySelector('#root')).render(<Field />);

globalThis.editor = {
  get: () => model.getCurrentContent().getPlainText('\n'),
};
