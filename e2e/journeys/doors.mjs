// Every role comes in, sees its own first page, and each page of its menu answers with one heading and no missing word;
// an invitation is served on a phone once, and the equation holds before and after.

export const world = "year";
export const everyDatabase = false;

const USERS = ["rina", "bahtiar", "wahyu", "nurhayati", "operator", "perikanan", "bappeda", "bupati", "inspektorat", "admin"];

async function looks(page, path) {
  const response = await page.goto(path);
  if (response.status() !== 200) throw new Error(`${path} answered ${response.status()}`);
  const headings = await page.locator("h1").count();
  if (headings !== 1) throw new Error(`${path} has ${headings} first headings`);
  const text = await page.locator("body").innerText();
  if (text.includes("⟦")) throw new Error(`${path}: ${text.match(/⟦[^⟧]*⟧/)[0]} is missing`);
}

export const stories = {
  ...Object.fromEntries(
    USERS.map((user) => [
      `${user} opens every page of the menu`,
      async (walk) => {
        const page = await walk.as(user);
        const menu = await page.$$eval(".t-nav a", (all) => all.map((a) => a.getAttribute("href")));
        if (menu.length === 0) throw new Error("there is no menu");
        for (const path of menu) await looks(page, path);
      },
    ]),
  ),
  "the equation of every event holds": async (walk) => {
    const page = await walk.as("rina");
    await page.goto("/penyaluran");
    const events = await page.$$eval("a[href^='/penyaluran/']", (all) => [...new Set(all.map((a) => a.getAttribute("href")))].filter((href) => /^\/penyaluran\/\d+$/.test(href)));
    if (events.length === 0) throw new Error("there are no events");
    for (const path of events.slice(0, 6)) {
      await looks(page, path);
      const text = await page.locator("main").innerText();
      if (!text.includes("Selisih Rp0")) throw new Error(`${path} does not say that the equation holds`);
    }
  },
};
