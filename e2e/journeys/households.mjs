// Changes of families by hand, in the browser: a birth recorded on a phone; a split that waits for a second person, because
// the office wants it so, agreed to by the head of office without JavaScript; and a change taken back, with all as it was.

import { check, includes, same } from "../walk.mjs";

export const world = "year";
export const everyDatabase = false;

/** The first families of the list, by their pages. */
async function families(walk, page, words) {
  await walk.open(page, "/keluarga");
  await page.fill("#f-cari", words);
  await walk.goes(page, () => page.locator("form.t-filter--panel button[type=submit]").click());
  return page.$$eval("a.t-rowlink", (all) => all.map((a) => a.getAttribute("href")));
}

/** Names of the members, as the family's page lists them. */
const members = (page) => page.$$eval("a[href^='/orang/']", (all) => all.map((a) => a.innerText.trim()));

/** The first of these families that has so many members. */
async function withMembers(walk, page, pages, least) {
  for (const path of pages) {
    await walk.open(page, path);
    if ((await page.locator("table a[href^='/orang/']").count()) >= least && (await page.getByRole("button", { name: "Ubah susunan keluarga" }).count()) === 1) return path;
  }
  throw new Error("no family has enough members");
}

export const stories = {
  "a birth is recorded on a phone, seen before it is written": async (walk) => {
    const page = await walk.as("rina", { phone: true });
    const path = await withMembers(walk, page, await families(walk, page, "siti"), 2);
    walk.known.family = path;
    await walk.press(page, "Ubah susunan keluarga");
    await walk.goes(page, () => page.getByRole("button", { name: "Catat: Kelahiran" }).click());
    // nothing filled in: every field that is missing says so
    await walk.goes(page, () => page.getByRole("button", { name: "Periksa perubahan" }).click(), 422);
    check((await page.locator(".govuk-error-summary a").count()) >= 3, "the summary names what is missing");
    await page.getByLabel("Nama lengkap").fill("Melati Contoh");
    await page.getByLabel("Perempuan").check();
    await page.getByLabel("Tanggal lahir").fill("1/9/2026");
    await page.getByLabel("Dasar perubahan").fill("Akta kelahiran");
    await walk.goes(page, () => page.getByRole("button", { name: "Periksa perubahan" }).click());
    const text = await walk.text(page);
    for (const part of ["Sebelum", "Sesudah", "Melati Contoh"]) includes(text, part, "before and after");
    await walk.goes(page, () => page.getByRole("button", { name: "Simpan" }).click());
    includes(await walk.told(page), "Perubahan disimpan", "it is written");
    check((await members(page)).includes("Melati Contoh"), "the newborn is a member");
    includes(await walk.text(page), "Lahir: Melati Contoh", "the timeline says so");
  },

  "a split waits for a second person and is agreed to": async (walk) => {
    const admin = await walk.as("admin");
    await walk.open(admin, "/pengaturan");
    await admin.getByLabel("Pecah keluarga").check();
    await walk.press(admin, "Simpan");
    const page = await walk.as("rina");
    await walk.open(page, walk.known.family);
    const before = await members(page);
    await walk.open(page, `${walk.known.family}/ubah/pecah`);
    includes(await walk.text(page), "berlaku setelah disetujui orang kedua", "the form says that it will wait");
    const field = page.locator("select[name^='m-']").nth(1);
    await field.selectOption("HEAD");
    await page.getByLabel("Tanggal kejadian").fill("1/9/2026");
    await page.getByLabel("Dasar perubahan").fill("Surat pengantar RT");
    await walk.goes(page, () => page.getByRole("button", { name: "Periksa perubahan" }).click());
    await walk.goes(page, () => page.getByRole("button", { name: "Usulkan" }).click());
    walk.known.change = new URL(page.url()).pathname;
    includes(await walk.says(page), "menunggu persetujuan", "it waits");
    same(await page.getByRole("button", { name: "Setujui" }).count(), 0, "nobody agrees to his own");
    // the head of office finds it on his page, without JavaScript
    const head = await walk.as("bahtiar", { scripts: false });
    await walk.open(head, "/kepala-dinas");
    includes(await walk.text(head), "perubahan keluarga menunggu persetujuan Anda", "it stands in his queue");
    await walk.open(head, walk.known.change);
    await walk.goes(head, () => head.getByRole("button", { name: "Setujui" }).click());
    includes(await walk.says(head), "berlaku", "it is in effect");
    await walk.open(page, walk.known.family);
    same((await members(page)).length, before.length, "who left is named among the former members");
    includes(await walk.text(page), "Dipecah dari keluarga ini", "the new family is named");
  },

  "a change is taken back, and all is as it was": async (walk) => {
    const head = await walk.as("bahtiar", { scripts: false });
    await walk.open(head, walk.known.change);
    await head.locator("summary", { hasText: "Tarik kembali" }).click();
    await head.locator("form[action$='/tarik'] textarea").fill("Tidak jadi membentuk keluarga sendiri");
    await walk.goes(head, () => head.locator("form[action$='/tarik'] button").click());
    includes(await walk.says(head), "sudah ditarik kembali", "it is taken back");
    const page = await walk.as("rina");
    await walk.open(page, walk.known.family);
    const text = await walk.text(page);
    check(!text.includes("Dipecah dari keluarga ini") && text.includes("Pemecahan keluarga ditarik kembali"), "the family is whole again, the timeline remembers");
    // and a member's page, with his sheet as a paper
    const person = await page.locator("table a[href^='/orang/']").first().getAttribute("href");
    await walk.open(page, person);
    includes(await walk.text(page), "Keluarga dari waktu ke waktu", "the page of a person");
    const file = await walk.download(page, () => page.getByRole("button", { name: "Lembar data pribadi" }).click());
    check(file.bytes.subarray(0, 5).toString() === "%PDF-", "the sheet is a paper");
  },
};
