// What the test and the measurement of the page share: a server of its files, and Chromium.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {createRequire} from 'node:module';
import zlib from 'node:zlib';

const {chromium} = createRequire(process.cwd() + '/')('playwright-core');
const TYPES = {'.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm'};

// How long anything may take.
export const PATIENCE = 120_000;

// Serves the folder `page` as any server of files does: nothing of it is special but that it compresses.
export async function serve(page) {
  const kept = new Map();
  const compressed = (file, bytes) => kept.get(file) ?? kept.set(file, zlib.gzipSync(bytes)).get(file);
  const server = http.createServer((request, response) => {
    const {pathname} = new URL(request.url, 'http://localhost');
    const file = path.join(page, decodeURIComponent(pathname).replace(/\/$/, '/index.html'));
    fs.readFile(file, (problem, bytes) => {
      if (problem) return response.writeHead(404).end();
      const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, {'content-type': type, 'content-encoding': 'gzip'}).end(compressed(file, bytes));
    });
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {home: `http://127.0.0.1:${server.address().port}/`, close: () => server.close()};
}

// Chromium, drawing without a graphics card and keeping to itself.
export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
});

// A page that keeps what the window in it posts, as the page around an embedded window does: what a window posts that is
// its own surroundings comes back to it.
export async function embedded(browser, options = {viewport: {width: 900, height: 640}}) {
  const context = await browser.newContext(options);
  await context.addInitScript(() => addEventListener('message', ({data}) => {
    if (typeof data?.engram === 'object') (globalThis.facts ??= []).push(data.engram);
  }));
  return context;
}

// Sends a script to an embedded window.
export const script = (tab, text) => tab.evaluate(text => postMessage({engram: text}, '*'), text);

// Waits until it has posted facts that `isSo`, a function's text, holds of; the last of them.
export const facts = (tab, isSo) => tab
  .waitForFunction(`(globalThis.facts ?? []).findLast(${isSo})`, null, {timeout: PATIENCE})
  .then(found => found.jsonValue());
