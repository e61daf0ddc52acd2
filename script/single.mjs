// Makes one file of a release build, which opens from a disk as well:
//   node script/single.mjs [dist] [dist-single/perennial.html]
// Styles and scripts stand in the page and are allowed by their hashes; the WebAssembly stands there
// as text, packed with gzip: browsers unpack that, but not brotli. src/web/single.js reads it.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const boot = (name) => readFileSync(new URL(`../src/web/${name}`, import.meta.url), 'utf8');

// Replaces what occurs once; a string or a pattern.
function swap(text, from, to) {
  const count = typeof from === 'string' ? text.split(from).length - 1 : [...text.matchAll(new RegExp(from, 'g'))].length;
  if (count !== 1) throw new Error(`single: ${from} occurs ${count} times, not once`);
  return text.replace(from, to);
}

// What stands between tags must not end them.
function within(tag, text) {
  if (/<\/(script|style)|<!--|[\r\0]/i.test(text)) throw new Error(`single: text that cannot stand in a ${tag}`);
  return text;
}

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page of the build in a folder, with all that belongs to it inside. */
export function singleFile(folder) {
  const names = readdirSync(folder);
  const read = (stem, ending) => {
    const found = names.filter((name) => new RegExp(`^${stem}-[0-9a-f]{16}\\.${ending}$`).test(name));
    if (found.length !== 1) throw new Error(`single: expected one ${stem}-*.${ending} in ${folder}, found ${found.length}`);
    return readFileSync(join(folder, found[0]));
  };

  // The page's glue is a module, which cannot be loaded from a disk: as a function it returns what the
  // module exports.
  let glue = read('perennial', 'js').toString();
  glue = swap(glue, 'import.meta.url', () => 'undefined');
  glue = swap(glue, /\bexport\s*\{[^}]*?([\w$]+) as default\s*\};?\s*$/, (_, start) => `;return ${start};`);
  if (/^\s*export\b|\bimport\.meta\b/m.test(glue)) throw new Error('single: the glue of the page does not fit in a function');
  const script = (code) => `() => {\n${code}\n}`;
  const files = `{
    page: { js: ${script(glue)}, wasm: 'page-wasm', rest: 'page-rest' },
    worker: { js: ${script(read('worker', 'js'))}, wasm: 'worker-wasm', rest: 'worker-rest' },
    workbook: { js: ${script(read('workbook', 'js'))}, wasm: 'workbook-wasm' },
  }`;
  // In the order in which they are needed.
  const modules = {
    'page-wasm': read('perennial', 'wasm'),
    'worker-wasm': read('worker', 'wasm'),
    'page-rest': read('rest', 'wasm'),
    'worker-rest': read('worker-rest', 'wasm'),
    'workbook-wasm': read('workbook', 'wasm'),
  };

  let code = swap(boot('boot.js'), / *\/\/ Where the files come from\.[^]*\/\/ The end of where the files come from\.\n/, () => boot('single.js'));
  code = within('script', swap(code, '= __FILES__;', () => `= ${files};`));
  const styles = within('style', `${read('style', 'css')}${read('rest', 'css')}`);
  const policy = [
    "default-src 'none'", `script-src ${hash(code)} 'wasm-unsafe-eval'`, `style-src ${hash(styles)}`,
    'img-src data: blob:', "connect-src 'none'", 'worker-src blob:',
    "base-uri 'none'", "form-action 'none'", "object-src 'none'", "frame-src 'none'",
  ].join('; ');
  const packed = Object.entries(modules).map(
    ([id, bytes]) => `<script type="application/octet-stream" id="${id}">${gzipSync(bytes, { level: 9 }).toString('base64')}</script>`,
  );

  let html = readFileSync(join(folder, 'index.html'), 'utf8');
  html = swap(html, /(http-equiv="Content-Security-Policy" content=")[^"]*/, (_, before) => before + policy);
  html = swap(html, /<link rel="stylesheet"[^>]*>/, () => `<style>${styles}</style>`);
  html = swap(html, /\s*<link rel="modulepreload"[^>]*>/, () => '');
  html = swap(html, /\s*<script defer [^>]*><\/script>/, () => '');
  // The script first: where the end of the file is missing, it says so.
  html = swap(html, /<\/body>/, () => `<script>${code}</script>\n${packed.join('\n')}\n</body>`);
  return html;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'dist', to = 'dist-single/perennial.html'] = process.argv.slice(2);
  const html = singleFile(folder);
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, html);
  console.log(`${to}: ${(Buffer.byteLength(html) / 1e6).toFixed(2)} MB`);
}
