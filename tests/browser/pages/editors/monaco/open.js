/**
 * @param {any} monaco
 * @param {object} options
 */
export function open(monaco, options) {
  // The language workers have nothing to do with pasting; an empty one keeps Monaco from loading them.
  globalThis.MonacoEnvironment = {
    getWorker: () => new Worker(URL.createObjectURL(new Blob([''], { type: 'text/javascript' }))),
  };
  const editor = monaco.editor.create(document.querySelector('#root'), {
    value: '',
    language: 'plaintext',
    automaticLayout: true,
    minimap: { enabled: false },
    // A click in the middle of an empty line lands where the text is.
    autoIndent: 'none',
    ...options,
  });
  globalThis.editor = {
    selector: '.monaco-editor .view-lines',
    get: () => editor.getModel().getValue(),
  };
}
