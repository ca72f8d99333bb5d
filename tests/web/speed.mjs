// What the page costs: its start on a slow line and a slow machine, its memory, and learning.
//
//     node tests/web/speed.mjs PAGE PROGRAM [ROUNDS]
//
// PAGE, PROGRAM and what is needed as for test.mjs. Prints medians of ROUNDS (5); times depend on the machine.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import {embedded, facts, launch, PATIENCE, script} from './browser.mjs';
import {serve} from './server.mjs';

const [page, program, rounds = '5'] = process.argv.slice(2);
const {home, close} = await serve(page);
const median = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const say = (name, numbers, unit) => console.log(
  `${name}: ${median(numbers)} ${unit} (${Math.min(...numbers)} to ${Math.max(...numbers)} of ${numbers.length})`);

for (const part of ['engram_bg.wasm', 'engram_rest.wasm'].map(name => path.join(page, name)).filter(fs.existsSync)) {
  const wasm = fs.readFileSync(part);
  console.log(`${path.basename(part)}: ${wasm.length} bytes, ${zlib.gzipSync(wasm, {level: 9}).length} gzipped`);
}

// When the window has drawn its first frame, in ms since the address was opened.
async function start(browser, {slowdown, bits}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}});
  await context.addInitScript(() => {
    const draw = WebGL2RenderingContext.prototype.drawElements;
    WebGL2RenderingContext.prototype.drawElements = function (...given) {
      globalThis.drawn ??= performance.now();
      return draw.apply(this, given);
    };
  });
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false, latency: 40, downloadThroughput: bits / 8, uploadThroughput: bits / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', {rate: slowdown});
  await tab.goto(home);
  const drawn = await tab.waitForFunction(() => globalThis.drawn, null, {timeout: PATIENCE}).then(found => found.jsonValue());
  await context.close();
  return Math.round(drawn);
}

// Megabytes that the processes of a tab hold, what they share with others counted in part.
async function memory(browser) {
  const tab = await browser.newPage({viewport: {width: 1280, height: 800}});
  await tab.goto(home, {waitUntil: 'networkidle'});
  await tab.waitForTimeout(3000);
  const {processInfo} = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  const held = ({id}) => {
    const line = fs.readFileSync(`/proc/${id}/smaps_rollup`, 'utf8').match(/^Pss: +(\d+) kB/m);
    return Number(line[1]) / 1024;
  };
  const renderers = processInfo.filter(({type}) => type === 'renderer').map(held);
  await tab.close();
  return Math.round(Math.max(...renderers));
}

// Seconds from a script that learns to what came of it, and the longest time between two frames meanwhile, in ms.
async function learning(browser, rule, p) {
  const context = await embedded(browser);
  const tab = await context.newPage();
  await tab.goto(home + '?ui=recall');
  await tab.waitForFunction(() => !document.getElementById('says'), null, {timeout: PATIENCE});
  await script(tab, 'set world.p=10; settle');
  await facts(tab, '({n_patterns}) => n_patterns === 10');
  await tab.evaluate(() => {
    let last = performance.now();
    globalThis.longest = 0;
    const frame = now => {
      globalThis.longest = Math.max(globalThis.longest, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const begun = Date.now();
  await script(tab, `set world.p=${p}; set rule=${rule}; settle`);
  const name = rule.split(':')[0];
  await facts(tab, `facts => facts.n_patterns === ${p} && facts.rule.startsWith('${name}')`);
  const seconds = (Date.now() - begun) / 1000;
  const longest = await tab.evaluate(() => Math.round(globalThis.longest));
  await context.close();
  return {seconds, longest};
}

const browser = await launch();
const many = async act => {
  const found = [];
  for (let round = 0; round < Number(rounds); round += 1) found.push(await act());
  return found;
};
say('first frame', await many(() => start(browser, {slowdown: 1, bits: 1e9})), 'ms');
say('first frame at 10 Mbit/s and a quarter of the speed', await many(() => start(browser, {slowdown: 4, bits: 1e7})), 'ms');
say('memory of the tab', await many(() => memory(browser)), 'MB');
for (const [rule, p] of [['hebb', 1000], ['pseudo-likelihood', 30], ['pseudo-likelihood', 100]]) {
  const found = await many(() => learning(browser, rule, p));
  const begun = Date.now();
  execFileSync(program, ['recall', '--world', `mnist:p=${p}`, '--rule', rule, '--threads', '1', '--json'], {stdio: 'ignore'});
  say(`${rule}, ${p} digits`, found.map(({seconds}) => seconds), 's');
  say('  longest time between two frames', found.map(({longest}) => longest), 'ms');
  console.log(`  the program on one thread, once: ${(Date.now() - begun) / 1000} s`);
}
await browser.close();
close();
