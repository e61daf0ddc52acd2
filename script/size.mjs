// The size budget: what a first visit loads, and what the worker adds, as sent by a host that
// compresses with brotli. 1 KB = 1000 bytes. The goal is what the product promises; until it is
// reached, the limit keeps what is there from growing, and fails when something is over it. Lower the
// limit with every step towards the goal. What a first visit loads and the worker's first part never
// get a higher one; what comes after the first screen got it three times: for exports that were read
// wrongly, for rules of commission that were, and for the styles that the first screen does without.
// The one file that holds everything is counted as it lies on a disk.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { singleFile } from './single.mjs';

const folder = process.argv[2] ?? 'dist';
const size = (name) => brotliCompressSync(readFileSync(`${folder}/${name}`), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
}).length;
const names = readdirSync(folder).filter((name) => /\.(html|js|css|wasm)$/.test(name));
const groups = [
  { title: 'first load', goal: 200_000, limit: 200_000, pattern: /^(index\.html|style-.*|boot-.*|perennial-.*)$/ },
  { title: 'the rest of the page (fetched after the first screen)', goal: 600_000, limit: 606_000, pattern: /^rest-/ },
  { title: 'worker', goal: 150_000, limit: 150_000, pattern: /^worker-(?!rest-)/ },
  { title: 'the rest of the worker (fetched after the first screen)', goal: 480_000, limit: 535_000, pattern: /^worker-rest-/ },
  { title: 'workbook (fetched after the first screen)', goal: 480_000, limit: 480_000, pattern: /^workbook-/ },
];

let over = 0;
for (const { title, goal, limit, pattern } of groups) {
  const sizes = names.filter((name) => pattern.test(name)).map((name) => [name, size(name)]);
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  for (const [name, bytes] of sizes) console.log(`  ${name.padEnd(36)} ${(bytes / 1000).toFixed(1).padStart(7)} KB`);
  const fits = sizes.length > 0 && total <= limit;
  console.log(`${title}: ${(total / 1000).toFixed(1)} KB brotli, limit ${limit / 1000}, goal ${goal / 1000}${fits ? '' : ' - OVER'}`);
  if (!fits) over += 1;
}
const single = { bytes: Buffer.byteLength(singleFile(folder)), limit: 3_450_000 };
const fits = single.bytes <= single.limit;
console.log(`one file: ${(single.bytes / 1000).toFixed(1)} KB as it is, limit ${single.limit / 1000}${fits ? '' : ' - OVER'}`);
if (!fits) over += 1;
process.exit(over ? 1 : 0);
