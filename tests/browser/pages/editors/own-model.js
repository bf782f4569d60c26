// An editor that nobody has heard of: it lets the browser insert nothing, keeps its own text, and draws it anew after each edit.
const root = document.createElement('div');
root.id = 'field';
root.contentEditable = 'true';
document.querySelector('#root').append(root);

let text = '';
const past = [];

function edit(start, end, put) {
  past.push(text);
  text = text.slice(0, start) + put + text.slice(end);
  draw(start + put.length);
}

function draw(caret) {
  const node = document.createTextNode(text);
  root.replaceChildren(node);
  getSelection().collapse(node, caret);
}

function selected() {
  const range = getSelection().getRangeAt(0);
  const before = range.cloneRange();
  before.setStart(root, 0);
  return { start: before.toString().length - range.toString().length, end: before.toString().length };
}

root.addEventListener('beforeinput', (event) => {
  if (event.inputType === 'insertCompositionText') return;
  event.preventDefault();
  const { start, end } = selected();
  if (event.data !== null) edit(start, end, event.data);
  else if (event.inputType === 'deleteContentBackward') edit(start === end ? start - 1 : start, end, '');
  else if (event.inputType.startsWith('delete')) edit(start, end, '');
});
root.addEventListener('compositionend', () => {
  text = root.textContent;
});
root.addEventListener('paste', (event) => {
  event.preventDefault();
  const { start, end } = selected();
  edit(start, end, event.clipboardData.getData('text/plain'));
});
root.addEventListener('keydown', (event) => {
  if (!event.ctrlKey || event.key.toLowerCase() !== 'z' || past.length === 0) return;
  event.preventDefault();
  text = past.pop();
  draw(text.length);
});

globalThis.editor = {
  get: () => text,
};
