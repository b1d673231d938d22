// From verified families to a signed decree, and an answer for everybody else (scenario D.2 and D.3): a programme of food
// parcels with its ceiling, a determination with criteria, quota by village and ceiling, who is in, who is next and why;
// the head of office returns, then signs; the decree as PDF and XLSX; families not served go to an agency, whose inbox
// shows them, or are refused with a reason. Nobody verified is left without an answer.

import { inflateSync } from "node:zlib";
import { Workbook } from "../xlsx.mjs";
import { PASSWORD, check, figure, includes, number, same } from "../walk.mjs";
import { day } from "./verification.mjs";

export const world = "empty";
export const after = "verification";
export const everyDatabase = true;

const MILLIMETRES = 72 / 25.4;
const SHEETS = { a4: [210, 297], f4: [215, 330] };

/** A PDF, with pages of this sheet, upright or across. */
export function paper({ name, bytes }, sheet) {
  check(bytes.subarray(0, 5).toString() === "%PDF-", `${name} begins as a PDF does`);
  check(name.endsWith(".pdf"), `${name} is called one`);
  // page sizes may lie in compressed objects
  let text = bytes.toString("latin1");
  for (const found of text.matchAll(/stream\r?\n/g)) {
    try {
      text += inflateSync(bytes.subarray(found.index + found[0].length)).toString("latin1");
    } catch {
      // a picture or a font
    }
  }
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*([\d.\s-]+)\]/g)].map((found) => found[1].trim().split(/\s+/).map(Number));
  check(boxes.length > 0, `${name} has pages`);
  const [short, long] = SHEETS[sheet].map((side) => side * MILLIMETRES);
  for (const [left, bottom, right, top] of boxes) {
    const [a, b] = [right - left, top - bottom].sort((x, y) => x - y);
    check(Math.abs(a - short) < 2 && Math.abs(b - long) < 2, `${name}: ${a} x ${b} is not ${sheet}`);
  }
}

/** Fills in the form of a programme. */
export async function programme(page, { name, subActivity, ceiling, strategy = "S1", kind, cash, items = [], excludes = [] }) {
  await page.fill("#name", name);
  await page.selectOption("#agency", { label: (await page.locator("#agency option").filter({ hasText: "Dinas Sosial" }).first().innerText()).trim() });
  await page.locator(`input[name=strategy][value=${strategy}]`).check();
  await page.selectOption("#aid_kind", kind);
  for (const aid of excludes) await page.locator(`input[name=excludes][value=${aid}]`).check();
  await page.fill("#sub_activity", subActivity);
  // the fifth part of an account says whether it pays for money or goods
  const accounts = await page.locator("#account option").evaluateAll((all) => all.map((option) => option.value));
  await page.selectOption("#account", accounts.find((account) => account.split(".")[4] === (cash ? "01" : "02")));
  // nobody has chosen a source of funds yet
  same(await page.inputValue("#fund"), "", "no fund is preselected");
  const funds = await page.locator("#fund option").evaluateAll((all) => all.map((option) => option.value));
  await page.selectOption("#fund", funds.find((fund) => fund !== ""));
  await page.fill("#ceiling", String(ceiling));
  await page.locator(`input[name=aid][value=${cash ? "cash" : "goods"}]`).check();
  if (cash) await page.fill("#cash", String(cash));
  for (const [at, [item, quantity, unit, price]] of items.entries()) {
    for (const [part, value] of Object.entries({ name: item, quantity, unit, price })) await page.fill(`[name=item-${part}-${at + 1}]`, String(value));
  }
}

/** Ranks the round for this programme; the page of the determination is open afterwards. */
export async function determine(walk, page, { name, about, families }) {
  await walk.open(page, "/penetapan");
  await walk.press(page, "Penetapan baru");
  await page.fill("#name", name);
  await page.locator("label").filter({ hasText: "Verval P3KE" }).click();
  await page.locator("label").filter({ hasText: about }).click();
  await page.fill("#families", String(families));
  await walk.press(page, "Buat dan peringkatkan");
  return new URL(page.url()).pathname;
}

