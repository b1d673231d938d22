// Lists come in through the browser: the made-up files are downloaded and uploaded again; a wrong file is told apart; source
// and version are recognised and confirmed; faults are reported cell by cell; a preview stands before the commit; a
// family is found by its name. The second list comes in with JavaScript off.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, figure, includes, number, same } from "../walk.mjs";
import { Workbook } from "../xlsx.mjs";

export const world = "empty";
export const everyDatabase = true;

const FAMILIES = "P3KE_2023_Keluarga_9901.xlsx";
const MEMBERS = "P3KE_2023_Individu_9901.xlsx";

/** Waits until the job on this page is over: the page says something else by itself. */
async function settled(walk, page, words) {
  const until = Date.now() + 120_000;
  while (Date.now() < until) {
    const says = await walk.says(page).catch(() => "");
    if (words.test(says)) return says;
    await page.waitForTimeout(200);
  }
  throw new Error(`the job did not end: ${await walk.text(page)}`);
}

/** What the page of a report says: rows free to go on to a decree, and all. */
function readiness(says) {
  const of = (words) => (words.test(says) ? figure(says, words) : undefined);
  const data = figure(says, /baris siap masuk/);
  return { ready: (of(/dari/) ?? data) - (of(/di antaranya/) ?? 0), data };
}

