// The program in a worker of the page: it does errands.
import init from './engram.js';

await init();
