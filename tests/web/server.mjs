// Serves a page as any server of files does: nothing of it is special but that it compresses.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

const TYPES = {'.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm'};

// Serves the folder `page`, with other bytes under the addresses of `instead`; `told` takes what is sent.
export async function serve(page, {instead = {}, told} = {}) {
  const kept = new Map();
  const compressed = (file, bytes) => kept.get(file) ?? kept.set(file, zlib.gzipSync(bytes)).get(file);
  const server = http.createServer(async (request, response) => {
    const {pathname} = new URL(request.url, 'http://localhost');
    if (request.method === 'POST' && told) {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      response.writeHead(204).end();
      return told(Buffer.concat(chunks));
    }
    const file = path.join(page, decodeURIComponent(pathname).replace(/\/$/, '/index.html'));
    const send = bytes => {
      const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, {'content-type': type, 'content-encoding': 'gzip'}).end(compressed(file, bytes));
    };
    if (pathname in instead) return send(instead[pathname]);
    fs.readFile(file, (problem, bytes) => problem ? response.writeHead(404).end() : send(bytes));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {home: `http://127.0.0.1:${server.address().port}/`, close: () => server.close()};
}
