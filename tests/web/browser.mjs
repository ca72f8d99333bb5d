// What the test and the measurement of the page share: Chromium, and how an embedded window is led.
import {createRequire} from 'node:module';
import {CHROMIUM, FLAGS} from './chromium.mjs';

const {chromium} = createRequire(process.cwd() + '/')('playwright-core');

// How long anything may take.
export const PATIENCE = 120_000;

// Chromium, drawing without a graphics card and keeping to itself.
export const launch = () => chromium.launch({
  executablePath: CHROMIUM,
  args: FLAGS,
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
