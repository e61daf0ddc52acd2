// The text of a PDF as Chromium prints it: streams are deflated, glyphs named by a map of each font.
import { inflateSync } from 'node:zlib';

const codes = (hex, size) => hex.match(new RegExp(`.{${size}}`, 'g')) ?? [];
const text = (hex) => String.fromCharCode(...codes(hex, 4).map((code) => parseInt(code, 16)));

// From the map of a font: glyph number to text.
function glyphs(map) {
  const found = new Map();
  for (const [, block] of map.matchAll(/beginbfchar\n([^]*?)endbfchar/g)) {
    for (const [, from, to] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) found.set(parseInt(from, 16), text(to));
  }
  for (const [, block] of map.matchAll(/beginbfrange\n([^]*?)endbfrange/g)) {
    for (const [, from, to, first] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      for (let at = parseInt(from, 16); at <= parseInt(to, 16); at += 1) {
        found.set(at, String.fromCodePoint(parseInt(first, 16) + at - parseInt(from, 16)));
      }
    }
  }
  return found;
}

/** All text of a PDF, page after page; a space after each run of glyphs. */
export function pdfText(bytes) {
  const source = bytes.toString('latin1');
  const objects = new Map();
  for (const [, number, body] of source.matchAll(/\n(\d+) 0 obj\n([^]*?)\nendobj/g)) {
    const [head, ...rest] = body.split('stream\n');
    let stream = '';
    if (rest.length) {
      const data = Buffer.from(rest.join('stream\n').replace(/\nendstream$/, ''), 'latin1');
      stream = (/FlateDecode/.test(head) ? inflateSync(data) : data).toString('latin1');
    }
    objects.set(Number(number), { head, stream });
  }
  const fontOf = new Map();
  for (const { head } of objects.values()) {
    for (const [, name, number] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(number))?.head ?? '');
      if (unicode) fontOf.set(name, glyphs(objects.get(Number(unicode[1])).stream));
    }
  }
  const pages = [...objects.values()].filter(({ stream }) => /\bT[jJ]\b/.test(stream));
  return pages.map(({ stream }) => {
    let font = new Map();
    const parts = [];
    for (const [, name, shown] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|((?:<[0-9A-Fa-f]+>|\[[^\]]*\]) ?T[jJ])/g)) {
      if (name) font = fontOf.get(name) ?? new Map();
      else {
        for (const [, hex] of shown.matchAll(/<([0-9A-Fa-f]+)>/g)) {
          parts.push(codes(hex, 4).map((code) => font.get(parseInt(code, 16)) ?? '').join(''));
        }
        parts.push(' ');
      }
    }
    return parts.join('');
  }).join('\n');
}
