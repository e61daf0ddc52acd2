// The worker of the CDNOW bench: runs a fit again and again and says how long each took.
importScripts('cdnow.js');

const ready = wasm_bindgen({ module_or_path: 'cdnow_bg.wasm' });

onmessage = async ({ data: { data, runs } }) => {
  await ready;
  const column = (name) => Float64Array.from(data[name]);
  const [repeats, last, age, orders, means] = ['repeats', 'last', 'age', 'orders', 'means'].map(column);
  const run = (fit) => {
    const times = [];
    let found;
    for (let i = 0; i < runs; i += 1) {
      const start = performance.now();
      found = fit();
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    return { first: times[0], median: times[runs >> 1], found: Array.from(found) };
  };
  postMessage({
    mbg: run(() => wasm_bindgen.mbg(repeats, last, age)),
    gamma_gamma: run(() => wasm_bindgen.gamma_gamma(orders, means)),
  });
};
