// One person once: pairs of records that may be one person, decided at the desk with the keyboard, taken back, and left for
// somebody who knows more; and whoever is written down by hand is looked for first.

import { check, includes, same } from "../walk.mjs";

export const world = "year";
export const everyDatabase = false;

/** How many pairs are still to be decided, as the queue says it. */
async function left(walk, page) {
  await walk.open(page, "/keluarga/padan");
  const [, count = "0"] = (await walk.text(page)).match(/([\d.]+) pasangan mungkin satu orang/) ?? [];
  return Number(count.replace(".", ""));
}

export const stories = {
  "a pair is decided with one key, taken back and asked again": async (walk) => {
    const page = await walk.as("rina");
    const before = await left(walk, page);
    check(before > 0, "the lists of the made-up district brought pairs that may be one person");
    await walk.press(page, "Mulai memeriksa");
    const path = new URL(page.url()).pathname;
    const text = await walk.text(page);
    for (const part of ["Mengapa Tuntas menduga sama", "Dua catatan berdampingan", "Keluarga di sekitarnya", "terkunci untuk Anda"]) {
      check(text.includes(part) || (await page.getByLabel(part).count()) > 0, `the page says “${part}”`);
    }
    await walk.goes(page, () => page.keyboard.press("2"));
    includes(await walk.told(page), "Tercatat sebagai dua orang berbeda", "the key decides");
    same(await left(walk, page), before - 1, "one pair less");
    await walk.open(page, path);
    await page.getByText("Tarik keputusan").first().click();
    await page.getByLabel("Alasan", { exact: true }).fill("KTP belum dilihat");
    await walk.goes(page, () => page.getByRole("button", { name: "Tarik keputusan" }).click());
    same(await left(walk, page), before, "it is asked again");
  },
};
