// A workbook by hand: stored parts, no library of ours in it.
import { crc32 } from 'node:zlib';

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const doc = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const pkg = 'http://schemas.openxmlformats.org/package/2006/relationships';

const escape = (text) => text
  .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
  // eslint-disable-next-line no-control-regex
  .replace(/[\0-\x08\x0b-\x1f\ufffe\uffff]/g, (c) => `_x${c.charCodeAt(0).toString(16).padStart(4, '0')}_`)
  .replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);

// Text stays text; a number is a number; { date } is a serial number in a date's format.
const cell = (value) => {
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  if (value?.date) return `<c s="1"><v>${value.date}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`;
};

const sheet = (rows) => `${head}<worksheet xmlns="${main}"><sheetData>${rows.map((row) =>
  `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`;

const relations = (all) => `${head}<Relationships xmlns="${pkg}">${all.map(([type, target], at) =>
  `<Relationship Id="rId${at + 1}" Type="${doc}/${type}" Target="${target}"/>`).join('')}</Relationships>`;

/** The bytes of a workbook with these sheets (rows by name); `parts` adds or replaces parts of it. */
export const workbook = (sheets, parts = {}) => zip({
  '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
  'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${doc}"><sheets>${Object.keys(sheets).map((name, at) =>
    `<sheet name="${escape(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': relations(Object.keys(sheets).map((_, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`])),
  'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
  ...Object.fromEntries(Object.values(sheets).map((rows, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet(rows)])),
  ...parts,
});

function zip(parts) {
  const files = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const content = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, rest, Buffer.from(name)]));
    files.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, list, end]);
}
