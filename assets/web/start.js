// Starts the program, or says what is missing; fetches what sets formulas when the program asks for it.
import init from './engram.js';

const says = document.getElementById('says');
globalThis.engramFormulas = async () => {
  const formulas = await import('./formulas.js');
  await formulas.default();
  return globalThis.engramAnswer;
};
// A fault of the program ends it: what was open is there again after a reload.
const stopped = ({error, reason}) => {
  if (!((error ?? reason) instanceof WebAssembly.RuntimeError)) return;
  says.textContent = 'Engram has stopped by a fault of its own. Reload this page: the session is there as it was kept last.';
  says.classList.add('stopped');
  document.body.append(says);
};
addEventListener('error', stopped);
addEventListener('unhandledrejection', stopped);
try {
  await init();
} catch (problem) {
  says.textContent = `Engram could not be started: ${problem.message ?? problem}.`;
  throw problem;
}
