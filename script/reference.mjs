// Fetches the CDNOW sample, by which fits are compared with published ones, into a folder:
//   node script/reference.mjs FOLDER
// It ships inside the PyPI package lifetimes 0.11.3 (MIT licence), taken by name and pinned by hash.
// The index is pip's: PIP_INDEX_URL, else what pip is configured with, else pypi.org; where Node
// cannot fetch it, pip downloads it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const wheel = 'Lifetimes-0.11.3-py3-none-any.whl';
const sha256 = '261e3dc89977c2b60767ca6728aaa29d429de0c814635070a749c36555895da8';
const wanted = ['cdnow_customers_summary.csv', 'cdnow_customers_summary_with_transactions.csv', 'CDNOW_sample.txt'];

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node script/reference.mjs FOLDER');
  process.exit(2);
}
if (wanted.every((name) => existsSync(join(folder, name)))) process.exit(0);

const run = (...command) => {
  try {
    return execFileSync(command[0], command.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
};

const checked = (bytes) => {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${wheel} has the hash ${found}, not ${sha256}`);
  return bytes;
};

const get = async (url) => {
  const plain = new URL(url);
  const { username, password } = plain;
  plain.username = '';
  plain.password = '';
  const headers = username ? { authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` } : {};
  const response = await fetch(plain, { headers, signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Error(`${plain.host} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
};

const fromIndex = async () => {
  const configured = process.env.PIP_INDEX_URL || run('pip', 'config', 'get', 'global.index-url') || 'https://pypi.org/simple';
  const page = `${configured.replace(/\/+$/, '')}/lifetimes/`;
  const links = [...(await get(page)).toString('utf8').matchAll(/href="([^"]+)"/g)].map((match) => match[1].replaceAll('&amp;', '&'));
  const link = links.find((href) => href.split('#')[0].endsWith(`/${wheel}`));
  if (!link) throw new Error(`${new URL(page).host} does not list ${wheel}`);
  const url = new URL(link, page);
  const index = new URL(configured);
  if (url.host === index.host) [url.username, url.password] = [index.username, index.password];
  url.hash = '';
  return checked(await get(url.href));
};

const fromPip = () => {
  const place = mkdtempSync(join(tmpdir(), 'perennial-reference-'));
  try {
    for (const pip of [['pip'], ['pip3'], ['python3', '-m', 'pip'], ['python', '-m', 'pip']]) {
      run(...pip, 'download', '--quiet', '--no-deps', '--only-binary', ':all:', '--dest', place, 'lifetimes==0.11.3');
      if (existsSync(join(place, wheel))) return checked(readFileSync(join(place, wheel)));
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  throw new Error('pip is not there or could not download it');
};

// A member of a ZIP archive, by its central directory.
const member = (zip, name) => {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const length = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + length) === name) {
      const [method, size, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const bytes = zip.subarray(start, start + size);
      return method === 0 ? bytes : inflateRawSync(bytes);
    }
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`${wheel} has no ${name}`);
};

const failed = [];
let archive;
for (const source of [fromIndex, fromPip]) {
  try {
    archive ??= await source();
  } catch (error) {
    failed.push(error.cause?.message ?? error.message);
  }
}
if (!archive) {
  console.error(`The reference data (CDNOW, in the PyPI package lifetimes 0.11.3) could not be fetched: ${failed.join('; ')}.`);
  console.error(`Set PIP_INDEX_URL to a package index, or put ${wanted.join(', ')} of lifetimes/datasets into ${folder}.`);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
for (const name of wanted) {
  writeFileSync(join(folder, `${name}.part`), member(archive, `lifetimes/datasets/${name}`));
  renameSync(join(folder, `${name}.part`), join(folder, name));
}