export const stories = {
  "the made-up list files are downloaded": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, "/daftar");
    includes(await walk.says(page), "Belum ada daftar", "an empty installation says so");
    await walk.press(page, "Berkas contoh");
    const folder = join(walk.data, "unduhan");
    mkdirSync(folder, { recursive: true });
    walk.known.files = {};
    const names = await page.locator("td, th").locator("a[download]").allInnerTexts();
    for (const name of [FAMILIES, MEMBERS, "dtsen_keluarga_2026T3.csv", "dtsen_anggota_2026T3.csv", "wilayah_9901.csv"]) {
      const other = name.startsWith("dtsen") ? names.filter((n) => n.startsWith(name.replace(/_\d.*/, ""))).sort()[0] : name;
      const file = await walk.download(page, () => page.getByRole("link", { name: other, exact: true }).click());
      same(file.name, other, "the file has its own name");
      walk.known.files[name.replace(/_\d.*/, "")] = file.name;
      writeFileSync(join(folder, file.name), file.bytes);
    }
  },

  "a wrong file gets a clear answer and nothing comes in": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, "/daftar/unggah");
    // nothing chosen
    await walk.goes(page, () => page.getByRole("button", { name: "Unggah" }).click(), 422);
    includes(await walk.text(page, ".govuk-error-summary"), "Pilih paling sedikit satu berkas", "no file");
    // half a workbook, as a broken transfer leaves it, and a letter
    const whole = readFileSync(join(walk.data, "unduhan", FAMILIES));
    await page.setInputFiles("input[name=berkas]", [
      { name: "terpotong.xlsx", mimeType: "application/octet-stream", buffer: whole.subarray(0, whole.length / 2) },
      { name: "surat.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n\xe2\xe3\xcf\xd3\0\0", "latin1") },
    ]);
    await walk.goes(page, () => page.getByRole("button", { name: "Unggah" }).click());
    includes(await walk.says(page), "Tidak satu pun dari 2 berkas dapat dibaca", "files that are no list");
    let text = await walk.text(page);
    includes(text, "Berkas terpotong atau rusak. Unduh atau salin lagi dari asalnya", "half a workbook");
    includes(text, "bukan lembar kerja dan bukan teks berkolom. Simpan sebagai XLSX", "a letter");
    check((await page.getByRole("button", { name: /Baca berkas/ }).count()) === 0, "nothing can be read");
    await walk.press(page, "Buang");
    // a table of something else
    await walk.open(page, "/daftar/unggah");
    await page.setInputFiles("input[name=berkas]", { name: "harga_pasar.csv", mimeType: "text/csv", buffer: Buffer.from("komoditas,satuan,harga\nberas,kg,14000\ncabai,kg,60000\n") });
    await walk.goes(page, () => page.getByRole("button", { name: "Unggah" }).click());
    text = await walk.text(page);
    includes(text, "Tajuknya tidak cocok dengan format mana pun", "a table that is no list");
    await walk.goes(page, () => page.getByRole("button", { name: "Baca berkas" }).click(), 422);
    includes(await walk.text(page, ".govuk-error-summary"), "Pilih format harga_pasar.csv", "it cannot be read by mistake");
    await page.getByLabel("Format").selectOption({ index: 1 });
    await page.getByLabel("Daftar", { exact: true }).selectOption({ index: 1 });
    await page.getByLabel("Versi").fill("2023");
    await walk.goes(page, () => page.getByRole("button", { name: "Baca berkas" }).click(), 422);
    includes(await walk.text(page, ".govuk-error-summary"), "kolom wajibnya tidak ada", "nor by force");
    await walk.press(page, "Batalkan");
    await walk.press(page, "Buang");
    includes(await walk.says(page), "Belum ada daftar", "nothing came in");
  },

  "source and version are recognised, shown with their reasons, and confirmed": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, "/daftar/unggah");
    await page.setInputFiles("input[name=berkas]", [FAMILIES, MEMBERS].map((name) => join(walk.data, "unduhan", name)));
    await walk.goes(page, () => page.getByRole("button", { name: "Unggah" }).click());
    includes(await walk.says(page), "2 dari 2 berkas dikenali sebagai P3KE 2023", "the list is recognised");
    const text = await walk.text(page);
    check((text.match(/kolom cocok dengan/g) ?? []).length === 2, `both files say why: ${text}`);
    includes(text, "Versi 2023 tertulis di nama berkas", "the version says where it was found");
    same(await page.getByLabel("Versi").inputValue(), "2023", "the version is filled in");
    same(await page.locator("#source").inputValue(), "p3ke", "so is the source");
    await page.getByLabel("Pemberi").fill("Bapperida");
    await walk.goes(page, () => page.getByRole("button", { name: "Baca berkas" }).click());
    const says = await settled(walk, page, /siap masuk/);
    const { ready, data } = readiness(says);
    check(ready > 0 && ready < data, `some rows are held back by the planted faults: ${says}`);
    walk.known.p3ke = new URL(page.url()).pathname;
  },

  "the report accounts for every row and shows each fault at its cell": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, walk.known.p3ke);
    const text = await walk.text(page);
    same((text.match(/ baris = /g) ?? []).length, 2, "both files have their equation");
    same(await page.locator("section[aria-label] li .t-push .t-ok").count(), 2, "both are marked as adding up");
    for (const equation of text.match(/[\d.]+ baris = [\d.]+ data \+ [\d.]+ judul \+ [\d.]+ jumlah \+ [\d.]+ kosong/g)) {
      const [all, ...parts] = equation.match(/[\d.]+/g).map(number);
      same(parts.reduce((sum, part) => sum + part, 0), all, equation);
    }
    // one fault: as many rows as it says, each with what was written and what to do
    const link = page.locator(".t-facet a").first();
    const said = number(await link.locator("b").innerText());
    const title = (await link.locator("span").nth(1).innerText()).split("\n")[0];
    await walk.goes(page, () => link.click());
    includes(await walk.text(page, "#baris"), title, "the rows of this fault");
    const rows = await page.locator("#baris tbody tr").count();
    check(rows > 0 && rows <= said, `${rows} rows stand below a fault counted ${said} times`);
    check(await page.locator("#baris td[class*=t-cell--]").count() > 0, "the faulty cells are marked");
    check(await page.locator("#baris .t-cell__fix").count() > 0, "each says what is wrong or what to do");
    const book = await walk.download(page, () => page.getByRole("button", { name: "Unduh semua temuan" }).click());
    check(/^temuan-.*\.xlsx$/.test(book.name) && book.bytes.length > 1_000, `the findings are a workbook: ${book.name}`);
    const findings = await walk.download(page, () => page.getByRole("button", { name: "JSON", exact: true }).click());
    const lines = findings.bytes.toString().trim().split("\n").map((line) => JSON.parse(line));
    check(lines.length > 0 && lines.some((line) => JSON.stringify(line).includes("row")), "the findings are lines of JSON with their rows");
  },

  "a workbook goes out, comes back corrected, and only what was corrected changes": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, walk.known.p3ke);
    const blocked = readiness(await walk.says(page));
    await walk.press(page, "Betulkan baris ini");
    includes(await walk.says(page), "perlu diperbaiki", "the page says how many rows want a correction");
    // the workbook has the shape of the file, with the reason behind each row
    const given = await walk.download(page, () => page.getByRole("button", { name: "Unduh buku kerja perbaikan" }).first().click());
    const book = new Workbook(given.bytes);
    const why = "Yang perlu diperbaiki";
    const faulty = book.table(why).find((row) => /: NIK bukan 16 angka/.test(row[why] ?? ""));
    check(faulty, "a row says that a NIK lacks digits");
    const column = faulty[why].split("\n").find((line) => line.includes("NIK bukan 16 angka")).split(": ")[0];
    const before = String(faulty[column]);
    // the village puts it right; nothing else is touched
    book.fill(why, faulty.row, { [column]: "9901011207859871" });
    const send = async () => {
      await walk.open(page, `${walk.known.p3ke}/perbaikan`);
      await page.setInputFiles("input[name=berkas]", { name: "perbaikan desa.xlsx", mimeType: "application/octet-stream", buffer: walk.known.corrected });
      await walk.goes(page, () => page.getByRole("button", { name: "Unggah perbaikan" }).click());
    };
    walk.known.corrected = book.bytes();
    await send();
    const says = await settled(walk, page, /diperbaiki: /);
    includes(says, "1 sel di 1 baris diperbaiki", "one cell differs");
    check(figure(says, /kesalahan hilang/) >= 1, `the fault is gone: ${says}`);
    const text = await walk.text(page);
    includes(text, column, "the column is named");
    includes(text, "NIK bukan 16 angka", "the fault that goes is named");
    check(!text.includes("9901011207859871") && !text.includes(before.length > 11 ? before : "9901011207859871"), "numbers are masked");
    await walk.goes(page, () => page.getByRole("button", { name: /^Terapkan/ }).click());
    await settled(walk, page, /sudah diperbaiki/);
    await walk.open(page, walk.known.p3ke);
    const now = readiness(await walk.says(page));
    check(now.ready > blocked.ready, `a row more is ready: ${now.ready} after ${blocked.ready}`);
    // the same workbook again changes nothing
    await send();
    includes(await walk.told(page), "sudah diterapkan; tidak ada yang berubah", "once is enough");
    // a file that is no workbook of this list
    await walk.open(page, `${walk.known.p3ke}/perbaikan`);
    await page.setInputFiles("input[name=berkas]", { name: "surat.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n\0\0\0", "latin1") });
    await walk.goes(page, () => page.getByRole("button", { name: "Unggah perbaikan" }).click());
    await settled(walk, page, /tidak dapat diterima/);
    includes(await walk.text(page), "bukan lembar kerja", "it says why");
  },

  "a row is put right where it is seen, and taken back": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, walk.known.p3ke);
    const before = readiness(await walk.says(page));
    await walk.open(page, `${walk.known.p3ke}?salah=nik.length`);
    const cell = page.locator("td.t-cell--bad").first();
    const column = await cell.getAttribute("data-label");
    await walk.goes(page, () => page.getByRole("link", { name: /^Perbaiki/ }).first().click());
    includes(await walk.says(page), "Betulkan selnya di sini", "the row has its page");
    includes(await walk.text(page), "NIK bukan 16 angka", "the fault stands at its field");
    await page.getByLabel(column, { exact: true }).fill("9901011207859862");
    await walk.goes(page, () => page.getByRole("button", { name: "Lihat selisihnya" }).click());
    const says = await settled(walk, page, /diperbaiki: /);
    includes(says, "1 sel di 1 baris diperbaiki", "one cell differs");
    check(!(await walk.text(page)).includes("9901011207859862"), "the number is masked");
    await walk.goes(page, () => page.getByRole("button", { name: /^Terapkan/ }).click());
    await settled(walk, page, /sudah diperbaiki/);
    const applied = page.url();
    await walk.open(page, walk.known.p3ke);
    check(readiness(await walk.says(page)).ready > before.ready, "a row more is ready");
    await page.goto(applied);
    await walk.goes(page, () => page.locator("form[action$='/tarik'] button").click());
    await settled(walk, page, /sudah ditarik kembali/);
    await walk.open(page, walk.known.p3ke);
    same(readiness(await walk.says(page)).ready, before.ready, "all is as it was");
  },

  "the preview stands before the commit, and the commit takes in what it said": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, walk.known.p3ke);
    includes(await walk.text(page), "Daftar pertama dari sumber ini", "the preview says what would happen");
    const coming = figure(await walk.text(page, "section[aria-labelledby=beda]"), /keluarga/);
    // nobody is in the registry before
    await walk.open(page, "/keluarga");
    check(await page.locator("tbody tr").count() === 0, "the registry is still empty");
    await walk.open(page, walk.known.p3ke);
    await walk.goes(page, () => page.getByRole("button", { name: /^Masukkan/ }).click());
    const says = await settled(walk, page, /masuk( seluruhnya)?: /);
    walk.known.families = figure(says, /keluarga/);
    same(walk.known.families, coming, "as many families as the preview said");
    await walk.open(page, "/daftar");
    includes(await walk.says(page), "P3KE 2023 adalah daftar terbaru", "the page of lists says so");
  },

  "the same file again changes nothing": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, "/daftar/unggah");
    await page.setInputFiles("input[name=berkas]", join(walk.data, "unduhan", FAMILIES));
    await walk.goes(page, () => page.getByRole("button", { name: "Unggah" }).click());
    includes(await walk.told(page), "sudah ada di P3KE 2023; tidak ada yang berubah", "the same file is known");
  },

  "a family is found by its name": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, "/keluarga");
    const first = (await page.locator("tbody tr th a").nth(3).innerText()).trim();
    // the box at the top of every page, by its key
    await walk.open(page, "/");
    await page.locator("main").focus();
    await page.keyboard.press("/");
    await page.keyboard.type(first.toLowerCase());
    await walk.goes(page, () => page.keyboard.press("Enter"));
    const found = await page.locator("tbody tr th a").allInnerTexts();
    check(found.some((name) => name.trim() === first), `${first} is found: ${found.slice(0, 5)}`);
    await walk.goes(page, () => page.getByRole("link", { name: first, exact: true }).first().click());
    includes(await walk.says(page), first, "the family's page");
    const text = await walk.text(page);
    includes(text, "P3KE 2023", "says what the list says");
    check(!/\b\d{16}\b/.test(text), "numbers are masked");
  },

  "a list is taken back with a reason, and enters again as the same families": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, "/keluarga");
    const before = await page.locator("tbody tr th a").evaluateAll((links) => links.map((link) => `${link.innerText} ${link.getAttribute("href")}`));
    await walk.open(page, walk.known.p3ke);
    await walk.goes(page, () => page.locator("a[href$='/tarik']").click());
    same(figure(await walk.says(page), /keluarga keluar dari registri/), walk.known.families, "it says first how many would leave");
    includes(await walk.text(page), "Belum ada putaran verval", "nothing was built on it");
    await walk.press(page, "Tarik kembali", 422);
    await page.fill("#reason", "Salah berkas");
    await walk.press(page, "Tarik kembali");
    await settled(walk, page, /sudah ditarik kembali/);
    includes(await walk.text(page), "Salah berkas", "why stands on the page");
    await walk.open(page, "/keluarga");
    check((await page.locator("tbody tr").count()) === 0, "the registry is empty again");
    await walk.open(page, walk.known.p3ke);
    await walk.goes(page, () => page.getByRole("button", { name: "Masukkan lagi" }).click());
    await settled(walk, page, /masuk( seluruhnya)?: /);
    await walk.open(page, "/keluarga");
    const after = await page.locator("tbody tr th a").evaluateAll((links) => links.map((link) => `${link.innerText} ${link.getAttribute("href")}`));
    same(after.join("; "), before.join("; "), "the same families under the same addresses");
  },

  "without JavaScript a list comes in all the same": async (walk) => {
    const page = await walk.as("rina", { scripts: false });
    await walk.open(page, "/daftar/unggah");
    await page.setInputFiles("input[name=berkas]", [walk.known.files.dtsen_keluarga, walk.known.files.dtsen_anggota].map((name) => join(walk.data, "unduhan", name)));
    await walk.goes(page, () => page.getByRole("button", { name: "Unggah" }).click());
    includes(await walk.says(page), "2 dari 2 berkas dikenali sebagai DTSEN", "the list is recognised");
    await walk.goes(page, () => page.getByRole("button", { name: "Baca berkas" }).click());
    await settled(walk, page, /siap masuk/);
    await walk.goes(page, () => page.getByRole("button", { name: /^Masukkan/ }).click());
    await settled(walk, page, /masuk( seluruhnya)?: /);
    await walk.open(page, "/daftar");
    const text = await walk.text(page);
    check(text.includes("P3KE 2023") && text.includes("DTSEN"), "both lists are in");
  },

  "a file nobody knows is mapped once, and the next is recognised by itself": async (walk) => {
    const seeds = (name) => Buffer.from(`PENERIMA BIBIT\nNomor Induk;Nama Petani;Luas Sawah\n9901011207859001;${name};1200\n9901011207859002;AMAT SAID;800\n9901011207859003;TONO;700\n`);
    const page = await walk.as("rina");
    await walk.open(page, "/daftar/unggah");
    await page.setInputFiles("input[name=berkas]", { name: "bibit.csv", mimeType: "text/csv", buffer: seeds("UMAR BAKRI") });
    await walk.goes(page, () => page.getByRole("button", { name: "Unggah" }).click());
    await walk.goes(page, () => page.getByRole("link", { name: /^Petakan kolomnya/ }).click());
    same(await page.getByLabel("Isi kolom ini: Nomor Induk").inputValue(), "NIK", "the column of numbers is guessed by what stands in it");
    await page.getByLabel("Isi kolom ini: Nama Petani").fill("Nama");
    await page.getByLabel("Isi kolom ini: Luas Sawah").fill("Simpan apa adanya");
    await walk.goes(page, () => page.getByRole("button", { name: "Coba baca" }).click());
    includes(await walk.text(page, "#coba"), "dari 3 baris pertama terbaca", "the first rows are tried");
    await walk.goes(page, () => page.getByRole("button", { name: "Simpan format" }).click(), 422);
    await page.getByLabel("Nama format").fill("Penerima bibit");
    await walk.goes(page, () => page.getByRole("button", { name: "Simpan format" }).click());
    includes(await walk.text(page), "kolom cocok dengan Penerima bibit", "the draft is read by it");
    await page.getByLabel("Versi").fill("2024");
    await walk.goes(page, () => page.getByRole("button", { name: "Baca berkas" }).click());
    await settled(walk, page, /siap masuk/);
    await walk.goes(page, () => page.getByRole("button", { name: /^Masukkan/ }).click());
    await settled(walk, page, /masuk( seluruhnya)?: /);
    await walk.open(page, "/daftar/unggah");
    await page.setInputFiles("input[name=berkas]", { name: "bibit tahap 2.csv", mimeType: "text/csv", buffer: seeds("UMAR SAID") });
    await walk.goes(page, () => page.getByRole("button", { name: "Unggah" }).click());
    includes(await walk.says(page), "1 dari 1 berkas dikenali", "the next file is recognised by itself");
    includes(await walk.text(page), "Format ini dibuat", "and says by whose hand");
    await walk.press(page, "Batalkan");
    await walk.press(page, "Buang");
    await walk.open(page, "/daftar/format");
    await walk.press(page, "Penerima bibit");
    includes(await walk.text(page), "Nomor Induk", "the format can be read");
  },
};
