// The program in two files: what the first frame calls, and the rest, which is fetched while that is drawn. What is called
// before it is there waits for it. In a worker, which nobody looks at, the rest is fetched first.
const REST = new URL('engram_rest.wasm', import.meta.url);

let program;
let rest;

const join = module => { rest ??= new WebAssembly.Instance(module, {primary: program}); };

// Asks for the file and waits for the answer, which is read as text: a page may wait for nothing else.
function fetchAtOnce() {
  const request = new XMLHttpRequest();
  request.open('GET', REST, false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  request.send();
  if (request.status !== 200) throw new Error(`${request.status} ${request.statusText}`);
  return Uint8Array.from(request.responseText, letter => letter.charCodeAt(0));
}

function joinAtOnce() {
  if (rest) return;
  try {
    join(new WebAssembly.Module(fetchAtOnce()));
  } catch (problem) {
    throw new WebAssembly.RuntimeError(`the rest of the program is not there: ${problem.message}`);
  }
}

// What the first part calls of the rest, by its place in the table of functions.
export const placeholder = new Proxy({}, {
  get: (_, place) => (...given) => {
    joinAtOnce();
    return program['%table'].get(Number(place))(...given);
  },
});

// The first part is there, with these exports.
export function begin(exports) {
  program = exports;
  if (globalThis.document === undefined) return joinAtOnce();
  globalThis.engramWhole = (async () => {
    const answer = await fetch(REST);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    join(await WebAssembly.compile(await answer.arrayBuffer()));
  })();
  // Whoever calls it first tries again.
  globalThis.engramWhole.catch(() => {});
}
