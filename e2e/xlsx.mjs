// Workbooks as an office has them: read the cells of a sheet, fill in cells, save. Everything else in the file stays as
// it came. Enough of the format for what this program writes; no library.

import { deflateRawSync, inflateRawSync } from "node:zlib";

const TABLE = Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc32 = (bytes) => (bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** The files of a ZIP by name. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0) throw new Error("this is no workbook");
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + size);
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), method === 0 ? packed : inflateRawSync(packed));
    at += 46 + name + extra + comment;
  }
  return files;
}

function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const packed = deflateRawSync(bytes);
    const title = Buffer.from(name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(title.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), about, tail, title);
    const local = [Buffer.from("PK\x03\x04", "latin1"), about, title, packed];
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const plain = (xml) =>
  xml.replace(/&#(x?)([\da-f]+);/gi, (_, hex, code) => String.fromCodePoint(parseInt(code, hex ? 16 : 10))).replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, "&");
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const texts = (xml) => plain([...xml.matchAll(/<t(?:\s[^>]*)?>([^]*?)<\/t>/g)].map((found) => found[1]).join(""));

/** 0 is A, 27 is AB. */
const letters = (at) => (at < 26 ? "" : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));
const position = (name) => [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

const ROW = /<row ([^>]*?)(?:\/>|>([^]*?)<\/row>)/g;
const CELL = /<c ([^>]*?)(?:\/>|>([^]*?)<\/c>)/g;

export class Workbook {
  constructor(bytes) {
    this.files = unzip(bytes);
    const shared = this.files.get("xl/sharedStrings.xml")?.toString() ?? "";
    this.shared = [...shared.matchAll(/<si>([^]*?)<\/si>/g)].map((found) => texts(found[1]));
    this.names = [...this.files.get("xl/workbook.xml").toString().matchAll(/<sheet [^>]*?name="([^"]*)"/g)].map((found) => plain(found[1]));
  }

  path(sheet) {
    return `xl/worksheets/sheet${sheet + 1}.xml`;
  }

  /** The rows of a sheet: number as a spreadsheet shows it, and cells as text or number. */
  rows(sheet = 0) {
    return [...this.files.get(this.path(sheet)).toString().matchAll(ROW)].map(([, about, inner = ""]) => {
      const cells = [];
      for (const [, told, value = ""] of inner.matchAll(CELL)) {
        const kind = told.match(/ t="(\w+)"/)?.[1];
        const raw = value.match(/<v>([^]*?)<\/v>/)?.[1];
        cells[position(told.match(/r="([A-Z]+)/)[1])] =
          kind === "s" ? this.shared[Number(raw)] : kind === "inlineStr" ? texts(value) : kind === "str" ? plain(raw ?? "") : raw === undefined ? undefined : Number(raw);
      }
      return { number: Number(about.match(/r="(\d+)"/)[1]), cells };
    });
  }

  /** The rows below the header that holds this title, each as an object by column title. */
  table(title, sheet = 0) {
    const rows = this.rows(sheet);
    const header = rows.findIndex((row) => row.cells.includes(title));
    if (header < 0) throw new Error(`no row of ${this.names[sheet]} holds “${title}”`);
    return rows.slice(header + 1).map((row) => ({ row: row.number, ...Object.fromEntries(rows[header].cells.map((name, at) => [name, row.cells[at]])) }));
  }

  /** Writes texts into cells: `column title -> text` of a row. */
  fill(title, number, values, sheet = 0) {
    const header = this.rows(sheet).find((row) => row.cells.includes(title));
    const xml = this.files.get(this.path(sheet)).toString();
    const changed = xml.replace(new RegExp(`<row ([^>]*?r="${number}"[^>]*?)(?:/>|>([^]*?)</row>)`), (_, about, inner = "") => {
      const cells = new Map([...inner.matchAll(CELL)].map((found) => [position(found[1].match(/r="([A-Z]+)/)[1]), found[0]]));
      for (const [name, text] of Object.entries(values)) {
        const at = header.cells.indexOf(name);
        if (at < 0) throw new Error(`no column “${name}”`);
        cells.set(at, `<c r="${letters(at)}${number}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`);
      }
      return `<row ${about}>${[...cells].sort((a, b) => a[0] - b[0]).map((cell) => cell[1]).join("")}</row>`;
    });
    this.files.set(this.path(sheet), Buffer.from(changed));
  }

  bytes() {
    return zip(this.files);
  }
}
