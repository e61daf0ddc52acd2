  // Where the files come from in the one file that holds everything; script/single.mjs puts this in the
  // place of the same lines of boot.js. Modules stand in the page, packed with gzip and written in
  // base64, and scripts are functions. Nothing is fetched, so the page's policy forbids every
  // connection from the start.
  const files = __FILES__;
  const able = () => typeof WebAssembly === 'object' && typeof DecompressionStream === 'function';
  const outdated = 'This browser cannot open Perennial as one file. That needs Chrome or Edge 91, Firefox 113, Safari 16.4, or later.';
  const incomplete = 'This file is not whole. Copy or download it once more.';
  // What follows this script may not be read yet.
  const whole = new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true }));
  const get = async (id) => {
    await whole;
    const place = document.getElementById(id);
    if (!place) throw new Error(`${id} is missing`);
    const text = atob(place.textContent);
    const packed = Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    const bytes = await new Response(stream).arrayBuffer();
    place.remove();
    return bytes;
  };
  const compile = async (id) => WebAssembly.compile(await get(id));
  const script = async (run) => run();
  const second = ({ rest }) => compile(rest);
  const program = async (run) => ({ default: run() });
  // What there is to wait for on a first visit is here already.
  const fresh = async () => false;
