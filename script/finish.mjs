// Finishes dist/ after Trunk built it (a post_build hook of Trunk.toml): cuts the WebAssembly of
// the page and of the worker at their split points (src/web/later.rs, src/bin/worker.rs) into what the
// first screen needs and the rest, names every file by its content, minifies the JavaScript, joins the
// styles of each part, wraps the workers' glue, and gives the boot script the names and digests of what
// it fetches, so that a half-published or altered build is refused. Release builds also get .br and .gz
// twins for hosts that serve them.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const source = process.env.TRUNK_SOURCE_DIR ?? '.';
const staging = process.env.TRUNK_STAGING_DIR ?? 'dist';
const release = (process.env.TRUNK_PROFILE ?? 'release') === 'release';

// Those who run Trunk without script/ may not have it: then the JavaScript stays as it is.
const { minify } = await import('terser').catch(() => ({}));

const stop = (why) => {
  console.error(`finish: ${why}`);
  process.exit(1);
};

// Takes the only file of the staging folder that matches out of it.
function take(pattern) {
  const found = readdirSync(staging).filter((name) => pattern.test(name));
  if (found.length !== 1) stop(`expected one file ${pattern}, found ${found.length}`);
  const path = join(staging, found[0]);
  const bytes = readFileSync(path);
  rmSync(path);
  return bytes;
}

// Writes a file under a name that changes with its content.
function put(stem, ending, content) {
  const bytes = Buffer.from(content);
  const digest = createHash('sha256').update(bytes).digest();
  const name = `${stem}-${digest.toString('hex').slice(0, 16)}.${ending}`;
  writeFileSync(join(staging, name), bytes);
  // Digests cannot be compressed: longer ones would cost the first load for no more safety.
  return { url: name, integrity: `sha256-${digest.toString('base64')}` };
}

async function compact(code, module) {
  const text = code.toString();
  if (!release || !minify) return text;
  const mangle = { toplevel: module };
  return (await minify(text, { module, mangle, compress: { passes: 2 }, format: { comments: false } })).code;
}

// A worker's glue as a function of its scope and of what gets its rest: called on the page it is the
// stand-in, and as text it is the worker. Its names stay inside, so both workers may stand in at once.
const asFunction = (kind, glue, start) => compact(
  `perennial.glue.${kind} = function (perennialScope, perennialRest) {\n${glue}\nreturn ${start};\n};\n`,
  false,
);

// The styles of a folder, as one.
function styles(folder) {
  const text = readdirSync(join(source, folder))
    .filter((name) => name.endsWith('.css'))
    .sort()
    .map((name) => readFileSync(join(source, folder, name), 'utf8'))
    .join('\n');
  if (!release) return text;
  // Text between quotes holds no brace, semicolon, colon or comma here.
  return text.replace(/\/\*[^]*?\*\//g, '').replace(/\s*([{};])\s*/g, '$1').replace(/([:,])\s+/g, '$1').replace(/;}/g, '}');
}

// What the programs may use of WebAssembly: what rustc emits by default, and 128-bit SIMD.
const features = [
  'bulk-memory', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext', 'simd',
].map((name) => `--enable-${name}`);

// What only tools read.
const stripped = ['--strip-producers', '--strip-target-features'];

async function run(program, ...options) {
  try {
    await promisify(execFile)(program, options, { cwd: source, maxBuffer: 1 << 26 });
  } catch (error) {
    stop(error.code === 'ENOENT' ? `${program} is not installed: script/build installs it` : `${error.message}\n${error.stdout ?? ''}`);
  }
}

// Streams of a library below Leptos, which the page has no use for, but which are exported and so
// would be kept with all they need.
const unused = /^(__wbg_)?intounderlying/;
async function dropUnused(path, folder) {
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(path))).map(({ name }) => name);
  const kept = exported.filter((name) => !unused.test(name));
  if (kept.length === exported.length) return;
  const graph = join(folder, 'exports.json');
  writeFileSync(graph, JSON.stringify(kept.map((name) => ({ name, root: true, export: name }))));
  await run('wasm-metadce', ...features, '--graph-file', graph, path, '-o', path);
}

// Their JavaScript.
const unusedGlue = /^export class IntoUnderlying\w+ \{[^]*?^\}$|^if \(Symbol\.dispose\) IntoUnderlying.*$|^const IntoUnderlying\w+Finalization = [^;]*;$/gm;

const swap = (text, from, to) => (text.split(from).length === 2 ? text.replace(from, () => to) : stop(`the glue has not one ${from}`));

