// Starts the program, or says what is missing.
import init from './engram.js';

const says = document.getElementById('says');
try {
  await init();
} catch (problem) {
  says.textContent = `Engram could not be started: ${problem.message ?? problem}.`;
  throw problem;
}
