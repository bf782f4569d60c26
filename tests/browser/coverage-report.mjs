// Prints docs/coverage.md, and fails where tests, matrix and gaps do not agree.

import { proved } from './coverage.mjs';
import { document } from './coverage-document.mjs';
import { gaps } from './coverage-gaps.mjs';
import { tables } from './coverage-matrix.mjs';

const { text, faults } = document({ tables, gaps, proved: proved() });
console.log(text);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
