// What one writes by hand for a slider: every account's value anew, their sum, their order, and the
// first screen of the table. `?accounts=5000`.
const count = Number(new URLSearchParams(location.search).get('accounts') ?? 5000);
const seeded = (() => {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
})();
const accounts = Array.from({ length: count }, (_, at) => ({
  name: `Account ${at}`, margin: 500 + seeded() * 50_000, churn: 0.05 + seeded() * 0.4, age: seeded() * 5, cost: seeded() * 3000,
}));

const output = document.querySelector('output');
const table = document.querySelector('table');
const rows = Array.from({ length: 30 }, () => {
  const row = table.insertRow();
  return Array.from({ length: 6 }, () => row.insertCell());
});
const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 });

function update(rate) {
  let sum = 0;
  for (const it of accounts) {
    // Yearly margins over ten years, discounted at mid-year.
    let value = 0;
    for (let year = 0; year < 10; year += 1) value += it.margin * (1 - it.churn) ** year / (1 + rate) ** (year + 0.5);
    it.value = value - it.cost;
    it.ratio = value / it.cost;
    sum += it.value;
  }
  accounts.sort((a, b) => b.value - a.value);
  rows.forEach((cells, at) => {
    const it = accounts[at];
    [it.name, money.format(it.margin), money.format(it.cost), money.format(it.value), it.ratio.toFixed(2), it.churn.toFixed(3)]
      .forEach((text, column) => { cells[column].textContent = text; });
  });
  output.textContent = money.format(sum);
  output.dataset.value = sum;
}

document.querySelector('input').addEventListener('input', (event) => update(Number(event.target.value) / 100));
update(0.1);
document.body.dataset.app = 'ready';
