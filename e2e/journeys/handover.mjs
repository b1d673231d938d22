// The food parcels are handed over (scenario D.2): enrolment from the decree under the ceiling, an event in one
// subdistrict, invitations on paper, families served on an officer's phone with and without JavaScript, the equation after
// every step, the rest absent, a later day for them, parcels given back. Fewer served than enrolled is said as such.

import { Workbook } from "../xlsx.mjs";
import { check, figure, includes, number, same } from "../walk.mjs";
import { paper } from "./targeting.mjs";
import { date, day } from "./verification.mjs";

export const world = "empty";
export const after = "targeting";
export const everyDatabase = true;

const HERE = "Muara Jernih";
const STATES = { received: "Diterima sendiri", proxy: "Lewat wakil", absent: "Tidak hadir", failed: "Gagal", reassigned: "Dialihkan", waiting: "Belum dilayani" };

/**
 * The equation on the board of this event: planned = received + by proxy + absent + failed + reassigned (+ not yet served),
 * in families and to the rupiah; and each part as the story counted it.
 */
export async function equation(walk, page, event, expected) {
  await walk.open(page, event);
  const all = await page.locator(".t-eq").first().locator("> div").evaluateAll((terms) =>
    terms.map((term) => ({ name: term.querySelector("dt").innerText.trim(), amount: Number(term.querySelector("dd").firstChild.textContent.replace(/\D/g, "") || term.querySelector("dd a")?.innerText.replace(/\D/g, "")), families: Number(term.querySelector("small").innerText.match(/[\d.]+/)[0].replace(/\./g, "")) })),
  );
  const [plan, ...parts] = all;
  same(plan.name, "Rencana", "the plan stands first");
  const words = JSON.stringify(all);
  same(parts.reduce((sum, part) => sum + part.amount, 0), plan.amount, `rupiah: ${words}`);
  same(parts.reduce((sum, part) => sum + part.families, 0), plan.families, `families: ${words}`);
  includes(await walk.text(page), "Selisih Rp0 – cocok", "the page says that it holds");
  for (const [state, families] of Object.entries(expected)) {
    const part = state === "planned" ? plan : parts.find((term) => term.name === STATES[state]);
    same(part?.families ?? 0, families, `${state}: ${words}`);
    same(part?.amount ?? 0, (families * plan.amount) / plan.families, `${state} in rupiah: ${words}`);
  }
  return plan;
}

/** Enrols everybody of this decree; the page before it is open. */
export async function enrol(walk, page, programme, decree) {
  await walk.open(page, programme);
  includes(await walk.text(page), `SK ${decree} menetapkan`, "the programme says that a decree waits");
  await walk.press(page, "Daftarkan dari SK");
  const choice = page.locator(".t-facet a").filter({ hasText: decree });
  if ((await choice.getAttribute("aria-current")) !== "true") await walk.goes(page, () => choice.click());
}

/** Plans an event; where it is, afterwards. */
export async function plan(walk, page, programme, { place, areas, again }) {
  if (again) await walk.open(page, `/penyaluran/baru?dari=${again.match(/\d+$/)[0]}`);
  else {
    await walk.open(page, programme);
    await walk.press(page, "Rencanakan penyaluran");
  }
  if (areas) {
    const chosen = await page.locator("input[name=areas]:checked").evaluateAll((boxes) => boxes.map((box) => box.value));
    for (const area of chosen) await page.locator(`input[name=areas][value="${area}"]`).uncheck();
    await walk.press(page, "Simpan rencana", 422);
    includes(await walk.text(page, ".govuk-error-summary"), "Pilih paling sedikit satu wilayah", "for nobody there is no event");
    await page.locator(".govuk-checkboxes__item").filter({ hasText: `Kec. ${areas}` }).locator("input").check();
  }
  await page.fill("#place", place);
  await date(page, "on", day(0));
  await page.fill("#at", "08.00");
  await page.fill("#witnesses", "Camat, kepala desa");
  await walk.press(page, "Simpan rencana");
  return new URL(page.url()).pathname;
}

