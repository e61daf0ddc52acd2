// Starts the page and its workers, and stands by when the program fails: it is plain JavaScript, so
// that it works when the rest does not. script/finish.mjs fills in the names of the files.
//
// What the page (Rust) finds in `window.perennial`:
//
//   safe                 true when the last two starts failed: start empty, leave what is saved
//                        alone, and offer it.
//   fresh()              a promise: whether nothing of an earlier visit is kept here; false where
//                        the browser does not tell.
//   ready()              call once the first screen works. Sets body[data-app=ready], removes
//                        #boot, and then locks. Returns what lock() returns.
//   rest()               the second part of the page's own module, which the first screen does
//                        without: a promise of it, compiled, once its styles are here as well.
//   lock()               fetches whatever was not fetched yet and then forbids every connection;
//                        a promise. Sets body[data-lock=on]. No request is made after it.
//   startWorker(kind)    'worker' (which gets its rest as soon as that is here) or 'workbook'. A
//                        promise of something with the interface of a Worker: postMessage(message,
//                        transfer), onmessage, onerror, terminate(). Its `inline` is true when no
//                        worker could be started and the module runs on the page's thread. May be
//                        called any number of times, after the lock too; it makes no request once
//                        the kind was fetched. Rejects with a message for the user. Set onmessage
//                        before the first postMessage.
//   crashed(message)     shows that something broke, with ways out. The panic hook calls it.
//   rescue()             downloads all that is saved, as JSON, without the help of the program.
//
// What a worker (Rust) finds: the name `perennialScope`, an object with postMessage(message,
// transfer) and an `onmessage` slot that gets a MessageEvent. It is not a property of the global
// object; bind it as a static:
//
//   #[wasm_bindgen] extern "C" {
//       type Scope;
//       #[wasm_bindgen(thread_local_v2, js_name = perennialScope)] static SCOPE: Scope;
//       #[wasm_bindgen(method, js_name = postMessage)]
//       fn post(this: &Scope, message: &JsValue, transfer: &js_sys::Array);
//       #[wasm_bindgen(method, setter, js_name = onmessage)]
//       fn listen(this: &Scope, handler: &js_sys::Function);
//   }
//
// Its glue calls `perennialRest()` for a promise of its own second part, if it has one.
//
// `main` must set `onmessage` before it returns, and must post nothing until it is asked. A trap
// reaches the page as `onerror`; the instance is then unusable: terminate it and start another.
(() => {
  'use strict';
  const here = location.pathname.replace(/[^/]*$/, '');
  // Everything kept for this copy has this name, or starts with it and a colon; the folder of files
  // has it with dashes. Other copies on the same origin have another path.
  const place = `perennial:${here}`;
  const ours = (name) => name === place || name.startsWith(`${place}:`);
  const folder = place.replace(/[/:]/g, '-');
  const guard = `${place}:starts`;
  const wish = `${place}:erase`;
  const startLimit = 30_000;
  const settled = 5_000;

  const element = (name, text, children = []) => {
    const made = document.createElement(name);
    made.textContent = text;
    made.append(...children);
    return made;
  };

  // In a frame of another page nothing is shown that could be clicked by trickery.
  if (window.top !== window.self) {
    const link = element('a', 'Open Perennial in a window of its own');
    link.href = location.href;
    link.target = '_blank';
    link.rel = 'noopener';
    document.body.replaceChildren(link);
    document.body.dataset.app = 'framed';
    return;
  }

  // Local storage throws where it is forbidden.
  const remember = (count) => {
    try {
      if (count === 0) localStorage.removeItem(guard);
      else localStorage.setItem(guard, String(count));
    } catch {
      // Without storage nothing is restored, so there is nothing to guard.
    }
  };
  const failedStarts = (() => {
    try {
      return Number(localStorage.getItem(guard)) || 0;
    } catch {
      return 0;
    }
  })();
  let readyAt = 0;
  let over = false;

  remember(failedStarts + 1);
  // Leaving while it loads is no failure; a page that hangs does not get here.
  addEventListener('pagehide', () => {
    if (!readyAt && !over) remember(failedStarts);
  });

  const button = (label, action) => {
    const made = element('button', label);
    made.type = 'button';
    made.addEventListener('click', () => action(made));
    return made;
  };

  // Shows a message over everything else.
  const show = (title, text, detail, buttons) => {
    over = true;
    document.querySelector('#boot')?.remove();
    const dialog = element('dialog', '', [element('h1', title), element('p', text)]);
    dialog.id = 'boot-message';
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-label', title);
    if (detail) {
      const pre = element('pre', detail);
      pre.style.whiteSpace = 'pre-wrap';
      pre.style.overflowWrap = 'anywhere';
      dialog.append(element('details', '', [element('summary', 'Details'), pre]));
    }
    const row = element('p', '', buttons);
    row.style.display = 'flex';
    row.style.flexWrap = 'wrap';
    row.style.gap = '0.5rem';
    dialog.append(row);
    dialog.style.maxWidth = '34rem';
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  };

  const reload = () => button('Reload', () => location.reload());

  const notLoaded = (error) => {
    if (over) return;
    document.body.dataset.app = 'failed';
    const modern = able() && !(error instanceof WebAssembly.CompileError);
    show(
      'Perennial could not be loaded',
      modern ? incomplete : outdated,
      String(error),
      [reload(), button('Download my data', rescue)],
    );
  };

  const crashed = (message) => {
    if (over) return;
    document.body.dataset.app = 'crashed';
    if (!readyAt || performance.now() - readyAt < settled) remember(failedStarts + 1);
    show(
      'Something broke',
      'Perennial stopped because of a fault of its own. What was shown as saved is safe in this browser. Reload to go on from there.',
      String(message),
      [
        reload(),
        button('Download my data', rescue),
        button('Start empty', () => {
          remember(2);
          location.reload();
        }),
        button('Delete my data', (self) => {
          if (self.dataset.sure) erase();
          else {
            self.dataset.sure = '1';
            self.textContent = 'Delete everything saved here, for good?';
          }
        }),
      ],
    );
  };
  addEventListener('error', (event) => {
    if (event.error instanceof WebAssembly.RuntimeError) crashed(event.error);
  });
  addEventListener('unhandledrejection', (event) => {
    if (event.reason instanceof WebAssembly.RuntimeError) crashed(event.reason);
  });

  const promised = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    // There is no database: do not make an empty one.
    request.onupgradeneeded = () => request.transaction.abort();
  });

  // Bytes do not fit in JSON.
  const plain = (key, value) => {
    const bytes = value instanceof ArrayBuffer ? new Uint8Array(value)
      : ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
        : null;
    if (!bytes) return value;
    const parts = [];
    for (let at = 0; at < bytes.length; at += 8190) {
      parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 8190))));
    }
    return { base64: parts.join('') };
  };

  const rescue = async () => {
    const parts = [];
    const record = (fields) => parts.push(`${parts.length ? ',\n' : ''}${JSON.stringify(fields, plain)}`);
    const part = (what, read) => Promise.resolve().then(read).catch((error) => record({ unread: what, why: String(error) }));
    await part('settings', () => {
      for (const key of Object.keys(localStorage).filter(ours)) record({ setting: key, value: localStorage.getItem(key) });
    });
    await part('documents', async () => {
      const database = await promised(indexedDB.open(place));
      for (const store of database.objectStoreNames) {
        const read = () => database.transaction(store).objectStore(store);
        for (const key of await promised(read().getAllKeys())) {
          record({ store, key, value: await promised(read().get(key)) });
        }
      }
      database.close();
    });
    await part('order files', async () => {
      const root = await navigator.storage.getDirectory();
      for await (const [name, handle] of (await root.getDirectoryHandle(folder)).entries()) {
        record({ file: name, value: await (await handle.getFile()).arrayBuffer() });
      }
    });
    const link = element('a', '');
    link.href = URL.createObjectURL(new Blob(['{"app":"perennial","kind":"rescue","saved":[\n', ...parts, '\n]}\n'], { type: 'application/json' }));
    link.download = 'perennial-rescue.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  // Erasing waits for the next start, when nothing holds the database open.
  const erase = () => {
    try {
      sessionStorage.setItem(wish, '1');
    } finally {
      location.reload();
    }
  };
  const eraseIfWished = async () => {
    try {
      if (!sessionStorage.getItem(wish)) return;
      sessionStorage.removeItem(wish);
      for (const key of Object.keys(localStorage).filter(ours)) localStorage.removeItem(key);
      await promised(indexedDB.deleteDatabase(place));
      await (await navigator.storage.getDirectory()).removeEntry(folder, { recursive: true });
    } catch {
      // What is not there, or forbidden, need not be erased.
    }
  };

  // Where the files come from. script/single.mjs puts src/web/single.js in the place of all this, up
  // to its end, for the one file that holds everything.
  const files = __FILES__;
  const home = new URL('.', document.currentScript.src);
  const able = () => typeof WebAssembly === 'object';
  const outdated = 'This browser cannot run it. It needs WebAssembly with SIMD: Chrome or Edge 91, Firefox 89, Safari 16.4, or later.';
  const incomplete = 'A file is missing or is not the one this page expects. A new version may have been published, or the connection may have failed: reload the page.';
  const get = async ({ url, integrity }) => {
    const ask = (cache) => fetch(new URL(url, home), { integrity, cache });
    // What is not as it should be may be a copy that the browser kept: then the server is asked.
    const response = await ask('default').catch(() => ask('reload'));
    if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`);
    return response;
  };
  const compile = async (file) => {
    const response = await get(file);
    // Streaming lets the browser keep the compiled code, but is refused under another type.
    return response.headers.get('content-type') === 'application/wasm'
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer());
  };
  const add = (name, fields, { url, integrity }) => new Promise((resolve, reject) => {
    const tag = Object.assign(document.createElement(name), fields, { integrity, onload: resolve });
    tag.onerror = () => reject(new Error(`${url} could not be loaded`));
    document.head.append(tag);
  });
  const script = (file) => add('script', { src: new URL(file.url, home) }, file);
  const sheet = (file) => add('link', { rel: 'stylesheet', href: new URL(file.url, home) }, file);
  const second = async ({ rest, style }) => (await Promise.all([compile(rest), style && sheet(style)]))[0];
  const program = ({ url }) => import(new URL(url, home));
  const fresh = async () => {
    try {
      if (Object.keys(localStorage).some((key) => ours(key) && key !== guard)) return false;
      return !(await indexedDB.databases()).some(({ name }) => name === place);
    } catch {
      return false;
    }
  };
  // The end of where the files come from.

  // Each module once; again only after it failed.
  const fetched = {};
  const once = (name, load) => {
    fetched[name] ??= load();
    fetched[name].catch(() => delete fetched[name]);
    return fetched[name];
  };
  const rest = (kind) => once(`the rest of ${kind}`, () => second(files[kind]));
  const prepare = (kind) => once(kind, () => Promise.all([compile(files[kind].wasm), script(files[kind].js)]).then(([module]) => module));

  // Runs inside the worker: its messages are the module's first part, and its rest or why that is
  // missing, which may come late; all others are the program's.
  const loader = `let came, lost;
  const rest = new Promise((resolve, reject) => { came = resolve; lost = reject; });
  rest.catch(() => {});
  self.addEventListener('message', async ({ data }) => {
    if (data.rest) came(data.rest);
    if (data.lost) lost(new Error(data.lost));
    if (!data.first) return;
    try {
      await glue(self, () => rest)({ module_or_path: data.first });
      self.postMessage({ ready: true });
    } catch (error) {
      self.postMessage({ failed: String(error) });
    }
  });`;

  const apart = (kind, module) => new Promise((resolve, reject) => {
    const code = new Blob([`const glue = ${perennial.glue[kind]};\n${loader}`], { type: 'text/javascript' });
    const url = URL.createObjectURL(code);
    const worker = new Worker(url);
    const done = () => {
      clearTimeout(timer);
      URL.revokeObjectURL(url);
      worker.onmessage = worker.onerror = null;
    };
    const fail = (why) => {
      done();
      worker.terminate();
      reject(new Error(why));
    };
    const timer = setTimeout(() => fail('the worker does not answer'), startLimit);
    worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message || 'the browser refused the worker');
    };
    worker.onmessage = ({ data }) => {
      if (!data.ready) return fail(data.failed);
      done();
      worker.inline = false;
      resolve(worker);
      if (!files[kind].rest) return;
      rest(kind).then((later) => worker.postMessage({ rest: later }), (error) => worker.postMessage({ lost: error.message }));
    };
    worker.postMessage({ first: module });
  });

  // The stand-in: the same module on this thread, behind a channel that copies as a worker does.
  const inside = async (kind, module) => {
    const { port1: outer, port2: inner } = new MessageChannel();
    const standIn = {
      inline: true,
      onmessage: null,
      onerror: null,
      postMessage: (message, transfer) => outer.postMessage(message, transfer),
      terminate: () => outer.close(),
    };
    const scope = {
      postMessage: (message, transfer) => inner.postMessage(message, transfer),
      set onmessage(handler) {
        inner.onmessage = (event) => {
          try {
            handler(event);
          } catch (error) {
            standIn.onerror?.(new ErrorEvent('error', { error, message: String(error) }));
          }
        };
      },
    };
    await perennial.glue[kind](scope, () => rest(kind))({ module_or_path: module });
    outer.onmessage = (event) => standIn.onmessage?.(event);
    return standIn;
  };

  let locked;
  const perennial = window.perennial = {
    safe: failedStarts >= 2,
    // The workers' glue registers itself here.
    glue: {},
    crashed,
    rescue,
    async startWorker(kind) {
      let module;
      try {
        module = await prepare(kind);
      } catch (error) {
        throw new Error(`A part of Perennial could not be loaded; reload the page to get it. (${error.message})`);
      }
      return apart(kind, module).catch(() => inside(kind, module));
    },
    fresh,
    rest: () => rest('page'),
    lock() {
      locked ??= Promise.allSettled([rest('page'), prepare('worker'), rest('worker'), prepare('workbook')]).then(() => {
        const policy = document.createElement('meta');
        policy.httpEquiv = 'Content-Security-Policy';
        policy.content = "connect-src 'none'";
        document.head.append(policy);
        document.body.dataset.lock = 'on';
      });
      return locked;
    },
    ready() {
      if (!readyAt) {
        readyAt = performance.now();
        remember(0);
        document.querySelector('#boot')?.remove();
        document.body.dataset.app = 'ready';
      }
      return perennial.lock();
    },
  };

  const start = async () => {
    const page = get(files.page.wasm);
    prepare('worker').catch(() => {});
    const [glue] = await Promise.all([program(files.page.js), page, eraseIfWished()]);
    await glue.default({ module_or_path: page });
  };
  start().catch((error) => {
    if (error instanceof WebAssembly.RuntimeError) crashed(error);
    else notLoaded(error);
  });
})();
