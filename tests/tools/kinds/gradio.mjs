// Gradio: a chat whose Enter is a `POST`, and a field for files that uploads at once.

import fs from 'node:fs';
import path from 'node:path';
import { fieldAt, uploadAtOnce } from '../page.mjs';
import { missingProgram, program, versionOf } from '../python.mjs';
import { start } from '../start.mjs';

const APP = `
import gradio as gr
with gr.Blocks() as page:
    gr.ChatInterface(lambda message, history: "heard")
    gr.File(label="file")
page.launch(server_name="127.0.0.1", share=False)
`;

const FIELD = 'textarea[data-testid=textbox]';
const FILE = '[data-testid=file-upload]';

/** @type {import('../tool.d.ts').Tool} */
export const gradio = {
  name: 'Gradio',
  missing: () => missingProgram('gradio'),
  version: () => versionOf('gradio'),
  start(folder) {
    fs.writeFileSync(path.join(folder, 'app.py'), APP);
    return start(folder, (port) => ({
      command: program('python'),
      args: ['app.py'],
      env: {
        GRADIO_ANALYTICS_ENABLED: 'False',
        GRADIO_SERVER_PORT: String(port),
        GRADIO_TEMP_DIR: path.join(folder, 'files'),
      },
    }));
  },
  places: [{ name: 'the chat', ...fieldAt(FIELD), send: (page) => page.press('Enter'), typed: 'held' }],
  uploads: [uploadAtOnce(FILE)],
};
