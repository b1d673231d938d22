// Every page of every role, as a visitor finds them by following links: in both languages, at 360 and 1366 px, no
// accessibility violation (WCAG 2.2 AA), nothing wider than the screen, no page over 60 kB gzipped without fonts,
// no error on the console.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

export const world = "year";
export const byName = true;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const USERS = ["rina", "bahtiar", "wahyu", "nurhayati", "operator", "perikanan", "bappeda", "bupati", "inspektorat", "admin"];
const SIZES = [
  { width: 360, height: 740 },
  { width: 1366, height: 900 },
];
const MOST_BYTES = 60_000;

/** A page's shape: numbers and codes do not make another page. */
const shape = (path) => path.replace(/\?.*$/, "").replace(/\d[\d.]*/g, "#").replace(/^\/u\/.*/, "/u/#");

export const stories = Object.fromEntries(USERS.map((user) => [user, (walk) => everyPage(walk, user)]));

async function everyPage(walk, user) {
  const page = await walk.as(user);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/favicon|404/.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
  });
  const seen = new Map();
  const waiting = ["/", "/sandi"];
  while (waiting.length > 0) {
    const path = waiting.shift();
    if (seen.has(shape(path))) continue;
    seen.set(shape(path), path);
    const response = await page.goto(path);
    if (!response) continue;
    if (response.status() >= 400) {
      faults.push(`${path}: answered ${response.status()}`);
      continue;
    }
    if (!(response.headers()["content-type"] ?? "").includes("text/html")) continue;
    const size = gzipSync(await response.body()).length;
    if (size > MOST_BYTES) faults.push(`${path}: ${size} bytes gzipped`);
    const links = await page.$$eval("a[href^='/']:not([download])", (all) => all.map((a) => a.getAttribute("href")));
    for (const link of links) {
      if (!/\.(pdf|xlsx|csv|jsonl|geojson|png|jpg)(\?|$)|\/unduh|\/berkas/.test(link)) waiting.push(link.replace(/#.*/, ""));
    }
  }
  for (const language of ["id", "en"]) {
    await page.request.post("/bahasa", { form: { language }, headers: { referer: `${walk.base}/` } });
    for (const viewport of SIZES) {
      await page.setViewportSize(viewport);
      for (const path of seen.values()) {
        const response = await page.goto(path);
        if (!response || !(response.headers()["content-type"] ?? "").includes("text/html")) continue;
        const where = `${user} ${language} ${viewport.width} ${path}`;
        const unknown = await page.locator("body").innerText();
        if (unknown.includes("⟦")) faults.push(`${where}: a message is missing: ${unknown.match(/⟦[^⟧]*⟧/)[0]}`);
        if ((await page.locator("h1").count()) !== 1) faults.push(`${where}: ${await page.locator("h1").count()} first headings`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 1) faults.push(`${where}: ${wide} px wider than the screen`);
        // the policy allows no inline script, so the checker comes by the debugger
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
        for (const violation of found.violations) {
          faults.push(`${where}: ${violation.id}: ${violation.nodes.slice(0, 2).map((n) => n.html.slice(0, 160)).join(" | ")}`);
        }
      }
    }
  }
  await page.request.post("/bahasa", { form: { language: "id" }, headers: { referer: `${walk.base}/` } });
  console.log(`      ${user}: ${seen.size} pages`);
  if (faults.length > 0) throw new Error(`${faults.length} faults\n${[...new Set(faults)].slice(0, 40).join("\n")}`);
}
