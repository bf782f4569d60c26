import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createEditor, Node } from 'slate';
import { withHistory } from 'slate-history';
import { Editable, Slate, withReact } from 'slate-react';

const editor = withHistory(withReact(createEditor()));

function Field() {
  const [initialValue] = useState([{ type: 'paragraph', children: [{ text: '' }] }]);
  return (
    <Slate editor={editor} initialValue={initialValue}>
      <Editable id="field" />
    </Slate>
  );
}

createRoot(document.querySelector('#root')).render(<Field />);

globalThis.editor = {
  get: () => editor.children.map((node) => Node.string(node)).join('\n'),
};
