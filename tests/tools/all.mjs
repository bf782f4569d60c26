// The real tools, fastest first.

import { etherpad } from './kinds/etherpad.mjs';
import { gradio } from './kinds/gradio.mjs';
import { jupyterLab } from './kinds/jupyterlab.mjs';
import { mediaWiki } from './kinds/mediawiki.mjs';
import { streamlit } from './kinds/streamlit.mjs';
import { swaggerUi } from './kinds/swagger-ui.mjs';

/** @type {import('./tool.d.ts').Tool[]} */
export const tools = [swaggerUi, mediaWiki, streamlit, etherpad, jupyterLab, gradio];