/** The invitations of an event: number, name, address of the QR code. */
export async function invitations(page, event) {
  const found = [];
  let next = `${event}/daftar`;
  while (next) {
    await page.goto(next);
    found.push(...(await page.locator("tbody tr").evaluateAll((rows) => rows.map((row) => ({ number: row.querySelector("td").innerText.trim(), name: row.querySelector("th").innerText.trim(), path: row.querySelector("th a").getAttribute("href") })))));
    const link = page.locator(".t-pages a[rel=next]");
    next = (await link.count()) > 0 ? await link.getAttribute("href") : null;
  }
  return found;
}

/** On the card of an invitation: the recipient signed on paper. */
export async function onPaper(walk, page, path) {
  await walk.open(page, path);
  await walk.press(page, "Terima sendiri");
  await page.locator("input[name=paper]").check();
  await walk.press(page, /^Serahkan/);
}

export const stories = {
  "families are enrolled from the decree, under the ceiling": async (walk) => {
    const page = await walk.as("rina");
    await enrol(walk, page, walk.known.parcels, "400.9.1/112/2026");
    same(figure(await walk.says(page), /keluarga siap didaftarkan/), walk.known.chosen, "everybody the decree names");
    const text = await walk.text(page);
    const left = walk.known.ceiling - walk.known.chosen * walk.known.parcel;
    check(left >= 0 && text.includes(`Rp${left.toLocaleString("id-ID")}`), `what is left of the ceiling is told: ${text.slice(0, 700)}`);
    await walk.press(page, /^Daftarkan [\d.]+ keluarga/);
    includes(await walk.told(page), `${walk.known.chosen} keluarga terdaftar`, "they are enrolled");
    await walk.open(page, walk.known.parcels);
    includes(await walk.says(page), `${walk.known.chosen} keluarga terdaftar dan belum satu pun menerima`, "and nobody has received anything");
  },

  "an event in one subdistrict; invitations on A4 and F4": async (walk) => {
    const page = await walk.as("rina");
    walk.known.event = await plan(walk, page, walk.known.parcels, { place: "Pendopo Kecamatan", areas: HERE });
    const invited = await invitations(page, walk.known.event);
    check(invited.length >= 5, `enough families for every outcome: ${invited.length}`);
    walk.known.invited = invited;
    check(invited.every(({ path }) => /^\/u\/[a-z0-9]{16,}$/i.test(path)), "an address holds an opaque number");
    for (const sheet of ["A4", "F4"]) {
      await walk.open(page, `${walk.known.event}/dokumen?kertas=${sheet}`);
      paper(await walk.download(page, () => page.getByRole("link", { name: "Undangan, PDF" }).click()), sheet.toLowerCase());
    }
    // nobody is served before the event is open
    await walk.open(page, invited[0].path);
    includes(await walk.text(page), "Penyaluran belum dibuka", "the card says so");
    check((await page.getByRole("button", { name: "Terima sendiri" }).count()) === 0, "and offers nothing");
    await walk.open(page, walk.known.event);
    await page.fill("#brought", String(invited.length));
    await walk.press(page, "Buka penyaluran");
    await equation(walk, page, walk.known.event, { planned: invited.length, waiting: invited.length });
  },

  "an officer serves on the phone; without JavaScript it works the same": async (walk) => {
    const { event, invited } = walk.known;
    const page = await walk.as("rina");
    const officer = await walk.as("nurhayati", { phone: true });
    await walk.open(officer, `${event}/bayar`);
    await officer.fill("#q", String(number(invited[0].number)));
    await walk.goes(officer, () => officer.getByRole("button", { name: "Cari" }).click());
    same(new URL(officer.url()).pathname, invited[0].path, "the number on the invitation opens its card");
    includes(await walk.text(officer), invited[0].name, "with the family's name");
    await walk.press(officer, "Terima sendiri");
    // without any proof nothing is handed over
    await walk.press(officer, /^Serahkan/, 422);
    includes(await walk.text(officer, ".govuk-error-summary"), "Ambil foto, tanda tangan, atau cap jempol", "a proof is asked for");
    await officer.setInputFiles("#photo", { name: "foto.jpg", mimeType: "image/jpeg", buffer: await officer.screenshot({ type: "jpeg" }) });
    await officer.locator("[data-photo] img").first().waitFor();
    await walk.press(officer, /^Serahkan/);
    includes(await walk.told(officer), "diserahkan kepada", "handed over");
    await equation(walk, page, event, { received: 1, waiting: invited.length - 1 });
    const plain = await walk.as("nurhayati", { phone: true, scripts: false });
    await onPaper(walk, plain, invited[1].path);
    includes(await walk.told(plain), "diserahkan kepada", "handed over without JavaScript");
    await onPaper(walk, plain, invited[2].path);
    await equation(walk, page, event, { received: 3, waiting: invited.length - 3 });
    // an officer of another subdistrict sees nothing behind the code
    await walk.open(await walk.as("samsul", { phone: true }), invited[3].path, 404);
  },

  "it is closed when the parcels are counted; who did not come is planned again": async (walk) => {
    const { event, invited } = walk.known;
    const page = await walk.as("rina");
    const rest = invited.length - 3;
    await walk.open(page, event);
    await walk.press(page, new RegExp(`Tutup: ${rest} lagi`));
    await page.fill("#counted", String(rest));
    await walk.press(page, "Tutup penyaluran", 422);
    includes(await walk.text(page, ".govuk-error-summary"), `${rest} keluarga belum ditandai`, "nobody is forgotten silently");
    await page.locator("#rest_absent").check();
    await page.fill("#counted", String(rest - 1));
    await walk.press(page, "Tutup penyaluran", 422);
    includes(await walk.text(page, ".govuk-error-summary"), "isi penjelasannya", "a difference must be explained");
    await page.fill("#counted", String(rest));
    await walk.press(page, "Tutup penyaluran");
    await equation(walk, page, event, { received: 3, absent: rest });
    includes(await walk.says(page), "belum diputus", "the absent are not settled");
    walk.known.later = await plan(walk, page, walk.known.parcels, { place: "Balai desa", again: event });
    const again = await invitations(page, walk.known.later);
    same(again.length, rest, "those absent, and nobody else");
    await walk.open(page, walk.known.later);
    await walk.press(page, "Buka penyaluran");
    await onPaper(walk, page, again[0].path);
    await equation(walk, page, walk.known.later, { planned: rest, received: 1, waiting: rest - 1 });
    await walk.open(page, `${walk.known.later}/tutup`);
    await page.locator("#rest_absent").check();
    await page.fill("#counted", String(rest - 1));
    await walk.press(page, "Tutup penyaluran");
    await walk.open(page, event);
    includes(await walk.says(page), "sudah diputus semua", "the first day is settled");
  },

  "parcels nobody came for are given back, and fewer served than enrolled is said as such": async (walk) => {
    const { later, parcels, chosen, parcel, invited } = walk.known;
    const page = await walk.as("rina");
    const left = invited.length - 4;
    await walk.open(page, later);
    await walk.press(page, /^Setor/);
    for (const box of await page.locator("input[name=of]").all()) await box.check();
    await page.fill("#number", "BA-07/2026");
    await date(page, "on", day(0));
    await page.fill("#amount", String(left + 1));
    await walk.press(page, "Catat setoran", 422);
    includes(await walk.text(page, ".govuk-error-summary"), "Harus", "not more than is left");
    await page.fill("#amount", String(left));
    await walk.press(page, "Catat setoran");
    await equation(walk, page, later, { received: 1, absent: left });
    await walk.open(page, parcels);
    const says = await walk.says(page);
    same(figure(says, /(dari [\d.]+ )?keluarga/), 4, says);
    includes(says, String(chosen), "out of those enrolled");
    const text = await walk.text(page);
    includes(text, `Rp${(4 * parcel).toLocaleString("id-ID")}`, "realised to the rupiah");
    // what the papers say: handover minutes for whom it was handed to, the report with its missing families
    await walk.open(page, `${walk.known.event}/dokumen`);
    paper(await walk.download(page, () => page.getByRole("link", { name: "Berita acara serah terima, PDF" }).click()), "f4");
    const minutes = await walk.download(page, () => page.getByRole("link", { name: "Berita acara serah terima, XLSX" }).click());
    const named = new Workbook(minutes.bytes).rows(1).filter((row) => row.cells.some((cell) => invited.some(({ name }) => String(cell ?? "").toUpperCase() === name.toUpperCase())));
    same(named.length, 3, "the minutes name those who received that day, and nobody else");
  },
};
