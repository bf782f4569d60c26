// Monaco from 0.53 on takes text through EditContext where the browser has it, which makes it another editor for us.
import * as monaco from 'monaco-editor-0.57';
import { open } from './monaco/open.js';

open(monaco, { editContext: new URLSearchParams(location.search).get('editContext') === 'true' });
