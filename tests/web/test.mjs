// The page in a real browser: opened, used, and held against the program.
//
//     node tests/web/test.mjs PAGE PROGRAM [FOLDER]
//
// PAGE is the folder that tests/web/build.sh made, PROGRAM the program of the same sources; screenshots are left in FOLDER.
// Needs Chromium and, from npm, playwright-core.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {embedded, facts, launch, PATIENCE, script} from './browser.mjs';
import {serve} from './server.mjs';

const [page, program, folder = fs.mkdtempSync(path.join(os.tmpdir(), 'engram-page-'))] = process.argv.slice(2);
const {home, close} = await serve(page);
const browser = await launch();

// A window of the browser on `address`; what goes wrong in it fails the test at the end.
const wrong = [];
async function open(address = '', options = {}) {
  const context = options.context ?? await browser.newContext({viewport: {width: 1280, height: 800}, ...options});
  const tab = await context.newPage();
  tab.on('console', message => {
    if (message.type() === 'error') wrong.push(`error: ${message.text()}`);
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
  await tab.locator('#mirror > *').first().waitFor({state: 'attached', timeout: PATIENCE});
  return tab;
}

// Where a control is, by its name; what has just opened still finds its place: where it stays.
async function placeOf(tab, name, role = 'button') {
  const control = tab.getByRole(role, {name, exact: true}).first();
  await control.waitFor({state: 'attached', timeout: PATIENCE});
  let box = await control.boundingBox();
  for (let before = null; JSON.stringify(before) !== JSON.stringify(box);) {
    before = box;
    await tab.waitForTimeout(200);
    box = await control.boundingBox();
  }
  return {...box, middle: [box.x + box.width / 2, box.y + box.height / 2]};
}

// Presses a control with the mouse.
const press = async (tab, ...control) => tab.mouse.click(...(await placeOf(tab, ...control)).middle);

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

// The window as part of a page.
const frame = async address => open(address, {context: await embedded(browser)});

// The rows of an experiment as `engram lab` writes them, header apart, and its recipe.
function table(world, args) {
  const file = path.join(folder, 'table.ecsv');
  fs.rmSync(file, {force: true});
  execFileSync(program, ['lab', ...args, '--world', world, '--out', file], {stdio: 'ignore'});
  const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  const parts = lines.map(line => /^#   - \[([^,]+), '(.*)'\]$/.exec(line)).filter(Boolean);
  const session = path.join(folder, 'world.engram');
  fs.rmSync(session, {force: true});
  execFileSync(program, ['recall', '--world', world, '--save', session], {stdio: 'ignore'});
  const document = JSON.parse(fs.readFileSync(session, 'utf8'));
  document.lab = [{
    world: document.recipe.world,
    parts: parts.map(([, key, value]) => [key, value.replaceAll("''", "'")]).filter(([key]) => !['world', 'data'].includes(key)),
  }];
  return {rows: lines.filter(line => !line.startsWith('#')).slice(1), document: JSON.stringify(document)};
}

// What a worker of the page comes to on an errand.
const errand = (tab, text) => tab.evaluate(text => new Promise((resolve, reject) => {
  const worker = new Worker('worker.js', {type: 'module'});
  const lines = [];
  worker.onerror = event => reject(new Error(event.message));
  worker.onmessage = ({data}) => {
    if (data === 'ready') worker.postMessage(text);
    else if (data === 'over') resolve(lines.map(line => JSON.parse(line)));
    else lines.push(data);
  };
}), text);

// A file of images in IDX, as digits are.
function idx(count, side) {
  const bytes = [0, 0, 8, 3, ...[count, side, side].flatMap(n => [0, 0, n >> 8, n & 255])];
  for (let at = 0; at < count * side * side; at += 1) bytes.push((at * 2654435761 >>> 7) % 5 < 2 ? 255 : 0);
  return bytes;
}

const drop = async (tab, name, bytes) => tab.dispatchEvent('canvas', 'drop', {
  dataTransfer: await tab.evaluateHandle(([name, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name));
    return data;
  }, [name, bytes]),
});

const tests = {
  async 'opens, plays, settles, and comes back after a reload'() {
    const tab = await described(await open());
    await says(tab, /Nearest is pattern 3/);
    // The formula of the rule, from the page's second program.
    await says(tab, /C \+ ε/);
    await look(tab, 'opened');
    await press(tab, 'Play');
    await says(tab, /Remembered: the 3/);
    await press(tab, 'Reset');
    await says(tab, /Nearest is pattern 3/);
    await press(tab, 'Settle');
    await says(tab, /Remembered: the 3/);
    await look(tab, 'settled');
    await press(tab, 'One per class');
    await says(tab, 'P = 10');
    // How one looks at it comes back too.
    await press(tab, 'Margins', 'radio');
    await tab.getByRole('radio', {name: 'Margins', checked: true}).first().waitFor({state: 'attached', timeout: PATIENCE});
    await tab.reload();
    await tab.waitForFunction(() => !document.getElementById('says'), null, {timeout: PATIENCE});
    await described(tab);
    await says(tab, 'P = 10');
    await tab.getByRole('radio', {name: 'Margins', checked: true}).first().waitFor({state: 'attached', timeout: PATIENCE});
    await tab.context().close();
  },

  async 'a finger draws, and a phone has one column'() {
    const tab = await open('', {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true});
    await described(tab);
    await says(tab, /212 wrong/);
    await look(tab, 'phone');
    const touch = await tab.context().newCDPSession(tab);
    const send = (type, at) => touch.send('Input.dispatchTouchEvent', {type, touchPoints: at ? [{x: at[0], y: at[1]}] : []});
    await send('touchStart', [30, 130]);
    for (let step = 1; step <= 20; step += 1) {
      await send('touchMove', [30 + 6 * step, 130 + 5 * step]);
      await tab.waitForTimeout(20);
    }
    await send('touchEnd');
    await tab.waitForFunction(() => !/212 wrong/.test(document.getElementById('mirror').innerText), null, {timeout: PATIENCE});
    await look(tab, 'phone-drawn');
    await tab.context().close();
  },

  async 'two fingers zoom into the couplings, and a finger that stays has tooltips'() {
    const tab = await described(await open('', {hasTouch: true}));
    await says(tab, /Nearest is pattern 3/);
    const touch = await tab.context().newCDPSession(tab);
    const send = (type, ...at) => touch.send('Input.dispatchTouchEvent', {
      type, touchPoints: at.map(([x, y], id) => ({x, y, id})),
    });
    const {middle: [x, y], ...clip} = await placeOf(tab, 'Matrix of couplings', 'img');
    const picture = async () => (await tab.screenshot({clip})).toString('base64');
    const whole = await picture();
    await send('touchStart', [x - 10, y], [x + 10, y]);
    for (let step = 1; step <= 10; step += 1) {
      await send('touchMove', [x - 10 - 4 * step, y], [x + 10 + 4 * step, y]);
      await tab.waitForTimeout(30);
    }
    await send('touchEnd');
    await tab.waitForTimeout(500);
    assert.notEqual(await picture(), whole);
    await look(tab, 'pinched');
    const {middle} = await placeOf(tab, 'Play');
    // On a busy machine a finger may seem to have come and gone.
    let told = false;
    for (let tries = 0; !told && tries < 5; tries += 1) {
      await send('touchStart', middle);
      const tooltip = () => /\(Space\)/.test(document.getElementById('mirror').innerText);
      told = await tab.waitForFunction(tooltip, null, {timeout: 10_000}).then(() => true, () => false);
      if (told) await look(tab, 'long-press');
      await send('touchEnd');
    }
    assert.ok(told, 'no tooltip');
    await tab.context().close();
  },

  async 'takes files that are dropped, and gives files as downloads'() {
    const tab = await described(await open());
    await says(tab, /Nearest is pattern 3/);
    await press(tab, 'Settle');
    await press(tab, 'File');
    const gif = await saved(tab, () => press(tab, 'Save recall as GIF…'));
    assert.equal(gif.subarray(0, 6).toString(), 'GIF89a');
    await drop(tab, 'toy-images-idx3-ubyte', idx(12, 10));
    await press(tab, 'Use these patterns');
    await says(tab, '100 × 100 values');
    await look(tab, 'dropped');
    await tab.context().close();
  },

  async 'takes a picture that is pasted'() {
    const tab = await described(await open());
    await says(tab, /Nearest is pattern 3/);
    await tab.evaluate(async () => {
      const canvas = new OffscreenCanvas(56, 56);
      const context = canvas.getContext('2d');
      context.fillRect(0, 0, 56, 56);
      context.fillStyle = 'white';
      context.fillRect(24, 6, 8, 44);
      const data = new DataTransfer();
      data.items.add(new File([await canvas.convertToBlob()], 'stroke.png', {type: 'image/png'}));
      document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));
    });
    await says(tab, /stroke\.png/);
    await look(tab, 'pasted');
    await tab.context().close();
  },

  async 'what is called before the rest of the program is there waits for it'() {
    const context = await browser.newContext({viewport: {width: 1280, height: 800}});
    await context.route('**/engram_rest.wasm', async route => {
      // The first who asks gets no answer for as long as the test lasts; a page in one file asks for none.
      if (route.request().resourceType() === 'fetch') return;
      await route.continue();
    });
    const tab = await described(await open('', {context}));
    await press(tab, 'Lab', 'radio');
    await says(tab, /Run/);
    await look(tab, 'early');
    await context.close();
  },

  async 'a session in the address opens, and a malformed one says so in a sentence'() {
    const shared = execFileSync(program, ['recall', '--world', 'glyphs:p=6', '--share'], {encoding: 'utf8'}).trim().split('\n').at(-1);
    const tab = await described(await open(`#${shared}`));
    await says(tab, 'P = 6');
    await tab.evaluate(() => { location.hash = '#engram:nonsense'; });
    await tab.waitForFunction(() => /line of text|session/i.test(document.getElementById('mirror').innerText), null, {timeout: PATIENCE});
    await look(tab, 'malformed');
    await says(tab, 'P = 6');
    await tab.context().close();
  },

  async 'rows of the lab are those of the program, to the last digit'() {
    const tab = await open();
    for (const [world, ...args] of [
      ['random:n=100,p=20', 'basins:points=6,patterns=5', '--rules', 'hebb,storkey,pseudo-likelihood,dense:n=3'],
      ['random:n=60,p=6', 'temperature', '--repeats', '2'],
      ['mnist:p=20,size=14', 'basins:points=4,patterns=4', '--rules', 'hebb,pseudo-likelihood'],
    ]) {
      const {rows, document} = table(world, args);
      const lines = await errand(tab, JSON.stringify({Lab: {document, cells: [...rows.keys()]}}));
      const found = [];
      for (const {Finished} of lines.filter(line => line.Finished)) {
        const written = ({Text, Number: number}) => Text ?? number ?? '';
        found[Finished.cell] = Finished.row.map(written).map(text => /[,"\n ]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text).join(',');
      }
      assert.deepEqual(found, rows);
    }
    await tab.context().close();
  },

  async 'a memory of each kind comes to the bits of the program'() {
    const tab = await frame('?ui=recall');
    const hash = {page: createHash('sha256'), program: createHash('sha256')};
    const both = async (rule, dynamics) => {
      await script(tab, `set world.p=20; set rule=${rule}; set dynamics=${dynamics}; settle`);
      const parts = JSON.stringify(rule.split(/[:,]/));
      const found = await facts(tab, `facts => facts.n_patterns === 20 && ${parts}.every(part => facts.rule.includes(part)) && facts.dynamics === '${dynamics}'`);
      const args = ['recall', '--world', 'mnist:p=20', '--rule', rule, '--dynamics', dynamics, '--json'];
      return [found, JSON.parse(execFileSync(program, args, {encoding: 'utf8'}))];
    };
    for (const [rule, dynamics] of [
      ['hebb', 'async'], ['dense:n=3', 'async'], ['pseudo-likelihood:optimiser=descent,steps=60', 'async'], ['hebb', 'glauber:T=0.5'],
    ]) {
      const [found, wanted] = await both(rule, dynamics);
      // The energy of every frame holds every coupling to its last bit; where there is none, asymmetry and margins do.
      for (const key of ['cue_overlap', 'energy', 'asymmetry', 'margin_min', 'flips', 'overlaps', 'sweeps', 'verdict_text']) {
        assert.ok(found[key] !== undefined, key);
        assert.deepEqual(found[key], wanted[key], `${rule}, ${dynamics}: ${key}`);
        hash.page.update(JSON.stringify(found[key]));
        hash.program.update(JSON.stringify(wanted[key]));
      }
    }
    const [there, here] = [hash.page, hash.program].map(hash => hash.digest('hex').slice(0, 16));
    assert.equal(there, here);
    // What solves equations by a library, whose sums have an order for each vector unit.
    for (const rule of ['pseudo-likelihood:optimiser=fast', 'pseudo-inverse']) {
      const [found, wanted] = await both(rule, 'async');
      for (const key of ['cue_overlap', 'flips', 'overlaps', 'sweeps', 'verdict_text']) {
        assert.deepEqual(found[key], wanted[key], `${rule}: ${key}`);
      }
      assert.ok(Math.abs(found.margin_min / wanted.margin_min - 1) < 2e-5, `${rule}: ${found.margin_min}, ${wanted.margin_min}`);
    }
    console.log(`     the hash of all is ${there}, of the page and of the program`);
    await tab.context().close();
  },

  async 'a picture of basins is refined by workers'() {
    const tab = await open('?ui=plane');
    if (tab.workers().length === 0) await tab.waitForEvent('worker', {timeout: PATIENCE});
    // They end when every row is there.
    while (tab.workers().length > 0) await tab.waitForTimeout(200);
    await look(tab, 'plane');
    await tab.context().close();
  },

  async 'a page around it sends scripts and hears facts'() {
    const tab = await frame('?ui=recall&lock=cue.flip');
    await script(tab, 'set world.p=10; set rule=hebb; set cue.flip=0.1; settle');
    const easy = await facts(tab, '({n_patterns}) => n_patterns === 10');
    assert.ok(easy.final_overlap > 0.5, JSON.stringify(easy));
    await look(tab, 'embedded');
    const wanted = JSON.parse(execFileSync(program, ['recall', '--world', 'mnist:p=10', '--rule', 'hebb', '--corrupt', 'flip=0.1', '--json'], {encoding: 'utf8'}));
    assert.equal(easy.final_overlap, wanted.final_overlap);
    assert.deepEqual(easy.energy, wanted.energy);
    await tab.context().close();
    const course = await open('embed.html');
    await course.frameLocator('#engram').locator('#says').waitFor({state: 'detached', timeout: PATIENCE});
    await course.locator('#stored').fill('5');
    await course.getByText(/Overlap with the original: \d/).waitFor({timeout: PATIENCE});
    await look(course, 'course');
    await course.context().close();
  },
};

let [passed, failed] = [0, 0];
const only = process.env.ONLY;
for (const [name, test] of Object.entries(tests)) {
  if (only && !name.includes(only)) continue;
  wrong.length = 0;
  const start = Date.now();
  try {
    await test();
    assert.deepEqual(wrong, []);
    passed += 1;
    console.log(`test ${name} ... ok, ${((Date.now() - start) / 1000).toFixed(1)} s`);
  } catch (problem) {
    failed += 1;
    console.log(`test ${name} ... FAILED\n${problem.stack ?? problem}\n${wrong.join('\n')}`);
  }
}
await browser.close();
close();
console.log(`The page in Chromium: ${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
