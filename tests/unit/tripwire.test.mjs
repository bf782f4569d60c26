// The promise of the tripwire: it holds whatever the engine would ask about, and sees whatever it would note. Tried on samples of every rule in every text that the
// rule's examples make, on the corpora, on the forms in which keys hide, and on pieces and sums of all of these.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { keystay } from '../keystay.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const corpora = path.resolve(root, '../shared/corpora');
const { mayHoldSecret, mustBeHeld } = await import(pathToFileURL(path.join(root, 'target/keystay/tripwire.js')).href);

/** @param {string} text @returns {any[]} */
const lines = (text) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** What the engine finds in each text. @param {string[]} texts @returns {{ rule: string, verdict: string }[][]} */
const engine = (texts) => {
  // A lone surrogate cannot be written as JSON in UTF-8; the browser's port and the engine see U+FFFD in its place too.
  const rows = texts.map((text) => JSON.stringify({ text: text.toWellFormed?.() ?? text }));
  const found = lines(keystay(['scan', '--rows'], rows.join('\n')));
  return found.map((findings) => findings.filter((/** @type {any} */ finding) => finding.verdict !== 'allow'));
};

/** @param {string[]} texts */
const missed = (texts) => {
  const found = engine(texts);
  return texts.flatMap((text, i) => {
    const asks = found[i].some(({ verdict }) => verdict !== 'note');
    const seen = found[i].length === 0 || (mayHoldSecret(text) && (!asks || mustBeHeld(text)));
    return seen ? [] : [`text ${i}: ${found[i].map(({ rule, verdict }) => `${rule} (${verdict})`)}`];
  });
};

const samples = lines(keystay(['sample', '--all', '--json', '--count', '5', '--seed', '17']));

/** @param {string} name */
const corpus = (name) =>
  lines(readFileSync(path.join(corpora, name), 'utf8')).map((row) => /** @type {string} */ (row.text));
const skip = existsSync(corpora) ? false : 'needs ../shared/corpora';

test('samples of every rule are held, alone and in their context', () => {
  const texts = samples.flatMap(({ sample, text }) => [sample, text, `x ${text} y`, `"${sample}"`, `${text}\n${text}`]);
  assert.ok(texts.length > 5000);
  assert.deepEqual(missed(texts), []);
});

test('pieces of samples, glued and cut, are held wherever the engine sees something', () => {
  const texts = samples.flatMap(({ sample, text }, i) => {
    const next = samples[(i + 7) % samples.length].text;
    const half = text.length >> 1;
    return [
      `abc${sample}`,
      `${sample}xyz`,
      text.slice(0, -1),
      text.slice(1),
      text + next,
      text.slice(0, half) + next,
      `\\n${sample}`,
      `a%3D${sample}%26`,
    ];
  });
  assert.deepEqual(missed(texts), []);
});

test('samples hidden by invisible characters, fullwidth forms and look-alikes are held wherever the engine sees them', () => {
  const wide = (/** @type {string} */ text) =>
    text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
  const texts = samples.flatMap(({ sample, text }) => [
    text.replace(sample, `${sample.slice(0, 3)}\u200b${sample.slice(3)}`),
    text.replace(sample, [...sample].join('\u00ad')),
    text.replace(sample, wide(sample)),
    text.replace('a', '\u0430').replace('p', '\u0440').replace('o', '\u043e'),
  ]);
  const found = engine(texts).filter((findings) => findings.length > 0).length;
  assert.ok(found > texts.length / 2, `the engine saw only ${found} of ${texts.length}: the test would say little`);
  assert.deepEqual(missed(texts), []);
});

