// What one writes by hand with PapaParse: rows as objects, added up per account, a table on screen.
import { show } from './show.js';

document.querySelector('input').addEventListener('change', (event) => {
  const accounts = new Map();
  Papa.parse(event.target.files[0], {
    header: true,
    skipEmptyLines: true,
    chunk: ({ data }) => {
      for (const row of data) {
        let account = accounts.get(row.Customer);
        if (!account) {
          account = { name: row.Customer, revenue: 0, cost: 0, lines: 0, first: row['Order Date'], last: row['Order Date'], orders: new Set() };
          accounts.set(row.Customer, account);
        }
        account.revenue += Number(row['Net Revenue']);
        account.cost += Number(row['Cost of Goods']);
        account.lines += 1;
        account.orders.add(row['Order Number']);
        if (row['Order Date'] < account.first) account.first = row['Order Date'];
        if (row['Order Date'] > account.last) account.last = row['Order Date'];
      }
    },
    complete: () => show([...accounts.values()].map((it) => ({ ...it, orders: it.orders.size }))),
  });
});
