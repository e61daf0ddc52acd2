// What Perennial keeps in the browser's database, read and written from outside the page.

/** In the page: hands the database to `use`, which runs in the page too, and closes it again. */
const opened = async ([use, argument]) => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const [{ name }] = (await indexedDB.databases()).filter((it) => it.name.startsWith('perennial'));
  const database = await done(indexedDB.open(name));
  const store = (of, mode = 'readonly') => database.transaction(of, mode).objectStore(of);
  try {
    // The page's policy forbids functions made of text, so what can be done is named.
    if (use === 'put') return await done(store('documents', 'readwrite').put(argument.text, argument.key));
    const documents = store('documents');
    const [keys, texts] = await Promise.all([done(documents.getAllKeys()), done(documents.getAll())]);
    const files = await done(store('files').getAllKeys());
    return { keys, texts, files };
  } finally {
    database.close();
  }
};

/** The records of documents by key and text, and the keys of the kept files. */
export const records = (page) => page.evaluate(opened, ['read']);

/** The newest generation of the document: its key and its text. */
export async function newest(page) {
  const { keys, texts } = await records(page);
  const at = keys.findLastIndex((key) => key.startsWith('gen-'));
  return { key: keys[at], text: texts[at] };
}

/** Replaces the text of a record. */
export const put = (page, key, text) => page.evaluate(opened, ['put', { key, text }]);
