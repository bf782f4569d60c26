// The editor of before version 6 takes text in a hidden field, or in its lines.
import CodeMirror from 'codemirror5';
import 'codemirror5/lib/codemirror.css';

const view = CodeMirror(document.querySelector('#root'), {
  inputStyle: new URLSearchParams(location.search).get('inputStyle'),
});

globalThis.editor = {
  get: () => view.getValue(),
};
