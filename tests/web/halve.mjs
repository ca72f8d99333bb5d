// Cuts the program of a page in two: what its first frame calls, and the rest (see assets/web/halves.js).
//
//     node tests/web/halve.mjs PAGE
//
// Needs binaryen, for wasm-split and wasm-opt, and Chromium, in which it has the program tell which functions are called.
import {execFileSync, spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {CHROMIUM, FLAGS} from './chromium.mjs';
import {serve} from './server.mjs';

const [page] = process.argv.slice(2);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'engram-halves-'));
const inScratch = name => path.join(scratch, name);
const wasm = path.join(page, 'engram_bg.wasm');
const run = (tool, ...given) => execFileSync(tool, ['--all-features', ...given], {stdio: 'inherit'});

// Before the program starts: nothing is fetched but what the first frame needs.
const BEFORE = 'globalThis.engramWhole = new Promise(() => {});\n';

// After it has started: some frames, a pointer that comes and goes, and what was called until then.
const AFTER = `
const program = await init();
const frame = () => new Promise(requestAnimationFrame);
while (document.getElementById('says')) await frame();
for (let count = 0; count < 5; count += 1) await frame();
const canvas = document.getElementById('engram');
for (const name of ['pointerenter', 'pointermove', 'mousemove', 'pointerleave', 'mouseleave']) {
  canvas.dispatchEvent(new MouseEvent(name, {clientX: 300, clientY: 300, bubbles: true}));
  await frame();
  await frame();
}
const room = program.memory.grow(64) << 16;
const length = program.__write_profile(room, 64 << 16);
await fetch('profile', {method: 'POST', body: new Uint8Array(program.memory.buffer, room, length)});
if (!sessionStorage.again) {
  sessionStorage.again = true;
  location.reload();
}
`;

// The functions that a window of this size calls when it is opened, and when it is opened again.
async function profiles(size) {
  const instead = {
    '/engram_bg.wasm': fs.readFileSync(inScratch('telling.wasm')),
    '/start.js': BEFORE + fs.readFileSync(path.join(page, 'start.js'), 'utf8') + AFTER,
  };
  const found = [];
  let enough;
  const both = new Promise((resolve, reject) => {
    enough = resolve;
    setTimeout(() => reject(new Error(`Chromium has told ${found.length} of 2 profiles in ten minutes`)), 600_000).unref();
  });
  const {home, close} = await serve(page, {instead, told(bytes) {
    found.push(bytes);
    if (found.length === 2) enough();
  }});
  const chromium = spawn(CHROMIUM, [...FLAGS, '--headless=new', `--window-size=${size}`,
    `--user-data-dir=${inScratch(`of-${size}`)}`, home], {stdio: 'ignore', detached: true});
  try {
    await both;
  } finally {
    process.kill(-chromium.pid, 'SIGKILL');
    close();
  }
  return found;
}

// Puts `other` in the place of a text that stands in a file a number of times.
function replaced(whole, [text, times, other]) {
  const pieces = whole.split(text);
  if (pieces.length !== times + 1) throw new Error(`"${text}" stands there ${pieces.length - 1} times, not ${times}`);
  return pieces.join(other);
}

run('wasm-split', '--instrument', wasm, '-o', inScratch('telling.wasm'));
const all = [...await profiles('1280,800'), ...await profiles('390,800')].map((bytes, index) => {
  fs.writeFileSync(inScratch(`${index}.profile`), bytes);
  return inScratch(`${index}.profile`);
});
run('wasm-split', '--merge-profiles', ...all, '-o', inScratch('merged.profile'));
run('wasm-split', wasm, `--profile=${inScratch('merged.profile')}`, '--export-prefix=%', '-o1', inScratch('first.wasm'),
  '-o2', inScratch('rest.wasm'));
// What makes each smallest once it is compressed.
run('wasm-opt', '-O1', inScratch('first.wasm'), '-o', wasm);
run('wasm-opt', '-Os', inScratch('rest.wasm'), '-o', path.join(page, 'engram_rest.wasm'));
const change = (name, ...changes) => {
  const file = path.join(page, name);
  fs.writeFileSync(file, changes.reduce(replaced, fs.readFileSync(file, 'utf8')));
};
change('engram.js',
  ['function __wbg_get_imports() {', 1, "import {begin, placeholder} from './halves.js';\n\nfunction __wbg_get_imports() {"],
  ['const imports = __wbg_get_imports();', 2, 'const imports = {...__wbg_get_imports(), placeholder};'],
  ['    wasm = instance.exports;', 1, '    wasm = instance.exports;\n    begin(wasm);']);
const preload = '<link rel="modulepreload" href="engram.js">';
change('index.html', [preload, 1, preload + preload.replace('engram.js', 'halves.js')]);
fs.rmSync(scratch, {recursive: true, force: true, maxRetries: 20, retryDelay: 200});
