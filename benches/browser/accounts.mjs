// Writes an order file of so many accounts, for the slider bench: node accounts.mjs COUNT > FILE.
// Seeded: the same count gives the same bytes. Four orders an account, over four years.
const count = Number(process.argv[2]);
let state = 7;
const random = (top) => {
  state = (state * 48_271) % 2_147_483_647;
  return state % top;
};
const lines = ['Order Date,Order Number,Customer,Segment,Net Revenue,Cost of Goods'];
const two = (number) => String(number).padStart(2, '0');
for (let account = 1; account <= count; account += 1) {
  for (let order = 0; order < 4; order += 1) {
    const cents = 20_000 + random(2_000_000);
    const cost = Math.round(cents * (55 + random(30)) / 100);
    const date = `${2022 + order}-${two(1 + random(12))}-${two(1 + random(28))}`;
    lines.push(`${date},SO-${account}-${order},Account ${account},Segment ${account % 7},${(cents / 100).toFixed(2)},${(cost / 100).toFixed(2)}`);
  }
}
process.stdout.write(`${lines.join('\n')}\n`);