/** Ways to write a text in other characters. @type {Record<string, (text: string) => string>} */
const disguises = {
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 of addresses': (text) => Buffer.from(text).toString('base64url'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
  'percent escapes': (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  entities: (text) => text.replace(/[ -~]/g, (c) => `&#${c.charCodeAt(0)};`),
  'escapes of code': (text) =>
    text.replace(/[^0-9a-z]/gi, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  JSON: (text) => JSON.stringify({ token: text }),
  'two strings': (text) => `"${text.slice(0, 20)}" + "${text.slice(20)}"`,
  'two lines': (text) => `${text.slice(0, 20)}\n    ${text.slice(20)}`,
  'invisible characters': (text) => `${text.slice(0, 3)}\u200b${text.slice(3)}`,
};

test('samples in disguise, and in one disguise on another, are held wherever the engine sees them', (t) => {
  const ways = Object.values(disguises);
  const twice = ways.flatMap((one) => ways.map((other) => (/** @type {string} */ text) => other(one(text))));
  const texts = samples.flatMap(({ sample, text }, i) => {
    const spread = Array.from({ length: 12 }, (_, step) => twice[(i * 7 + step * 9) % twice.length]);
    return [...ways, ...spread].map((way) => text.replace(sample, () => way(sample)));
  });
  const found = engine(texts).filter((findings) => findings.length > 0).length;
  t.diagnostic(`the engine sees ${found} of ${texts.length}`);
  assert.ok(found > texts.length / 3, `the engine saw only ${found} of ${texts.length}: the test would say little`);
  assert.deepEqual(missed(texts), []);
});

test('random mixtures of samples and text of all kinds are held wherever the engine sees something', () => {
  let seed = 99;
  const random = (/** @type {number} */ below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  const noise = [
    'token',
    'key = ',
    '"',
    ': ',
    '\n',
    '🔑',
    '\u00e9',
    '=',
    '://',
    'secret',
    '\u200b',
    'Bearer ',
    '{',
    '  ',
    '\\n',
    '%3D',
    '\ud800',
    '\u0000',
  ];
  const piece = () => {
    const { sample, text } = samples[random(samples.length)];
    return [
      sample,
      text,
      noise[random(noise.length)],
      sample.slice(0, random(sample.length)),
      noise[random(noise.length)],
    ][random(5)];
  };
  const texts = Array.from({ length: 4000 }, () => Array.from({ length: 1 + random(6) }, piece).join(''));
  assert.deepEqual(missed(texts), []);
});

test('what lies over the border of two pieces of a long text is held wherever the engine sees something', () => {
  const piece = 1 << 14;
  const before = [
    'of the ability, '.repeat(piece / 16),
    'if (a) { b(); }\n'.repeat(piece / 16),
    'of the '.repeat(piece / 7),
  ];
  const texts = samples
    .filter(({ sample }, i) => i % 9 === 0 || sample.split(' ').length > 11)
    .flatMap(({ text }, i) => {
      const some = before[i % 3].slice((i * 37) % (text.length + 4));
      return [some + text, `${some}${text}${before[i % 2]}`];
    });
  assert.ok(texts.length > 100);
  assert.deepEqual(missed(texts), []);
});

test('a value is held however long the name is that it is assigned to', () => {
  // The frame knows only the first characters of a word; the engine counts from its end.
  const texts = samples.flatMap(({ sample, text }) => {
    const name = text.slice(0, text.indexOf(sample)).replace(/\W+$/, '');
    return [40, 50, 55, 60, 64].map((length) => `${name}_${'x'.repeat(length - 1)}=${sample}`);
  });
  assert.deepEqual(missed(texts), []);
});

test('a recovery phrase is held however its words are separated, and whatever stands right before and behind it', () => {
  const phrases = samples.filter(({ sample }) => /^[a-z]+(?: [a-z]+){11,}$/.test(sample)).map(({ sample }) => sample);
  assert.ok(phrases.length > 0);
  const written = phrases.flatMap((phrase) => {
    const words = /** @type {string} */ (phrase).split(' ');
    const numbered = (/** @type {string} */ mark, between = '\n') =>
      words.map((word, i) => `${i + 1}${mark}${word}`).join(between);
    return [
      ...[' ', '  ', ',', ', ', '\n', ' \n\t', '\u00a0', '", "', "','", '; ', '\n- ', '\n-', '\n* ', '\r\n'].map(
        (gap) => words.join(gap),
      ),
      ...[' ', '. ', '.', ') ', ': ', ':'].map((mark) => numbered(mark)),
      numbered('. ', ' '),
      phrase.toUpperCase(),
    ];
  });
  const before = ['', 'seed:', 'seed=', 'seed phrase is ', '"', '1.', '- ', 'x-', '\u00e9', 'the ', '0'];
  const behind = ['', '.', '"', ',', '.txt', '_', ' and so on', '-', ': that is it', '\u00e9', '1'];
  const texts = written.flatMap((text) => before.flatMap((one) => behind.map((other) => `${one}${text}${other}`)));
  const found = engine(texts).filter((findings) => findings.length > 0).length;
  assert.ok(found > texts.length / 2, `the engine saw only ${found} of ${texts.length}: the test would say little`);
  assert.deepEqual(missed(texts), []);
});

for (const name of ['gitleaks', 'noseyparker', 'secretlint', 'detect-secrets', 'synth_valid', 'benign_synth']) {
  test(`the texts of ${name} are held wherever the engine sees something`, { skip }, () => {
    assert.deepEqual(missed(corpus(`${name}.jsonl`)), []);
  });
}

test('the forms in which keys hide are held wherever the engine sees through them', { skip }, (t) => {
  const rows = lines(
    execFileSync('python3', [path.join(corpora, 'evasion.py'), '--seed', '5', '--count', '20'], { encoding: 'utf8' }),
  );
  const found = engine(rows.map((row) => row.text));
  const forms = new Set(rows.filter((_, i) => found[i].length > 0).map((row) => row.form));
  t.diagnostic(`the engine sees through ${forms.size} of ${new Set(rows.map((row) => row.form)).size} forms`);
  assert.deepEqual(missed(rows.map((row) => row.text)), []);
});

test('of benign pastes not one in two hundred is held', { skip }, (t) => {
  const rows = lines(readFileSync(path.join(corpora, 'benign_synth.jsonl'), 'utf8'));
  const found = engine(rows.map(({ text }) => text));
  const held = rows.filter(({ text }) => mustBeHeld(text));
  const noted = found.filter((findings) => findings.length > 0);
  const share = (/** @type {unknown[]} */ some) =>
    `${some.length} (${((100 * some.length) / rows.length).toFixed(1)} %)`;
  t.diagnostic(
    `benign_synth: of ${rows.length} texts the tripwire holds ${share(held)}; the engine notes something in ${share(noted)}`,
  );
  const warned = found.filter((findings) => findings.some((finding) => finding.verdict === 'warn'));
  assert.equal(warned.length, 0);
  assert.ok(held.length <= 0.005 * rows.length, `${held.map(({ text }) => text.slice(0, 80)).join('\n')}`);
});

test('what is only noted is seen and not held', () => {
  const card = ['4242', '4242', '4242', '4242'].join(' ');
  for (const text of [`my card: ${card}`, `password: ${['blue', 'whale7'].join('!')}`]) {
    assert.deepEqual(
      engine([text])[0].map(({ verdict }) => verdict),
      ['note'],
      text,
    );
    assert.ok(mayHoldSecret(text) && !mustBeHeld(text), text);
  }
});

test('what stands for a secret is let go only where it is all of the secret', () => {
  const [user, host] = ['someone:', '@db.corp.internal/app'];
  for (const password of ['password', 'changeme', '${'.concat('DB_PASSWORD}')])
    assert.ok(!mustBeHeld(`postgres://${user}${password}${host}`), password);
  const rest = 'kP9vQ2mX7';
  const word = 'password';
  for (const password of [`${word}@${rest}`, `${rest}:${word}`, word + rest])
    assert.ok(mustBeHeld(`postgres://${user}${password}${host}`), password);
});

test('the tripwire takes time in proportion to the text, also for texts made to be slow', (t) => {
  // A ratio of two times in one run: doubling the text may not cost more than three times as much. Time of the processor, because on a
  // busy machine the one on the wall says more about the others. Some systems count it in steps of ten milliseconds, so that one run
  // may take none: the text is looked at again until twenty such steps have gone by.
  const time = (/** @type {string} */ text) => {
    const start = process.cpuUsage();
    for (let runs = 1; ; runs++) {
      mustBeHeld(text);
      const { user } = process.cpuUsage(start);
      if (user >= 200_000) return user / runs;
    }
  };
  // What is compiled in the middle of the first measurement would count as time of its text.
  for (let runs = 0; runs < 2; runs++) time('warm '.repeat(1 << 16));
  for (const unit of [
    'a ',
    'key=key=',
    'sk-ant-sk-ant-',
    'ghp_',
    'eyJ',
    'token: ',
    '://a:b',
    '0123456789abcdef',
    '-----BEGIN ',
    'secret secret ',
    '\u200bа',
  ]) {
    let best = Infinity;
    // The machine may be doing something else: what takes quadratic time does so in each of the tries.
    for (let tries = 0; tries < 4 && best >= 3; tries++) {
      const [once, twice] = [1 << 17, 1 << 18].map((length) => time(unit.repeat(length / unit.length)));
      best = Math.min(best, twice / once);
    }
    t.diagnostic(`${JSON.stringify(unit)}: twice the text takes ${best.toFixed(2)} times as long`);
    assert.ok(best < 3, `${JSON.stringify(unit)}: ratio ${best}`);
  }
});
