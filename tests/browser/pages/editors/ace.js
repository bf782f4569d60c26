import ace from 'ace-builds/src-noconflict/ace';

const view = ace.edit('root', { useWorker: false });

globalThis.editor = {
  get: () => view.getValue(),
};