/** The head of office opens what waits for him and signs it. */
export async function sign(walk, path, number_, options) {
  const head = await walk.as("bahtiar", options);
  await walk.open(head, path);
  await walk.press(head, /Periksa & putuskan/);
  await head.fill("#number", number_);
  await head.fill("#decided_on", day(0));
  await head.fill("#password", "bukan ini");
  await walk.press(head, "Tanda tangani SK", 422);
  includes(await walk.text(head), "Kata sandi salah", "only he himself signs");
  // families not verified are told, and signed over knowingly
  const unverified = head.locator("#unverified");
  if ((await unverified.count()) > 0) await unverified.check();
  await head.fill("#password", PASSWORD);
  await walk.press(head, "Tanda tangani SK");
  includes(await walk.told(head), `SK ${number_} ditandatangani`, "it is signed");
  return new URL(head.url()).pathname;
}

/** The terms of the equation on this page, by name. */
const terms = async (page) =>
  Object.fromEntries(await page.locator(".t-eq").first().locator("> div").evaluateAll((all) => all.map((term) => [term.querySelector("dt").innerText.trim(), Number(term.querySelector("dd").firstChild.textContent.replace(/\D/g, ""))])));

/** Families of the round = selected + referred + refused + open + not verified, and how many are open. */
async function answered(walk, page) {
  await walk.open(page, `${walk.known.determination}/jawaban`);
  const found = await terms(page);
  const { "Keluarga putaran ini": all, ...rest } = found;
  same(Object.values(rest).reduce((sum, part) => sum + part, 0), all, `the answers add up: ${JSON.stringify(found)}`);
  return found;
}

