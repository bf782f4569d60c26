// Streamlit: a chat and a field over one WebSocket, and an upload.

import fs from 'node:fs';
import path from 'node:path';
import { fieldAt, uploadAtOnce } from '../page.mjs';
import { missingProgram, program, versionOf } from '../python.mjs';
import { start } from '../start.mjs';

const APP = `
import streamlit as st
st.text_area("note")
st.file_uploader("file")
if st.chat_input("say"):
    st.chat_message("user").write("heard")
`;

const CHAT = '[data-testid=stChatInputTextArea]';
const AREA = '[data-testid=stTextArea] textarea';
const FILE = '[data-testid=stFileUploaderDropzoneInput]';

/** @type {import('../tool.d.ts').Tool} */
export const streamlit = {
  name: 'Streamlit',
  missing: () => missingProgram('streamlit'),
  version: () => versionOf('streamlit'),
  start(folder) {
    fs.writeFileSync(path.join(folder, 'app.py'), APP);
    return start(folder, (port) => ({
      command: program('streamlit'),
      args: [
        ...['run', 'app.py', '--server.headless', 'true', '--server.address', '127.0.0.1'],
        ...['--server.port', String(port), '--browser.gatherUsageStats', 'false', '--server.fileWatcherType', 'none'],
      ],
    }));
  },
  places: [
    { name: 'the chat', ...fieldAt(CHAT), send: (page) => page.press('Enter'), typed: 'held' },
    {
      name: 'a text area',
      ...fieldAt(AREA),
      send: (page) => page.press('Tab'),
      typed: { gap: 'leaving the field sends it (known gap)', leaves: (page) => page.press('Tab') },
    },
  ],
  uploads: [uploadAtOnce(FILE)],
};
