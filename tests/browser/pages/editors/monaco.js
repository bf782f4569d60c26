import * as monaco from 'monaco-editor';
import { open } from './monaco/open.js';

open(monaco, {});
