// A terminal whose other end shows what it gets, as a shell does.
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';

let model = '';
const terminal = new Terminal({ cols: 120, rows: 10 });
terminal.open(document.querySelector('#root'));
terminal.onData((data) => {
  model += data.replaceAll('\r', '\n');
  terminal.write(data.replaceAll('\r', '\r\n'));
});

globalThis.editor = {
  get: () => model,
};
