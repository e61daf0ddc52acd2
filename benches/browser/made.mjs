// Order files that only these benches need, made when they run: seeded, so that runs compare.
import { writeFileSync } from 'node:fs';

function* random(seed) {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    yield state / 0x7fffffff;
  }
}

const day = (start, after) => new Date(start + Math.floor(after) * 864e5).toISOString().slice(0, 10);

/** So many lines of 20,000 accounts and 200 salespeople over three years. */
export function ofSalespeople(file, lines) {
  const draws = random(1);
  const draw = () => draws.next().value;
  const start = Date.UTC(2022, 0, 1);
  const parts = ['Order,Date,Customer,Salesperson,Item,Net revenue,Cost,Freight\n'];
  for (let line = 0; line < lines; line += 1) {
    const account = Math.floor(draw() * 20_000);
    const revenue = 100 + Math.floor(draw() * 5_000);
    const amounts = [revenue, Math.floor(revenue * 0.65), Math.floor(revenue * 0.02)].map((x) => `${x}.00`);
    parts.push(`${Math.floor(line / 3)},${day(start, line / lines * 1095)},Account ${account},Rep ${account % 200},P-${Math.floor(draw() * 500)},${amounts}\n`);
  }
  writeFileSync(file, parts.join(''));
}

/** So many accounts that order about every nine weeks in Erlang-6 intervals, over three years. */
export function ofRhythm(file, accounts) {
  const draws = random(7);
  const draw = () => draws.next().value;
  const normal = () => Math.sqrt(-2 * Math.log(draw() + 1e-12)) * Math.cos(2 * Math.PI * draw());
  const waits = () => Array.from({ length: 6 }, () => -Math.log(draw() + 1e-12)).reduce((sum, one) => sum + one);
  const start = Date.UTC(2022, 0, 3);
  const rows = ['Order,Date,Customer,Revenue,Cost'];
  for (let account = 0; account < accounts; account += 1) {
    const rate = 6 / 63 * Math.exp(normal() / 2);
    const leaves = draw() / 5;
    const level = 1000 * Math.exp(normal());
    for (let at = 700 * draw(); at <= 1095; at += waits() / rate) {
      const revenue = level * Math.exp(0.4 * normal());
      rows.push(`O${rows.length},${day(start, at)},Account ${account},${revenue.toFixed(2)},${(revenue * 0.6).toFixed(2)}`);
      if (draw() < leaves) break;
    }
  }
  writeFileSync(file, `${rows.join('\n')}\n`);
}
