// Files are looked into before a page gets them, whatever way they come.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { proves } from './coverage.mjs';
import { tar, zip } from './pack.mjs';
import { choose, settles, until, warned } from './steps.mjs';
import { onEachBrowser } from './suite.mjs';
import { key } from './texts.mjs';
import { scratchFiles, uploading } from './uploading.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const UPLOAD = '/pages/upload.html';

const { at, file } = scratchFiles();

/** @param {string} secret */
const env = (secret) => `# settings\nNAME=value\nANTHROPIC_API_KEY=${secret}\nLAST=line\n`;

/** Everything between the bytes 0 and 255, and more than one of the windows in which a file is read. */
const BENIGN = {
  'notes.txt': 'A clean sentence, with an accent (é) and a smile (🙂).\n',
  'latin.txt': Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a]),
  'long.log': 'The quick brown fox jumps over the lazy dog.\n'.repeat(60_000),
  'data.bin': Buffer.from(Array.from({ length: 4096 }, (_, at) => at % 256)),
  'empty.txt': '',
  'wide.txt': Buffer.from('\ufeffwide text\n', 'utf16le'),
  'notes.zip': zip({ 'a.txt': 'clean', 'b/c.txt': 'also clean' }),
  'picture.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]),
};

onEachBrowser((stage) => {
  const { uploads, upload, onUpload, nothingUploaded } = uploading(stage);
  const seen = (/** @type {Page} */ page) => page.evaluate(() => /** @type {any} */ (globalThis).seen);

  for (const [name, content] of Object.entries(BENIGN)) {
    onUpload(`${name}, which holds no key, arrives as it is, with the events that a browser sends`, async (page) => {
      await page.chooseFiles('#one', [file(name, content)]);
      const { bytes } = await upload(name);
      assert.ok(bytes.equals(Buffer.from(content)), 'every byte is the same');
      assert.deepEqual(await seen(page), [`input ${name}`, `change ${name}`]);
      assert.equal(await page.warning(), null);
    });
  }

  onUpload('several files arrive together and in their order', async (page) => {
    const names = ['c.txt', 'a.txt', 'b.txt'];
    await page.chooseFiles(
      '#many',
      names.map((name) => file(name, `this is ${name}`)),
    );
    await upload('b.txt');
    assert.deepEqual(
      uploads().map(({ name }) => name),
      names,
    );
    assert.deepEqual(await seen(page), [`input ${names}`, `change ${names}`]);
  });

  onUpload('a file with a key stays out: the page sees no event and no file', async (page) => {
    const secret = key();
    await page.chooseFiles('#one', [file('keys.env', env(secret))]);
    const warning = await warned(page);
    assert.match(warning.text, /keys\.env:3/, 'the file and the line are named');
    assert.match(warning.text, /Anthropic API key/);
    assert.match(warning.text, /Don.t upload/);
    assert.ok(!warning.markup.includes(secret.slice(-12)), 'the warning does not contain the secret');
    await choose(page, 'keep-out');
    await nothingUploaded();
    proves(stage, 'held', 'file', 'a file that is chosen');
    assert.deepEqual(await seen(page), ['cancel ']);
    assert.equal(
      await page.evaluate(() => /** @type {any} */ (globalThis).peeked.size),
      0,
      'no look into the inputs found it',
    );

    // The same file again is a choice like the first one.
    await page.chooseFiles('#one', [at('keys.env')]);
    await warned(page);
    await choose(page, 'anyway');
    const { bytes } = await upload('keys.env');
    assert.equal(bytes.toString(), env(secret));
    assert.deepEqual((await seen(page)).slice(1), ['input keys.env', 'change keys.env']);
  });

  onUpload('a redacted copy has the placeholder in place of the key and is the same otherwise', async (page) => {
    const secret = key();
    const other = 'nothing in here';
    await page.chooseFiles('#many', [file('clean.txt', other), file('keys.env', env(secret))]);
    await warned(page);
    await choose(page, 'placeholder');
    const { bytes } = await upload('keys.env');
    const [head = '', tail = ''] = env(secret).split(secret);
    const text = bytes.toString();
    assert.ok(!text.includes(secret) && text.endsWith(tail), text);
    assert.ok(text.startsWith(head.replace(/=$/, '')), text);
    assert.match(text, /ANTHROPIC_API_KEY/);
    assert.equal((await upload('clean.txt')).bytes.toString(), other);
  });

  onUpload('a redacted copy keeps bytes that are no UTF-8, and UTF-16 stays UTF-16', async (page) => {
    const secret = key();
    const broken = Buffer.concat([
      Buffer.from([0xe9, 0xff, 0xfe, 0x0a]),
      Buffer.from(`"${secret}"\n`),
      Buffer.from([0xc3, 0x28]),
    ]);
    const wide = Buffer.from(`\ufeffkey "${secret}"\nend`, 'utf16le');
    await page.chooseFiles('#many', [file('broken.txt', broken), file('wide.txt', wide)]);
    const { text } = await warned(page);
    assert.match(text, /broken\.txt:2/);
    assert.match(text, /wide\.txt:1/);
    await choose(page, 'placeholder');
    const [first, second] = [await upload('broken.txt'), await upload('wide.txt')];
    assert.ok(
      first.bytes.subarray(0, 4).equals(broken.subarray(0, 4)) && first.bytes.subarray(-2).equals(broken.subarray(-2)),
    );
    assert.ok(!first.bytes.includes(secret));
    const read = second.bytes.toString('utf16le');
    assert.ok(read.startsWith('\ufeffkey ') && read.endsWith('\nend') && !read.includes(secret), read);
  });

  onUpload('a key far down in a long file is found, with its line', async (page) => {
    const lines = 'a line that says nothing\n'.repeat(130_000);
    await page.chooseFiles('#one', [file('long.log', `${lines}key = "${key()}"\n`)]);
    const { text } = await warned(page);
    assert.match(text, /long\.log:130001/);
    await choose(page, 'keep-out');
    await nothingUploaded();
  });

  /** @type {Record<string, (secret: string) => [name: string, content: Buffer, place: RegExp]>} */
  const packed = {
    'a zip archive': (secret) => [
      'a.zip',
      zip({ 'readme.txt': 'x', 'app/.env': env(secret) }),
      /a\.zip › app\/\.env:3/,
    ],
    'an archive in an archive': (secret) => [
      'b.zip',
      zip({ 'in.zip': zip({ '.env': env(secret) }) }),
      /b\.zip › in\.zip › \.env:3/,
    ],
    'a packed tar archive': (secret) => [
      'c.tar.gz',
      gzipSync(tar({ 'd/.env': env(secret) })),
      /c\.tar\.gz › d\/\.env:3/,
    ],
    'a document whose text is cut into runs': (secret) => {
      const runs = (secret.match(/.{1,20}/g) ?? []).map((run) => `<w:r><w:t>${run}</w:t></w:r>`).join('');
      const body = `<w:document><w:p><w:r><w:t>Hello</w:t></w:r></w:p><w:p>${runs}</w:p></w:document>`;
      return [
        'd.docx',
        zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': body }),
        /d\.docx › word\/document\.xml:2/,
      ];
    },
  };
  for (const [what, make] of Object.entries(packed)) {
    onUpload(`${what} is looked into; what is packed cannot be redacted`, async (page) => {
      const [name, content, place] = make(key());
      await page.chooseFiles('#one', [file(name, content)]);
      const { text, choices } = await warned(page);
      assert.match(text, place);
      assert.deepEqual(choices, ['keep-out', 'anyway']);
      await choose(page, 'anyway');
      assert.ok((await upload(name)).bytes.equals(content));
    });
  }

  onUpload('an archive that unpacks to far more than it is ends at a limit, and the person is told', async (page) => {
    const bomb = zip({ 'zeros.txt': Buffer.alloc(200 << 20, 0x20) });
    await page.chooseFiles('#one', [file('bomb.zip', bomb)]);
    const { text, choices } = await warned(page);
    assert.match(text, /could not check all/);
    assert.match(text, /bomb\.zip/);
    assert.deepEqual(choices, ['keep-out', 'anyway']);
    await choose(page, 'keep-out');
    await nothingUploaded();
  });

  onUpload('a file that is too large is said to be, and looked at up to the limit', async (page) => {
    const place = at('large.log');
    const block = Buffer.from('nothing to see in this line\n'.repeat(40_000));
    for (let size = 0; size <= 64 << 20; size += block.length) fs.appendFileSync(place, block);
    await page.chooseFiles('#one', [place]);
    const { text } = await until('a warning', () => page.warning(), 60_000);
    assert.match(text, /could not check all/);
    assert.match(text, /large\.log/);
    await choose(page, 'keep-out');
    await nothingUploaded();
  });

  onUpload('a form that is sent while its file is looked at goes without it', async (page) => {
    const secret = key();
    await page.chooseFiles('#inform', [file('form.env', env(secret))]);
    await page.evaluate(() => {
      const form = /** @type {HTMLFormElement} */ (document.querySelector('#form'));
      // Where the answer goes, so that the page stays.
      const frame = document.createElement('iframe');
      frame.name = 'answer';
      document.body.append(frame);
      form.target = 'answer';
      form.submit();
    });
    await until('the form is sent', async () => uploads().length > 0);
    assert.ok(!uploads()[0]?.bytes.includes(secret));
    await warned(page);
    await choose(page, 'keep-out');
  });

  onUpload('a file in a closed shadow root is held like any other', async (page) => {
    const secret = key();
    await page.chooseFiles('x-upload >>> input', [file('shadow.env', env(secret))]);
    await warned(page);
    await choose(page, 'keep-out');
    await nothingUploaded();
    proves(stage, 'held', 'file', 'a file that is chosen in a closed shadow root');
    await page.chooseFiles('x-upload >>> input', [file('shadow.txt', 'nothing')]);
    assert.equal((await upload('shadow.txt')).bytes.toString(), 'nothing');
    assert.deepEqual(await seen(page), ['cancel ', 'input shadow.txt', 'change shadow.txt']);
  });

  /** How a page opens the dialog of an input that is in no document. */
  const OPENED = {
    detached: 'a file that is chosen for an input that is in no document',
    fired: 'a file for an input on which the page fires a click event itself',
    labelled: 'a file for an input that a label in no document opens',
  };
  for (const [button, name] of Object.entries(OPENED)) {
    onUpload(`${name} is held like any other`, async (page) => {
      const secret = key();
      await page.answerChooser(`#${button}`, [file('nowhere.env', env(secret))]);
      await warned(page);
      await choose(page, 'keep-out');
      await nothingUploaded();
      proves(stage, 'held', 'file', name);
      await page.answerChooser(`#${button}`, [file('nowhere.txt', 'nothing')]);
      assert.equal((await upload('nowhere.txt')).bytes.toString(), 'nothing');
    });
  }

  onUpload('dropped files are held, and each choice is done', async (page) => {
    const secret = key();
    const files = [file('drop.env', env(secret)), file('drop.txt', 'nothing')];
    await page.drop('#zone', { files: files.slice(1) });
    assert.equal((await upload('drop.txt')).bytes.toString(), 'nothing');
    stage.site.received.length = 0;

    await page.drop('#zone', { files });
    assert.match((await warned(page)).text, /drop\.env:3/);
    await choose(page, 'keep-out');
    await nothingUploaded();
    proves(stage, 'held', 'file', 'a file that is dropped');

    await page.drop('#zone', { files });
    await warned(page);
    await choose(page, 'placeholder');
    assert.ok(!(await upload('drop.env')).bytes.includes(secret));
    await upload('drop.txt');
    stage.site.received.length = 0;

    await page.drop('#zone', { files });
    await warned(page);
    await choose(page, 'anyway');
    assert.ok((await upload('drop.env')).bytes.includes(secret));
    const both = 'drop drop.env,drop.txt';
    await settles(() => seen(page), ['drop drop.txt', both, both], 'one drop for each');
  });

  onUpload('a file that is chosen in a frame of another site is held there', async (page) => {
    await page.evaluate((/** @type {string} */ url) => {
      const frame = document.createElement('iframe');
      frame.id = 'frame';
      frame.src = url;
      frame.style.cssText = 'position: fixed; inset: 0; width: 900px; height: 700px';
      document.body.append(frame);
    }, stage.site.b + UPLOAD);
    const frame = await page.frame('#frame');
    await until('the frame is there', () =>
      frame.evaluate(() => document.readyState === 'complete' && document.querySelector('#one') !== null),
    );
    await frame.chooseFiles('#one', [file('frame.env', env(key()))]);
    const { text } = await warned(frame);
    assert.match(text, /b\.test/);
    await choose(frame, 'keep-out');
    await nothingUploaded();
    proves(stage, 'held', 'file', 'a file that is chosen in a frame of another site');
    await frame.chooseFiles('#one', [file('frame.txt', 'nothing')]);
    assert.equal((await upload('frame.txt')).bytes.toString(), 'nothing');
  });

  if (stage.name === 'chromium') {
    // No protocol of Firefox chooses or drops a folder.
    onUpload('the files of a folder that is chosen are looked into, and keep their places in it', async (page) => {
      const secret = key();
      const chosen = at('chosen');
      fs.mkdirSync(path.join(chosen, 'config'), { recursive: true });
      fs.writeFileSync(path.join(chosen, 'config', 'app.env'), env(secret));
      fs.writeFileSync(path.join(chosen, 'readme.txt'), 'nothing');
      await page.evaluate(() => {
        const input = /** @type {HTMLInputElement} */ (document.querySelector('#directory'));
        input.addEventListener('change', () => {
          const files = [.../** @type {FileList} */ (input.files)];
          /** @type {any} */ (globalThis).places = files.map(({ webkitRelativePath }) => webkitRelativePath).sort();
        });
      });
      await page.chooseFiles('#directory', [chosen]);
      const { text, choices } = await warned(page);
      assert.match(text, /chosen\/config\/app\.env:3/);
      assert.deepEqual(choices, ['keep-out', 'anyway']);
      await choose(page, 'keep-out');
      await nothingUploaded();
      proves(stage, 'held', 'file', 'a folder that is chosen');
      await page.chooseFiles('#directory', [chosen]);
      await warned(page);
      await choose(page, 'anyway');
      assert.equal((await upload('app.env')).bytes.toString(), env(secret));
      await upload('readme.txt');
      const places = await page.evaluate(() => /** @type {any} */ (globalThis).places);
      assert.deepEqual(places, ['chosen/config/app.env', 'chosen/readme.txt']);
    });

    onUpload('a folder that is dropped is looked into, and a second drop brings it in', async (page) => {
      const secret = key();
      const inside = at('project', 'config');
      fs.mkdirSync(inside, { recursive: true });
      fs.writeFileSync(path.join(inside, 'app.env'), env(secret));
      fs.writeFileSync(at('project', 'readme.txt'), 'nothing');
      await page.evaluate(() => {
        document.querySelector('#zone')?.addEventListener('drop', (event) => {
          const [item] = /** @type {DragEvent} */ (event).dataTransfer?.items ?? [];
          /** @type {any} */ (globalThis).folder = item?.webkitGetAsEntry()?.isDirectory;
        });
      });
      const got = () => page.evaluate(() => /** @type {any} */ (globalThis).folder ?? null);
      await page.drop('#zone', { files: [at('project')] });
      const { text, choices } = await warned(page);
      assert.match(text, /app\.env:3/);
      assert.deepEqual(choices, ['keep-out', 'anyway']);
      await choose(page, 'anyway');
      assert.equal(await got(), null);
      proves(stage, 'held', 'file', 'a folder that is dropped');
      await page.drop('#zone', { files: [at('project')] });
      await settles(got, true, 'the second drop is the real one');
    });
  }

  test('react-dropzone, in a secure context, takes what is let go, and nothing of what is kept out', {
    timeout: 90_000,
  }, async () => {
    const page = await stage.browser.open(`${stage.site.secure}/editors/react-dropzone`);
    try {
      const taken = () => page.evaluate(() => /** @type {any} */ (globalThis).taken);
      const secret = key();
      const clean = file('zone.txt', 'nothing');
      const keys = file('zone.env', env(secret));
      const expected = [{ name: 'zone.txt', text: 'nothing' }];
      await page.drop('#zone', { files: [clean] });
      await settles(taken, expected, 'a clean file is dropped');

      await page.drop('#zone', { files: [keys] });
      await warned(page);
      await choose(page, 'keep-out');
      await until('the drag is over', () =>
        page.evaluate(() => document.querySelector('#zone')?.textContent === 'Drop here'),
      );
      assert.deepEqual(await taken(), expected);

      await page.drop('#zone', { files: [keys] });
      await warned(page);
      await choose(page, 'placeholder');
      const [, copy] = await until('the copy', async () => (await taken()).length === 2 && taken());
      assert.equal(copy.name, 'zone.env');
      assert.ok(!copy.text.includes(secret) && copy.text.includes('ANTHROPIC_API_KEY'));

      await page.chooseFiles('#chosen', [keys]);
      await warned(page);
      await choose(page, 'anyway');
      await settles(async () => (await taken())[2]?.text, env(secret), 'a chosen file arrives');
    } finally {
      await page.close();
    }
  });

  onUpload(
    'where the page draws its input anew meanwhile, the person chooses once more and is not asked again',
    async (page) => {
      const secret = key();
      const place = file('renewed.env', env(secret));
      const renew = () => page.evaluate(() => /** @type {any} */ (globalThis).renew(document.querySelector('#one')));
      await page.chooseFiles('#one', [place]);
      await warned(page);
      await renew();
      await choose(page, 'anyway');
      await nothingUploaded();
      assert.equal(await page.line(), null, 'nothing is said to have gone');
      await page.chooseFiles('#one', [place]);
      assert.equal((await upload('renewed.env')).bytes.toString(), env(secret));
      assert.equal(await page.warning(), null);

      stage.site.received.length = 0;
      const another = file('another.env', env(secret));
      await page.chooseFiles('#one', [another]);
      await warned(page);
      await renew();
      await choose(page, 'placeholder');
      await nothingUploaded();
      await page.chooseFiles('#one', [another]);
      assert.ok(!(await upload('another.env')).bytes.includes(secret), 'the copy is given to the new one');
      assert.equal(await page.warning(), null);
    },
  );

  onUpload('a picture is passed on at once, by the events of the browser itself', async (page) => {
    await page.evaluate(() => {
      document.addEventListener('change', ({ isTrusted }) => {
        /** @type {any} */ (globalThis).trusted = isTrusted;
      });
    });
    await page.chooseFiles('#one', [file('photo.png', BENIGN['picture.png'])]);
    await upload('photo.png');
    assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).trusted), true);
  });
});
