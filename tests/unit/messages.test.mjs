import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';

const source = fs.readFileSync(new URL('../../extension/shared/messages.ts', import.meta.url), 'utf8');

/**
 * Name and type of each field of an exported interface.
 * @param {string} name
 */
function fields(name) {
  const [, body = ''] = source.match(new RegExp(`export interface ${name} \\{([^}]*)\\}`)) ?? [];
  return [...body.matchAll(/readonly (\w+): ([^;]+);/g)].map(([, field, type]) => [field, type]);
}

test('the part of a scan is the only field through which a pasted text can travel', () => {
  const interfaces = [...source.matchAll(/export interface (\w+)/g)].map(([, name = '']) => name);
  const strings = interfaces.flatMap((name) =>
    fields(name)
      .filter(([, type]) => type === 'string')
      .map(([field]) => `${name}.${field}`),
  );
  // Whoever adds a string here says what it holds and why that is not the text.
  assert.deepEqual(strings, [
    'ScanPart.part',
    'ScanFailure.site',
    // From a frame to the popup: the frame's host name, and what the engine has named already.
    'FrameState.site',
    'Held.name',
    'Held.site',
    'Judgement.site',
    'Finding.rule',
    'Finding.name',
    'Finding.provider',
    'Finding.revoke',
    'Finding.masked',
    'Beside.rule',
    'Beside.name',
    'Beside.masked',
    'Replacement.text',
    // From the rule files.
    'Kind.id',
    'Kind.name',
    'Kind.provider',
    'Kind.variable',
    'Kind.docs',
    'Kind.revoke',
    // A rule of one's own that is wrong.
    'Refused.file',
    'Refused.rule',
    'Refused.reason',
    // Names of settings.
    'Answers.key',
  ]);
});
