// JupyterLab: cells are CodeMirror 6, run over the kernel's WebSocket; uploads are JSON with base64.

import { setTimeout as pause } from 'node:timers/promises';
import { appears, clickWhenThere } from '../page.mjs';
import { missingProgram, program, versionOf } from '../python.mjs';
import { start } from '../start.mjs';

const CARD = '.jp-LauncherCard[data-category="Notebook"]';
const CELL = '.jp-Notebook .cm-content';

/** A cell that is there is made anew once its notebook has been read; nothing on the page says that this is over. */
const SETTLES = 1500;

/** @type {import('../tool.d.ts').Tool} */
export const jupyterLab = {
  name: 'JupyterLab',
  missing: () => missingProgram('jupyter-lab'),
  version: () => versionOf('jupyterlab'),
  start(folder) {
    return start(folder, (port) => ({
      command: program('jupyter-lab'),
      args: [
        ...['--no-browser', '--ip=127.0.0.1', `--port=${port}`, '--ServerApp.port_retries=0', '--allow-root'],
        ...['--IdentityProvider.token=', '--ServerApp.password=', `--ServerApp.root_dir=${folder}`],
      ],
      // What it remembers of other runs is in the home folder.
      env: { HOME: folder, JUPYTER_CONFIG_DIR: folder, PATH: `${program('')}:${process.env.PATH}` },
    }));
  },
  places: [
    {
      name: 'a cell of a notebook',
      async open(page, address) {
        await page.goto(`${address}/lab?reset`);
        await clickWhenThere(page, CARD);
        await appears(page, CELL);
        await pause(SETTLES);
        await page.click(CELL);
        return page;
      },
      read: (page) =>
        page.evaluate(
          (cell) => [...document.querySelectorAll(`${cell} .cm-line`)].map((line) => line.textContent).join('\n'),
          CELL,
        ),
      send: (page) => page.press('Shift+Enter'),
      typed: {
        gap: 'Shift+Enter, elsewhere a new line, runs it (known gap)',
        leaves: (page) => page.press('Shift+Enter'),
      },
    },
  ],
  uploads: [
    {
      name: 'the file browser',
      async open(page, address) {
        await page.goto(`${address}/lab?reset`);
        await appears(page, CARD);
        return page;
      },
      choose: (page, file) => page.answerChooser('[data-jp-item-name=uploader] jp-button', [file]),
      send: null,
    },
  ],
};