export const stories = {
  "a programme of food parcels: faults at their fields, price of one parcel, ceiling": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, "/program");
    await walk.press(page, "Program baru");
    await walk.press(page, "Simpan", 422);
    check((await page.locator(".govuk-error-summary li").count()) >= 3, "an empty form is told field by field");
    const { layak, perbaikan } = walk.known.verified;
    // a sixth of the verified, as in Kutai Kartanegara; the ceiling is enough for them and not for ten more
    walk.known.quota = Math.max(12, Math.round((layak + perbaikan) / 6));
    const items = [["Beras", "10", "kg", 15_000], ["Minyak goreng", "2", "liter", 18_000], ["Telur", "1,5", "kg", 28_000], ["Gula pasir", "2", "kg", 17_500]];
    const parcel = 10 * 15_000 + 2 * 18_000 + 1.5 * 28_000 + 2 * 17_500;
    walk.known.parcel = parcel;
    walk.known.ceiling = parcel * (walk.known.quota + 5);
    await programme(page, { name: "Paket sembako", subActivity: "1.06.05.2.02.0003", kind: "food", ceiling: walk.known.ceiling, items, excludes: ["aid_bpnt", "aid_sembako"] });
    await page.fill("[name=stage-name-1]", "Tahap 1");
    await walk.press(page, "Simpan");
    walk.known.parcels = new URL(page.url()).pathname;
    const text = await walk.text(page);
    includes(text, parcel.toLocaleString("id-ID"), "the price of one parcel is added up");
    same(figure(await walk.says(page), /keluarga/), walk.known.quota + 5, "the ceiling is enough for so many");
    await walk.press(page, "Aktifkan program");
    includes(await walk.told(page), "Program berjalan", "it runs");
  },

  "the round is ranked by criteria, quota by village and ceiling; a rule is tried before it is saved": async (walk) => {
    const page = await walk.as("rina");
    walk.known.determination = await determine(walk, page, { name: "Penerima paket sembako", about: "Paket sembako", families: walk.known.quota });
    const says = await walk.says(page);
    same(figure(says, /keluarga terpilih/), walk.known.quota, says);
    let text = await walk.text(page);
    const [, candidates, eligible, excluded] = text.match(/([\d.]+) dalam putaran = ([\d.]+) layak \+ ([\d.]+) tidak ikut/).map(number);
    same(eligible + excluded, candidates, "everybody of the round is ranked or told why not");
    same(candidates, walk.known.families, "nobody is missing");
    for (const why of ["Hasil verval: tidak layak", "Dikeluarkan musdes"]) includes(text, why, "reasons for not being ranked");
    // who is in, who is next, and why: around the line
    await walk.goes(page, () => page.getByRole("link", { name: "garis batas" }).click());
    text = await walk.text(page);
    includes(text, "Garis batas", "the line is drawn");
    const rows = await page.locator("tbody tr").evaluateAll((all) => all.map((row) => row.innerText.replace(/\s+/g, " ")));
    const cut = rows.findIndex((row) => row.includes("Garis batas"));
    check(cut > 0 && rows[cut - 1].includes("terpilih") && rows[cut + 1].includes("cadangan 1"), `the last one in and the first one out: ${rows.slice(cut - 1, cut + 2)}`);
    // another rule: its consequences stand beside it while nothing is written
    await walk.press(page, "Ubah aturan");
    await page.fill("#desil-1", "40");
    await page.fill("#need-JAMBAN", "25");
    await page.locator("#each_village").fill("1");
    await page.locator("#each_village").blur();
    await page.waitForFunction(() => /masuk|sama seperti sekarang/.test(document.querySelector("#akibat").innerText) && /terpilih;/.test(document.querySelector("#akibat").innerText));
    const tried = (await page.locator("#akibat").innerText()).replace(/\s+/g, " ");
    includes(tried, "Belum ada yang tersimpan", "it was only tried");
    await page.fill("#ceiling", String(walk.known.parcel * (walk.known.quota + 50)));
    await walk.press(page, "Simpan aturan", 422);
    includes(await walk.text(page, ".govuk-error-summary"), "Sisa pagu program hanya", "no ceiling beyond the programme's");
    await page.fill("#ceiling", String(walk.known.parcel * (walk.known.quota - 2)));
    await page.fill("#families", "");
    await walk.press(page, "Simpan aturan");
    includes(await walk.told(page), "Aturan disimpan", "the rule is saved");
    // no village has more than its quota, and money ends before families do
    const file = await walk.download(page, () => page.getByRole("link", { name: "unduh" }).click());
    const ranking = new Workbook(file.bytes);
    walk.known.ranking = file.name;
    const chosen = ranking.table("Nilai").filter((row) => /terpilih/i.test(row.Keadaan ?? ""));
    walk.known.chosen = figure(await walk.says(page), /keluarga terpilih/);
    same(chosen.length, walk.known.chosen, "the workbook says the same");
    check(walk.known.chosen <= walk.known.quota - 2, "the ceiling is kept");
    const villages = chosen.map((row) => row["Desa/kelurahan"] + row.Kecamatan);
    same(new Set(villages).size, villages.length, "one family a village, as the quota says");
  },

  "why this family, why not that one": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, `${walk.known.determination}?keadaan=selected`);
    const row = page.locator("tbody tr th a").first();
    await walk.goes(page, () => row.click());
    includes(await walk.says(page), "terpilih di peringkat", "who is in says at which rank");
    walk.known.served = new URL(page.url()).pathname.match(/\d+$/)[0];
    await page.locator("summary").filter({ hasText: "Lihat tabel" }).click();
    const points = await page.locator(".govuk-details__text tbody td:nth-child(2)").allInnerTexts();
    const score = Number((await walk.text(page)).match(/Nilai ([\d,.]+) dari/)[1].replace(",", "."));
    check(points.length > 0 && Math.abs(points.reduce((sum, text) => sum + Number(text.replace(",", ".")), 0) - score) < 0.01, `the points add up to the score: ${points} = ${score}`);
    await walk.open(page, `${walk.known.determination}?keadaan=reserve`);
    await walk.goes(page, () => page.locator("tbody tr th a").first().click());
    const says = await walk.says(page);
    includes(says, "cadangan", "who is next says so");
    includes(await walk.text(page), "Sebab:", "and why");
    walk.known.reserve = new URL(page.url()).pathname.match(/\d+$/)[0];
    // by hand only with a reason, and the head of office sees it
    await page.locator("input[name=act][value=exclude]").check();
    await walk.press(page, "Ubah", 422);
    check((await page.locator(".govuk-error-summary").count()) === 1, "not without a reason");
    await page.locator("input[name=act][value=exclude]").check();
    await page.fill("#reason", "Sudah dibantu baznas");
    await walk.press(page, "Ubah");
    includes(await walk.says(page), "tidak ikut diperingkat", "taken out by hand");
  },

  "the head of office sends it back, and signs it when it comes again": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, walk.known.determination);
    await walk.press(page, "Ajukan ke Kepala Dinas");
    check((await page.getByRole("button", { name: "Ubah aturan" }).count()) === 0, "what is proposed cannot be changed");
    const head = await walk.as("bahtiar");
    await walk.open(head, "/");
    includes(await walk.text(head), "Penerima paket sembako", "it waits on his first page");
    await walk.open(head, `${walk.known.determination}/putusan`);
    const text = await walk.text(head);
    for (const told of ["Tidak melampaui pagu", "Data belum berubah sejak diperingkat", "belum ada berita acara musdes final", "Sudah dibantu baznas"]) includes(text, told, "what he examines");
    await walk.press(head, "Kembalikan ke penyusun", 422);
    await head.fill("#return_reason", "Lengkapi berita acara musdes");
    await walk.press(head, "Kembalikan ke penyusun");
    await walk.open(page, walk.known.determination);
    includes(await walk.text(page), "Lengkapi berita acara musdes", "the office reads why");
    includes(await walk.text(page), "Ubah aturan atau hitung ulang", "and what to do");
    await walk.press(page, "Hitung ulang");
    await walk.press(page, "Ajukan ke Kepala Dinas");
    // without JavaScript, as every core step
    walk.known.decree = await sign(walk, walk.known.determination, "400.9.1/112/2026", { scripts: false });
    await walk.open(page, walk.known.decree);
    const says = await walk.says(page);
    same(figure(says, /keluarga/), walk.known.chosen, says);
    includes(says, `Rp${(walk.known.chosen * walk.known.parcel).toLocaleString("id-ID")}`, "to the rupiah");
  },

  "the decree is downloaded as PDF on A4 and F4 and as XLSX, and proves itself": async (walk) => {
    const page = await walk.as("rina");
    await walk.open(page, walk.known.decree);
    for (const sheet of ["a4", "f4"]) {
      const file = await walk.download(page, () => page.getByRole("button", { name: `PDF ${sheet.toUpperCase()}` }).click());
      paper(file, sheet);
      check(!/\d{16}/.test(file.name), "no number stands in the file's name");
    }
    const file = await walk.download(page, () => page.getByRole("button", { name: "XLSX" }).click());
    const rows = new Workbook(file.bytes).rows().filter((row) => row.cells.some((cell) => /^\d{16}$/.test(String(cell ?? ""))));
    same(rows.length, walk.known.chosen, "one row a family, with its NIK");
    await walk.press(page, "Periksa keasliannya");
    includes(await walk.text(page), "SK ini utuh", "the seal holds");
    // a later correction does not alter it
    same(figure(await walk.text(page), /keluarga dihitung ulang/), walk.known.families, "the whole ranking is repeated");
  },

  "families not served are handed to the agency that can help": async (walk) => {
    const page = await walk.as("rina");
    const open = (await answered(walk, page))["Belum dijawab"];
    check(open > 0, "families wait for an answer");
    const fishers = page.locator(".t-facet a").filter({ hasText: "nelayan dan pembudi daya ikan" });
    check((await fishers.count()) === 1, `there are fishers among them: ${(await walk.text(page)).slice(0, 400)}`);
    walk.known.fishers = number(await fishers.locator("b").innerText());
    await walk.goes(page, () => fishers.click());
    const form = page.locator("form[action$='/jawaban']");
    await form.locator("input[name=kind][value=refer]").check();
    await form.locator("input[name=scope][value=group]").check();
    await page.selectOption("#agency", { label: (await page.locator("#agency option").filter({ hasText: "Perikanan" }).innerText()).trim() });
    await page.fill("#need", "Subsidi perikanan");
    await walk.press(page, "Kirim jawaban");
    includes(await walk.told(page), `${walk.known.fishers} keluarga diserahkan ke OPD`, "all fishers");
    const found = await answered(walk, page);
    same(found["Diserahkan ke OPD"], walk.known.fishers, "the equation says so");
    same(found["Belum dijawab"], open - walk.known.fishers, "and how many are left");
  },

  "the agency's inbox shows them; it accepts, declines with a reason, and sees nobody else": async (walk) => {
    const agency = await walk.as("perikanan");
    await walk.open(agency, "/rujukan");
    same(figure(await walk.says(agency), /keluarga menunggu/), walk.known.fishers, "as many as were handed over");
    const name = (await agency.locator("tbody tr th a").last().innerText()).trim();
    await walk.goes(agency, () => agency.locator("tbody tr th a").last().click());
    await walk.press(agency, "Tolak", 422);
    await agency.fill("#words", "Bukan nelayan, buruh angkut di pelabuhan");
    await walk.press(agency, "Tolak");
    await walk.open(agency, "/rujukan");
    for (const box of await agency.locator("input[name=referral]").all()) await box.check();
    const ticked = await agency.locator("input[name=referral]").count();
    if (ticked > 0) {
      await walk.press(agency, "Terima yang dicentang");
      includes(await walk.told(agency), `${ticked} keluarga diterima`, "accepted");
    }
    await walk.open(agency, "/keluarga", 403);
    await walk.open(agency, `/penetapan/1`, 403);
    // what was declined comes back to the office with the agency's words
    const page = await walk.as("rina");
    const found = await answered(walk, page);
    same(found["Diserahkan ke OPD"], walk.known.fishers - 1, "one came back");
    await walk.open(page, `${walk.known.determination}/jawaban?mata=fisher`);
    includes(await walk.text(page), "Bukan nelayan, buruh angkut di pelabuhan", "with the reason");
    includes(await walk.text(page), name, "it is this family");
  },

  "the others are refused with a reason; nobody verified is left without an answer": async (walk) => {
    const page = await walk.as("rina");
    let { "Belum dijawab": open } = await answered(walk, page);
    const form = page.locator("form[action$='/jawaban']");
    // ticked ones first
    await page.locator("input[name=family]").first().check();
    await form.locator("input[name=kind][value=refuse]").check();
    await form.locator("input[name=scope][value=ticked]").check();
    await page.fill("#reason", "");
    await walk.press(page, "Kirim jawaban", 422);
    check((await page.locator(".govuk-error-summary").count()) === 1, "not without a reason");
    await page.fill("#reason", "Kuota penuh; diikutkan pada tahap berikut.");
    await walk.press(page, "Kirim jawaban");
    same((await answered(walk, page))["Belum dijawab"], open - 1, "one family");
    for (let groups = 0; groups < 12; groups += 1) {
      ({ "Belum dijawab": open } = await answered(walk, page));
      if (open === 0) break;
      await form.locator("input[name=kind][value=refuse]").check();
      await form.locator("input[name=scope][value=group]").check();
      await page.fill("#reason", "Tidak terpilih pada tahap ini; lihat peringkat dan alasan pada halaman keluarga.");
      await walk.press(page, "Kirim jawaban");
    }
    same(open, 0, "nobody waits for an answer any more");
    includes(await walk.says(page), "Setiap keluarga terverifikasi sudah mendapat jawaban", "the page says so");
    // the family reads it on its page
    await walk.open(page, `/keluarga/${walk.known.reserve}`);
    const timeline = await walk.text(page, "section[aria-labelledby=linimasa]");
    check(/Tidak terpilih pada tahap ini|Kuota penuh|nelayan|perikanan/i.test(timeline), `its timeline tells the answer: ${timeline.slice(0, 500)}`);
  },
};