// A program as cargo left it, cut in two, each part optimised: Trunk's own output for it is whole, and
// its split point leads nowhere. `rest` is what its glue calls for the rest, which comes by the boot
// script, so that its bytes are checked like all others and fetched before connections are locked.
async function cut(name, profile, level, rest) {
  const made = mkdtempSync(join(tmpdir(), 'perennial-'));
  const whole = join(process.env.CARGO_TARGET_DIR ?? join(source, 'target'), `wasm32-unknown-unknown/${profile}/${name}.wasm`);
  await run('wasm-split-cli', whole, made, '--target', 'web', '--out-name', name);
  await run('wasm-bindgen', '--target', 'web', '--no-typescript', '--keep-lld-exports', '--no-demangle',
    '--out-dir', join(made, 'glue'), '--out-name', name, join(made, `${name}.wasm`));
  const parts = readdirSync(made).filter((file) => /\.wasm$/.test(file) && file !== `${name}.wasm`);
  if (parts.join() !== 'split_rest.wasm') stop(`${name} was cut into ${parts.join(', ') || 'one part'}`);
  const paths = [join(made, `glue/${name}_bg.wasm`), join(made, 'split_rest.wasm')];
  await dropUnused(paths[0], made);
  if (release) await Promise.all(paths.map((path) => run('wasm-opt', ...level, ...stripped, ...features, path, '-o', path)));

  let loader = readFileSync(join(made, '__wasm_split.js'), 'utf8');
  loader = swap(loader, `import { initSync } from "./${name}.js";`, '');
  loader = swap(loader, 'fetch(new URL("./split_rest.wasm", import.meta.url))', rest);
  loader = swap(loader, 'WebAssembly.instantiateStreaming(src, imports)', 'WebAssembly.instantiate(await src, imports)');
  loader = swap(loader, 'export const __wasm_split_load_rest', 'const __wasm_split_load_rest');
  let glue = readFileSync(join(made, `glue/${name}.js`), 'utf8');
  glue = swap(glue, 'import * as import1 from "./__wasm_split.js"', `${loader}\nconst import1 = { __wasm_split_load_rest };`);
  glue = glue.replace(unusedGlue, '');
  if (/IntoUnderlying/.test(glue)) stop(`the glue of ${name} holds streams that nothing uses`);
  if (/^\s*import\b/m.test(glue)) stop(`the glue of ${name} imports snippets, which the boot script does not load`);
  const [first, later] = paths.map((path) => readFileSync(path));
  rmSync(made, { recursive: true });
  return { glue, first, later };
}

async function page() {
  take(/^perennial-[0-9a-f]+\.js$/);
  take(/^perennial-[0-9a-f]+_bg\.wasm$/);
  const { glue, first, later } = await cut('perennial', 'page', ['-Oz', '-Os', '-Oz', '--converge'], 'perennial.rest()');
  return {
    js: put('perennial', 'js', await compact(glue, true)),
    wasm: put('perennial', 'wasm', first),
    rest: put('rest', 'wasm', later),
    style: put('rest', 'css', styles('style/later')),
  };
}

// A function that is called from one place only is otherwise put in that place, whatever its size. An
// engine compiles what runs long anew, function by function: one that holds a whole job takes it a
// tenth of a second.
const apart = '--one-caller-inline-max-function-size=40';

// Cut like the page; its glue is a module's, which a function cannot hold as it is.
async function worker() {
  take(/^worker\.js$/);
  take(/^worker_bg\.wasm$/);
  const { glue, first, later } = await cut('worker', 'worker', ['-Oz', '-Os', apart], 'perennialRest()');
  let inner = swap(glue, 'export { initSync, __wbg_init as default };', '');
  inner = swap(inner, "new URL('worker_bg.wasm', import.meta.url)", 'undefined');
  if (/^\s*export\b|\bimport\.meta\b/m.test(inner)) stop('the glue of the worker does not fit in a function');
  return {
    js: put('worker', 'js', await asFunction('worker', inner, '__wbg_init')),
    wasm: put('worker', 'wasm', first),
    rest: put('worker-rest', 'wasm', later),
  };
}

async function workbook() {
  const glue = take(/^workbook\.js$/).toString();
  if (!/\b(let|const|var) wasm_bindgen\b/.test(glue)) stop('the glue of the workbook reader declares no wasm_bindgen');
  return {
    js: put('workbook', 'js', await asFunction('workbook', glue, 'wasm_bindgen')),
    wasm: put('workbook', 'wasm', take(/^workbook_bg\.wasm$/)),
  };
}

const files = { page: await page(), worker: await worker(), workbook: await workbook() };

const boot = readFileSync(join(source, 'src/web/boot.js'), 'utf8');
const place = '= __FILES__;';
if (!boot.includes(place)) stop('src/web/boot.js has no place for the names of the files');
const bootFile = put('boot', 'js', await compact(boot.replace(place, () => `= ${JSON.stringify(files)};`), false));
const cssFile = put('style', 'css', styles('style'));

const tags = [
  `<link rel="stylesheet" href="./${cssFile.url}" integrity="${cssFile.integrity}">`,
  `<link rel="modulepreload" href="./${files.page.js.url}" integrity="${files.page.js.integrity}">`,
  `<script defer src="./${bootFile.url}" integrity="${bootFile.integrity}"></script>`,
];
const index = join(staging, 'index.html');
const html = readFileSync(index, 'utf8')
  .replace(/<!--[^]*?-->\s*/g, '')
  .replace(/<link [^>]*data-trunk[^>]*>\s*/g, '')
  .replace('</head>', () => `${tags.join('\n    ')}\n  </head>`);
writeFileSync(index, html);

if (release) {
  const packed = readdirSync(staging).filter((name) => /\.(html|js|css|wasm)$/.test(name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  await Promise.all(packed.map(async (name) => {
    const bytes = readFileSync(join(staging, name));
    writeFileSync(join(staging, `${name}.br`), await promisify(brotliCompress)(bytes, { params }));
    writeFileSync(join(staging, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
  }));
}
