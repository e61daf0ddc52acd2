// `docs/account-summary.sql` in DuckDB, held against what Perennial computes from the lines themselves.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { report } from './batch.mjs';
import { lines, summarise } from './lines.mjs';

// The figures of which the page for users says that they are the same.
const page = readFileSync(new URL('../../docs/account-summary.md', import.meta.url), 'utf8');
const keys = page.split('## The same as from the lines')[1].split('\n## ')[0].match(/`\w+`/g).map((key) => key.slice(1, -1));
const project = JSON.stringify({ app: 'perennial', kind: 'project', schema: 1, assumptions: { service_order: 40, discount: 9 } });

/** Both reports of one set of lines; an import that had a question would have been refused. */
const both = async (text) => {
  const summary = await summarise(text);
  const [fromLines, fromSummary] = [['lines.csv', text], ['summary.csv', summary]].map((file) => report(project, [file]));
  for (const { import: found } of [fromLines, fromSummary]) {
    assert.deepEqual([found.problems, found.rejected, found.in_book], [[], 0, found.read]);
  }
  assert.equal(fromSummary.import.read, summary.trim().split('\n').length - 1);
  return { fromLines, fromSummary };
};

const same = ({ fromLines, fromSummary }) => {
  const facts = (account) => ({
    ...Object.fromEntries(['name', 'first', 'last', 'segment', 'salesperson', 'partner', 'parent', 'status'].map((key) => [key, account[key]])),
    figures: Object.fromEntries(keys.map((key) => [key, account.figures[key]])),
  });
  const sorted = ({ accounts }) => accounts.map(facts).sort((a, b) => (a.name < b.name ? -1 : 1));
  assert.deepEqual(sorted(fromSummary), sorted(fromLines));
  for (const part of ['as_of', 'currency']) assert.equal(fromSummary[part], fromLines[part]);
  for (const part of ['accounts', 'orders', 'span']) assert.deepEqual(fromSummary.import[part], fromLines.import[part]);
  // Accounts stand in another order, so what is added up in floating point may differ in its last digit.
  for (const key of keys.filter((key) => key in fromLines.metrics)) {
    const [one, other] = [fromSummary, fromLines].map(({ metrics }) => metrics[key].value);
    assert.ok(one === other || Math.abs(one - other) <= 1e-12 * Math.abs(other), `${key}: ${one}, ${other}`);
  }
};

test('the account summary of DuckDB gives every account as its lines do', async () => {
  const found = await both(lines(1500, 7));
  same(found);
  const of = (test) => found.fromLines.accounts.filter(({ figures }) => test(figures)).length;
  assert.ok(keys.length > 20 && found.fromLines.import.read > 3000);
  for (const key of keys) assert.ok(of((figures) => figures[key]) > 50, key);
  assert.ok(of(({ returned }) => returned.value < 0) > 20, 'accounts with returns');
  assert.ok(of(({ orders }) => orders.value === 0) > 0, 'an account with returns alone');
  assert.ok(of(({ cost_coverage: { value } }) => value > 0 && value < 100) > 20, 'accounts with a cost in part');
});

test('columns that a warehouse does not have are blank, and ask nothing', async () => {
  same(await both(lines(300, 8, ['order_number', 'order_date', 'account', 'revenue'])));
});
