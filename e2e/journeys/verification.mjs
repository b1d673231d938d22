// The list is verified in the field (scenario D.1): a round over it with a filter, villages given to visitors, visits on a
// phone with and without JavaScript, everybody else's results by workbook, two results of one family decided, musdes
// minutes with their scan, the round closed. Every family of the round ends in one state, and the states add up.

import { Workbook } from "../xlsx.mjs";
import { check, figure, includes, number, same } from "../walk.mjs";

export const world = "empty";
export const after = "intake";
export const everyDatabase = true;

const HERE = "Muara Jernih";

/** A day from today as people type it. */
export function day(ahead) {
  const at = new Date(Date.now() + ahead * 86_400_000 + 7 * 3_600_000);
  return [at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCFullYear()].join("/");
}

export const date = (page, name, typed) => page.fill(`[name=${name}]`, typed);

/** A photo as a phone takes it. */
const photo = async (page) => ({ name: "IMG_20261121.jpg", mimeType: "image/jpeg", buffer: await page.screenshot({ type: "jpeg" }) });

/** Answers whatever screen is shown, until the summary: what the list says where it says something. */
async function fill(walk, page, plan, { scripts = true } = {}) {
  const asked = [];
  for (let screens = 0; screens < 40; screens += 1) {
    const path = new URL(page.url()).pathname;
    if (path.endsWith("/periksa")) return asked;
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    check(wide <= 1, `${path} is ${wide} px wider than the phone`);
    asked.push(await walk.says(page));
    const form = page.locator("form.t-form--phone");
    for (const group of await form.locator("fieldset.t-fs").all()) {
      const radios = group.locator("input[type=radio]");
      if ((await radios.count()) === 0 || (await group.locator("input[type=radio]:checked").count()) > 0) continue;
      const name = await radios.first().getAttribute("name");
      if (plan[name]) {
        await group.locator(`input[value="${plan[name]}"]`).check();
        continue;
      }
      const said = (await group.locator(".t-said b").allInnerTexts()).map((text) => text.trim());
      const like = said.length > 0 ? group.locator(".t-opt").filter({ hasText: said[0] }).locator("input") : radios;
      await ((await like.count()) > 0 ? like : radios).first().check();
    }
    for (const field of await form.locator("input[inputmode=decimal]").all()) {
      if (!(await field.inputValue())) await field.fill((await field.getAttribute("name")) === "floor_area" ? "36" : (await field.getAttribute("name")) === "working" ? "1" : "0");
    }
    for (const field of await form.locator("textarea").all()) {
      if (!(await field.inputValue())) await field.fill(plan[await field.getAttribute("name")] ?? "Ketua RT");
    }
    const all = form.getByRole("button", { name: "Semua tinggal bersama keluarga" });
    if ((await all.count()) > 0) {
      await walk.goes(page, () => all.click());
      check((await page.locator("select[name^=presence-]").evaluateAll((fields) => fields.every((field) => field.value === "1"))), "everybody is marked present");
      if (plan.correct) {
        await page.locator("details", { has: page.locator("#name-0") }).locator("summary").click();
        await page.fill("#name-0", plan.correct);
      }
    }
    const picture = form.locator("input[type=file]").first();
    if ((await picture.count()) > 0 && plan.photo) {
      await picture.setInputFiles(await photo(page));
      if (scripts) await page.locator("[data-photo] img").first().waitFor();
    }
    const place = form.locator("[data-geo] button");
    if (scripts && (await place.count()) > 0) {
      await place.click();
      await page.waitForFunction(() => document.querySelector("[data-geo] input[name$=-lat]").value !== "");
    }
    await walk.goes(page, () => form.locator("button[type=submit]").last().click());
  }
  throw new Error(`the visit does not end: ${asked.join(" | ")}`);
}

/** The next family of this visitor that waits, opened on the phone. */
async function next(walk, page) {
  await walk.open(page, "/verval");
  const lists = await page.getByRole("button", { name: /^Buka daftar/ }).evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const waiting = page.locator("tbody tr").filter({ hasText: "belum dikunjungi" }).getByRole("button", { name: /^Kunjungi/ });
  for (const list of lists) {
    await walk.open(page, list);
    if ((await waiting.count()) > 0) break;
  }
  await walk.goes(page, () => waiting.first().click());
  const id = new URL(page.url()).pathname.match(/\d+$/)[0];
  const name = (await walk.says(page)).match(/Keluarga (.*?), /)[1];
  await walk.goes(page, () => page.getByRole("button", { name: "Mulai kunjungan" }).click());
  return { id, name };
}

