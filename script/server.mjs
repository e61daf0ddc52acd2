// A static file server for dist/, as a good static host behaves: types, compressed twins, long
// caching of files named by their content and none of the page.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

// Reads the file, or the twin of it that the client accepts.
async function read(path, accepted) {
  for (const [encoding, ending] of [['br', '.br'], ['gzip', '.gz']]) {
    if (!new RegExp(`\\b${encoding}\\b`).test(accepted)) continue;
    try {
      return { encoding, bytes: await readFile(path + ending) };
    } catch {
      // No twin.
    }
  }
  return { bytes: await readFile(path) };
}

/**
 * Serves `folder` under the path `base` (which starts and ends with a slash).
 * `change(name, bytes)` may return other bytes for a file, for tests of altered builds.
 * Returns { url, close(), requests }, requests being the paths asked for so far.
 */
export async function serveFolder({ folder, base = '/', port = 0, host = '127.0.0.1', change }) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://local').pathname);
    requests.push(path);
    const name = path.startsWith(base) ? normalize(path.slice(base.length)) || 'index.html' : null;
    const file = name === '.' ? 'index.html' : name;
    if (file === null || file.startsWith('..') || !['GET', 'HEAD'].includes(request.method)) {
      response.writeHead(404).end('not found');
      return;
    }
    try {
      let { bytes, encoding } = await read(join(folder, file), change ? '' : request.headers['accept-encoding'] ?? '');
      bytes = change?.(file, bytes) ?? bytes;
      response.writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-length': bytes.length,
        'cache-control': /-[0-9a-f]{16}\./.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
        'x-content-type-options': 'nosniff',
        vary: 'accept-encoding',
        ...(encoding && { 'content-encoding': encoding }),
      });
      response.end(request.method === 'HEAD' ? undefined : bytes);
    } catch {
      response.writeHead(404).end('not found');
    }
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    requests,
    url: `http://${host}:${server.address().port}${base}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
