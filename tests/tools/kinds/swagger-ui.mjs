// Swagger UI: a page that asks an API by `fetch`. The API here takes a text and a file.

import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { until } from '../../browser/steps.mjs';

const PACKAGE = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** @param {Record<string, object>} content */
const takes = (content) => ({
  post: { requestBody: { content }, responses: { 200: { description: 'What was sent' } } },
});

const API = {
  openapi: '3.0.3',
  info: { title: 'Notes', version: '1' },
  paths: {
    '/note': takes({ 'text/plain': { schema: { type: 'string', example: '' } } }),
    '/file': takes({
      'multipart/form-data': {
        schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
      },
    }),
  },
};

/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' };

/**
 * @param {import('../../browser/drivers/verbs.d.ts').Page} page
 * @param {string} address
 * @param {string} operation
 * @param {string} field
 */
async function tryOut(page, address, operation, field) {
  await page.goto(`${address}/`);
  for (const step of [`${operation} .opblock-summary-control`, `${operation} .try-out__btn`]) {
    await until(step, () => page.evaluate((selector) => document.querySelector(selector) !== null, step));
    await page.click(step);
  }
  await until(field, () => page.evaluate((selector) => document.querySelector(selector) !== null, field));
  return page;
}

const NOTE = '#operations-default-post_note';
const FILE = '#operations-default-post_file';
const FIELD = `${NOTE} textarea.body-param__text`;

/** @type {import('../tool.d.ts').Tool} */
export const swaggerUi = {
  name: 'Swagger UI',
  missing: () => null,
  version: () => JSON.parse(fs.readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')).version,
  async start() {
    const server = http.createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (request.method === 'POST') {
        for await (const _ of request);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      } else if (pathname === '/spec.json') {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(API));
      } else if (pathname === '/swagger-initializer.js') {
        response.writeHead(200, { 'content-type': 'text/javascript' });
        response.end(
          `onload = () => SwaggerUIBundle({ url: '/spec.json', dom_id: '#swagger-ui', validatorUrl: null });`,
        );
      } else {
        const name = pathname === '/' ? 'index.html' : path.basename(pathname);
        const body = await fs.promises.readFile(path.join(PACKAGE, name)).catch(() => null);
        response.writeHead(body ? 200 : 404, { 'content-type': TYPES[path.extname(name)] ?? 'text/plain' });
        response.end(body ?? '');
      }
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    return {
      port,
      stop: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  },
  places: [
    {
      name: 'a request body',
      async open(page, address) {
        await tryOut(page, address, NOTE, FIELD);
        await page.click(FIELD);
        await page.press('Control+A', 'Delete');
        return page;
      },
      read: (page) => page.evaluate((field) => /** @type {any} */ (document.querySelector(field)).value, FIELD),
      send: (page) => page.click(`${NOTE} .execute`),
      typed: 'held',
    },
  ],
  uploads: [
    {
      name: 'a file of a request',
      open: (page, address) => tryOut(page, address, FILE, `${FILE} input[type=file]`),
      choose: (page, file) => page.chooseFiles(`${FILE} input[type=file]`, [file]),
      has: (page) =>
        page.evaluate((input) => /** @type {any} */ (document.querySelector(input)).files.length > 0, `${FILE} input`),
      send: (page) => page.click(`${FILE} .execute`),
    },
  ],
};