/** How many families of the round stand where, as its page says. */
async function standing(walk, page) {
  await walk.open(page, walk.known.round);
  const text = await walk.text(page);
  const part = (words) => (text.match(new RegExp(`${words} ([\\d.]+)`)) ? number(text.match(new RegExp(`${words} ([\\d.]+)`))[1]) : 0);
  return { layak: part("layak"), perbaikan: part("layak dengan perbaikan"), tidak: part("tidak layak"), tunda: part("ditunda"), dua: part("dua hasil"), belum: part("belum dikunjungi") };
}

async function addsUp(walk, page) {
  const parts = await standing(walk, page);
  same(Object.values(parts).reduce((sum, part) => sum + part, 0), walk.known.families, `the states of the round add up: ${JSON.stringify(parts)}`);
  return parts;
}

export const stories = {
  "a round is laid over the list, and the filter says at once whom it takes in": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, "/verval");
    await walk.press(page, "Putaran baru");
    await page.getByLabel("Nama putaran").fill("Verval P3KE");
    const list = await page.locator("#version option").filter({ hasText: "P3KE 2023" }).getAttribute("value");
    await page.selectOption("#version", list);
    await page.selectOption("#desil", "");
    await walk.press(page, "Hitung ulang");
    const all = figure(await walk.says(page), /keluarga/);
    same(all, walk.known.families, "without a filter the round takes in the whole list");
    await page.selectOption("#desil", "1");
    await walk.press(page, "Hitung ulang");
    const poorest = figure(await walk.says(page), /keluarga/);
    check(poorest > 0 && poorest < all, `the poorest tenth is part of the list: ${poorest} of ${all}`);
    const rows = await page.locator("tbody tr td:last-child").allInnerTexts();
    same(rows.reduce((sum, text) => sum + number(text), 0), poorest, "the subdistricts add up");
    same(await page.getByLabel("Nama putaran").inputValue(), "Verval P3KE", "what was typed stays");
    await page.selectOption("#desil", "");
    await date(page, "starts_on", day(0));
    await date(page, "ends_on", day(-3));
    await walk.press(page, "Buat putaran", 422);
    check((await page.locator(".govuk-error-summary").count()) === 1, "a round that ends before it begins is refused");
    await date(page, "ends_on", day(30));
    await walk.press(page, "Buat putaran");
    walk.known.round = new URL(page.url()).pathname;
    includes(await walk.says(page), "siap diverval; putaran belum dibuka", "the round is planned");
  },

  "villages are given to visitors": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, walk.known.round);
    const rows = page.locator("#desa tbody tr").filter({ hasText: HERE });
    const villages = await rows.count();
    check(villages > 0, `there are villages in ${HERE}`);
    for (const row of await rows.all()) await row.locator("input[type=checkbox]").check();
    await page.selectOption("#verifier", { label: (await page.locator("#verifier option").filter({ hasText: "Wahyu" }).innerText()).trim() });
    await page.fill("#due_on", day(14));
    await walk.goes(page, () => page.locator("#desa .t-bulk button").click());
    includes(await walk.told(page), `${villages} desa`, "as many villages as were ticked");
    same(await page.locator("#desa tbody tr").filter({ hasText: "Wahyu" }).count(), villages, "they are his");
    // the rest to whoever works there
    await walk.press(page, /Bagi/);
    includes(await walk.told(page), "desa dibagikan", "the others are spread");
    same(await page.locator("#desa tbody tr").filter({ hasText: "belum ada" }).count(), 0, "no village is left to nobody");
    await walk.press(page, "Buka putaran");
    includes(await walk.told(page), "Putaran dibuka", "the round is open");
    same((await addsUp(walk, page)).belum, walk.known.families, "everybody waits");
  },

  "a visit on a phone: corrections beside the list's values, photo, place": async (walk) => {
    const page = await walk.as("wahyu", { phone: true });
    await walk.open(page, "/verval");
    includes(await walk.says(page), "keluarga menunggu Anda di", "his phone says what waits");
    const family = await next(walk, page);
    walk.known.corrected = family;
    const asked = await fill(walk, page, { found: "DITEMUKAN", photo: true, correct: "Perbaikan Contoh", outcome: "PERBAIKAN" });
    check(asked.length > 8, `the form asked its questions: ${asked.length}`);
    const summary = await walk.text(page);
    includes(summary, "Layak dengan perbaikan", "a visit with corrections comes to that outcome");
    includes(summary, "1 orang diperbaiki", "the summary names the correction");
    await walk.press(page, "Kirim kunjungan");
    includes(await walk.told(page), "Kunjungan tercatat", "it is recorded");
    const text = await walk.text(page);
    includes(text, "Perbaikan Contoh", "the correction stands");
    includes(text, "Nilai di daftar tidak diubah", "beside what the list says");
    check((await page.locator("img.t-photo__img").count()) > 0, "the photo is there");
    await page.locator("img.t-photo__img").first().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector("img.t-photo__img").naturalWidth > 0);
    check(/Lokasi [^A-Za-z]*1[,.]5\d*.*116[,.]2/.test(text), `so is the place: ${text.match(/Lokasi.{0,60}/)?.[0]}`);
  },

  "a visit without JavaScript, and what it forgot is told at its question": async (walk) => {
    const page = await walk.as("wahyu", { phone: true, scripts: false });
    const family = await next(walk, page);
    walk.known.fit = family;
    // nothing chosen
    await walk.goes(page, () => page.locator("form.t-form--phone button[type=submit]").last().click(), 422);
    includes(await walk.text(page), "Pilih atau isi jawabannya", "the question says what is missing");
    await fill(walk, page, { found: "DITEMUKAN", photo: true, outcome: "LAYAK" }, { scripts: false });
    await walk.press(page, "Kirim kunjungan");
    includes(await walk.says(page), ": Layak", "it is recorded");
    check((await page.locator("img.t-photo__img").count()) > 0, "the photo came along");
  },

  "nobody at home, and a family that is not eligible": async (walk) => {
    const page = await walk.as("wahyu", { phone: true });
    walk.known.away = await next(walk, page);
    await fill(walk, page, { found: "TIDAK_DI_RUMAH", deferral: "TIDAK_DI_RUMAH" });
    await walk.press(page, "Kirim kunjungan");
    includes(await walk.says(page), ": Ditunda", "put off");
    walk.known.unfit = await next(walk, page);
    check(walk.known.unfit.id !== walk.known.fit.id, "another family");
    await fill(walk, page, { found: "DITEMUKAN", outcome: "TIDAK_LAYAK", reason: "MAMPU" });
    await walk.press(page, "Kirim kunjungan");
    includes(await walk.says(page), ": Tidak layak", "not eligible");
    const parts = await addsUp(walk, await walk.as("rina"));
    same(JSON.stringify(parts), JSON.stringify({ layak: 1, perbaikan: 1, tidak: 1, tunda: 1, dua: 0, belum: walk.known.families - 4 }), "four visits, four outcomes");
  },

  "the results of the other villages come by workbook, faults told cell by cell": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, `${walk.known.round}/hasil`);
    const sheet = await walk.download(page, () => page.getByRole("button", { name: "Unduh lembar kerja" }).click());
    const book = new Workbook(sheet.bytes);
    const rows = book.table("Nomor keluarga").filter((row) => row["Nomor keluarga"]);
    same(rows.length, walk.known.families, "one row a family");
    const wait = rows.filter((row) => !row.Hasil);
    same(wait.length, walk.known.families - 4, "results there are already stand in it");
    const counts = { layak: 0, tidak: 0, tunda: 0 };
    for (const [at, row] of wait.entries()) {
      const values = { "Tanggal kunjungan": day(0), Petugas: "Kepala Dusun" };
      if (at % 40 === 39) {
        Object.assign(values, { Hasil: "TUNDA", Alasan: "Tidak ada orang di rumah" });
        counts.tunda += 1;
      } else if (at % 12 === 11) {
        Object.assign(values, { Hasil: "TIDAK_LAYAK", Alasan: "MAMPU" });
        counts.tidak += 1;
      } else {
        values.Hasil = "LAYAK";
        const needs = Object.keys(row).filter((name) => name.startsWith("Kebutuhan: "));
        for (const [place, need] of needs.entries()) values[need] = (at + place) % 3 === 0 ? "Ya" : "Tidak";
        counts.layak += 1;
      }
      book.fill("Nomor keluarga", row.row, values);
    }
    // somebody else found otherwise where one has been already
    const twice = rows.find((row) => row["Nomor keluarga"] === walk.known.fit.id);
    book.fill("Nomor keluarga", twice.row, { Hasil: "TIDAK_LAYAK", Alasan: "MAMPU", Petugas: "Kepala Dusun", "Tanggal kunjungan": day(0) });
    const right = book.bytes();
    // first a sheet with three faults
    book.fill("Nomor keluarga", wait[0].row, { Hasil: "OKE" });
    book.fill("Nomor keluarga", wait[1].row, { "Tanggal kunjungan": day(9) });
    book.fill("Nomor keluarga", wait[2].row, { "Nomor keluarga": "999999999" });
    const upload = (name, buffer) => page.setInputFiles("input[name=file]", { name, mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", buffer });
    await upload("hasil-salah.xlsx", book.bytes());
    await walk.press(page, "Periksa berkas");
    includes(await walk.says(page), "3 baris salah", "three rows are wrong");
    const faults = await walk.text(page);
    for (const told of ["“OKE” bukan pilihan kolom ini", "Tanggal ini belum terjadi", "Nomor ini bukan keluarga putaran ini"]) includes(faults, told, "each fault says what to do");
    check(new RegExp(`[A-Z]+${wait[0].row}`).test(faults), "and names its cell");
    await walk.press(page, "Buang berkas");
    same((await addsUp(walk, page)).belum, walk.known.families - 4, "nothing has changed");
    // then the right one
    await walk.open(page, `${walk.known.round}/hasil`);
    await upload("hasil.xlsx", right);
    await walk.press(page, "Periksa berkas");
    includes(await walk.says(page), "0 baris salah", "nothing is wrong");
    await walk.press(page, /^Terima [\d.]+ hasil/);
    includes(await walk.told(page), "1 keluarga punya dua hasil", "the two results stand side by side");
    const parts = await addsUp(walk, page);
    same(parts.belum, 0, "everybody has a result");
    same(parts.dua, 1, "one has two");
    same(parts.layak, counts.layak, "as many eligible as the sheet and the visits say");
    same(parts.tidak, counts.tidak + 1, "as many not eligible");
    same(parts.tunda, counts.tunda + 1, "as many put off");
  },

  "the office decides between two results": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, walk.known.round);
    await walk.press(page, /Putuskan 1 dengan dua hasil/);
    await walk.press(page, /^Bandingkan/);
    includes(await walk.says(page), "menemukan hal yang berbeda", "both stand beside each other");
    check((await page.locator("td.t-cell--warn").count()) > 0, "what differs is marked");
    await walk.press(page, "Putuskan", 422);
    await page.locator(".t-opt").filter({ hasText: "Wahyu" }).locator("input").check();
    await page.fill("#reason", "Dikunjungi ulang bersama kepala dusun");
    await walk.press(page, "Putuskan");
    const parts = await addsUp(walk, page);
    same(parts.dua, 0, "no family has two results");
  },

  "musdes minutes: the numbers must add up, the scan is attached, then they are locked": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, `${walk.known.round}/musdes`);
    // the village with most eligible families
    const rows = await page.locator("tbody tr").all();
    const eligible = await Promise.all(rows.map(async (row) => number(await row.locator("td").first().innerText())));
    const most = Math.max(...eligible);
    await walk.goes(page, () => rows[eligible.indexOf(most)].locator("a").click());
    const path = new URL(page.url()).pathname;
    const village = path.match(/[\d.]+$/)[0];
    await date(page, "held_on", day(0));
    await page.fill("#place", "Balai desa");
    await page.fill("#number", "141/07/BA-MD");
    await page.fill("#participants", "34");
    const numbers = async (before, removed, afterwards) => {
      for (const [name, value] of Object.entries({ before, removed, after: afterwards })) await page.fill(`#${name}`, String(value));
    };
    await numbers(most, 1, most);
    const field = page.locator("select[name^=reason-]").first();
    walk.known.removed = { name: (await field.locator("xpath=ancestor::tr/th").innerText()).trim(), village };
    await field.selectOption({ index: 1 });
    await walk.press(page, "Simpan berita acara", 422);
    check((await page.locator(".govuk-error-summary").count()) === 1, "minutes that do not add up are refused");
    await numbers(most, 1, most - 1);
    await walk.press(page, "Simpan berita acara");
    includes(await walk.says(page), `${most - 1} keluarga sesudahnya`, "they are recorded");
    check((await page.getByRole("button", { name: /pindaian|scan/i }).count()) > 0, "without a scan they cannot be locked");
    await page.setInputFiles("#scan", { name: "berita-acara.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") });
    await walk.press(page, "Unggah pindaian");
    includes(await walk.text(page), "Lihat", "the scan is attached");
    await walk.press(page, "Kunci berita acara");
    includes(await walk.says(page), "terkunci", "they are locked");
  },

  "the round is closed, and its results can be taken out": async (walk) => {
    const page = await walk.as("rina");
    const parts = await addsUp(walk, page);
    walk.known.verified = parts;
    await page.locator("summary").filter({ hasText: "Tutup putaran" }).click();
    await walk.press(page, "Ya, tutup putaran");
    const says = await walk.says(page);
    includes(says, "Ditutup dengan", "the round is closed");
    same(figure(says, /layak/), parts.layak + parts.perbaikan, "it says how many are eligible");
    const file = await walk.download(page, () => page.getByRole("link", { name: "XLSX", exact: true }).click());
    const rows = new Workbook(file.bytes).table("Nomor keluarga").filter((row) => row["Nomor keluarga"]);
    same(rows.filter((row) => /LAYAK|PERBAIKAN/.test(row.Hasil ?? "")).length, parts.layak + parts.perbaikan + parts.tidak, "the file says the same as the page");
    // a visitor can no longer send anything
    const phone = await walk.as("wahyu", { phone: true });
    await walk.open(phone, `/verval/kunjungan/${walk.known.away.id}`);
    includes(await walk.text(phone), "Putaran ini tidak menerima kunjungan", "the phone says so");
  },
};
