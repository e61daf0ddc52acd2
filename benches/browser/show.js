// The table of both peers: the accounts by revenue, the first screen of them, with a simple lifetime
// value (yearly margin over a churn of 20 %).
const columns = ['name', 'revenue', 'cost', 'orders', 'lines', 'first', 'last', 'value'];

export function show(accounts) {
  const day = 86_400_000;
  for (const it of accounts) {
    const years = Math.max((Date.parse(it.last) - Date.parse(it.first)) / day / 365.25, 1 / 12);
    it.value = (it.revenue - it.cost) / years / 0.2;
  }
  accounts.sort((a, b) => b.revenue - a.revenue);
  const table = document.querySelector('table');
  for (const it of accounts.slice(0, 40)) {
    const row = table.insertRow();
    for (const column of columns) row.insertCell().textContent = it[column];
  }
  requestAnimationFrame(() => setTimeout(() => {
    document.body.dataset.accounts = accounts.length;
    document.body.dataset.revenue = Math.round(accounts.reduce((sum, it) => sum + it.revenue, 0));
  }));
}
