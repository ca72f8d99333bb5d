// The page in a real browser: opened, used, and held against the program.
//
//     node tests/web/test.mjs PAGE PROGRAM [FOLDER]
//
// PAGE is the folder that tests/web/build.sh made, PROGRAM the program of the same sources; screenshots are left in FOLDER.
// Needs Chromium and, from npm, playwright-core.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {createRequire} from 'node:module';
import zlib from 'node:zlib';

const {chromium} = createRequire(process.cwd() + '/')('playwright-core');
const [page, program, folder = fs.mkdtempSync(path.join(os.tmpdir(), 'engram-page-'))] = process.argv.slice(2);

const PATIENCE = 120_000;
const TYPES = {'.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm'};

// A server of files, as any: nothing of it is special but that it compresses.
const server = http.createServer((request, response) => {
  const {pathname} = new URL(request.url, 'http://localhost');
  const file = path.join(page, decodeURIComponent(pathname).replace(/\/$/, '/index.html'));
  fs.readFile(file, (problem, bytes) => {
    if (problem) return response.writeHead(404).end();
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, {'content-type': type, 'content-encoding': 'gzip'}).end(compressed(file, bytes));
  });
});
const kept = new Map();
const compressed = (file, bytes) => kept.get(file) ?? kept.set(file, zlib.gzipSync(bytes)).get(file);
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const home = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--use-gl=angle', '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
});

// A window of the browser on `address`; what goes wrong in it fails the test at the end.
const wrong = [];
async function open(address = '', options = {}) {
  const context = options.context ?? await browser.newContext({viewport: {width: 1280, height: 800}, ...options});
  const tab = await context.newPage();
  tab.on('console', message => {
    if (['error', 'warning'].includes(message.type()) && !/GL Driver Message|swiftshader/i.test(message.text())) {
      wrong.push(`${message.type()}: ${message.text()}`);
    }
  });
  tab.on('pageerror', problem => wrong.push(`error: ${problem.stack ?? problem.message}`));
  tab.on('request', request => {
    if (!request.url().startsWith(home) && !/^(data|blob):/.test(request.url())) {
      wrong.push(`a request leaves this machine: ${request.url()}`);
    }
  });
  await tab.goto(home + address);
  await tab.waitForFunction(() => !document.getElementById('says'), null, {timeout: PATIENCE});
  return tab;
}

// Has the controls be elements, as somebody with a screen reader does.
async function described(tab) {
  await tab.locator('#describe').focus();
  await tab.keyboard.press('Enter');
  await tab.getByRole('button', {name: 'Settle', exact: true}).waitFor({state: 'attached', timeout: PATIENCE});
  return tab;
}

// Presses a control by its name, with the mouse.
async function press(tab, name, role = 'button') {
  const control = tab.getByRole(role, {name, exact: true}).first();
  await control.waitFor({state: 'attached', timeout: PATIENCE});
  const box = await control.boundingBox();
  await tab.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

const says = (tab, text) => tab.locator('#mirror').getByText(text).first().waitFor({state: 'attached', timeout: PATIENCE});
const texts = tab => tab.locator('#mirror').innerText();

// The pixels of a part of the window; there must be something to see.
async function look(tab, name) {
  const file = path.join(folder, `${name}.png`);
  const shot = await tab.screenshot({path: file});
  const colours = await tab.evaluate(async source => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const {data} = context.getImageData(0, 0, image.width, image.height);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4) seen.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
    return seen.size;
  }, `data:image/png;base64,${shot.toString('base64')}`);
  assert.ok(colours > 100, `${name}: ${colours} colours, nothing is drawn`);
}

async function saved(tab, act) {
  const [download] = await Promise.all([tab.waitForEvent('download', {timeout: PATIENCE}), act()]);
  return fs.readFileSync(await download.path());
}

const tests = {
  async 'opens, plays and settles'() {
    const tab = await described(await open());
    await look(tab, 'opened');
    await says(tab, /Nearest is pattern 3/);
    await press(tab, 'Play');
    await says(tab, /Remembered: the 3/);
    await press(tab, 'Reset');
    await press(tab, 'Settle');
    await says(tab, /Remembered: the 3/);
    await look(tab, 'settled');
    await tab.context().close();
  },
};

let failed = 0;
const only = process.env.ONLY;
for (const [name, test] of Object.entries(tests)) {
  if (only && !name.includes(only)) continue;
  wrong.length = 0;
  const start = Date.now();
  try {
    await test();
    assert.deepEqual(wrong, []);
    console.log(`test ${name} ... ok, ${((Date.now() - start) / 1000).toFixed(1)} s`);
  } catch (problem) {
    failed += 1;
    console.log(`test ${name} ... FAILED\n${problem.stack ?? problem}\n${wrong.join('\n')}`);
  }
}
await browser.close();
server.close();
console.log(`test result: ${failed ? 'FAILED' : 'ok'}. ${Object.keys(tests).length - failed} passed; ${failed} failed; pictures in ${folder}`);
process.exitCode = failed ? 1 : 0;
