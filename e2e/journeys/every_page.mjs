// Every page of every role, as a visitor finds them by following links: it answers, in both languages without a missing
// word, with one first heading, under 60 kB gzipped without fonts; and in the browser, at 360 and 1366 px, with no
// accessibility violation (WCAG 2.2 AA), nothing wider than the screen and no error on the console.
//
// The links are followed without a browser. The browser opens a page when something is on it that no page of its shape,
// whoever saw it, has shown before.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

export const world = "year";
export const everyDatabase = false;

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] };
/** Colours are the same in every language, and dear to measure. */
const WITHOUT_COLOURS = { ...RULES, rules: { "color-contrast": { enabled: false } } };
/** Rows of a table, items of a list and areas of a map that are measured; the rest repeat them. */
const ROWS = 12;
/** The first is nobody: who is not signed in. */
const USERS = ["", "rina", "bahtiar", "wahyu", "nurhayati", "operator", "perikanan", "bappeda", "bupati", "inspektorat", "admin"];
const LANGUAGES = ["id", "en"];
const SIZES = [
  { width: 1366, height: 900 },
  { width: 360, height: 740 },
];
const MOST_BYTES = 60_000;
/** Pages of one shape that are read: the first may be closed, the next open. */
const OF_A_SHAPE = 3;
const AT_ONCE = 2;
const VISIT_STEPS = 26;
const FILE = /\.(pdf|xlsx|csv|jsonl|geojson|png|jpg)(\?|$)|\/unduh|\/berkas/;

/** A page's shape: numbers and codes do not make another page; a step of a visit or within a page (`langkah`) does. */
function shape(path) {
  const [step = ""] = path.match(/\?langkah=\w+|(?<=\/verval\/kunjungan\/\d+)\/\d+$/) ?? [];
  return path.replace(/\?.*$/, "").replace(/^\/u\/[^/?]*/, "/u/#").replace(/\d[\d.]*/g, "#") + step;
}

/** What an element is to a reader of the page: its name, its classes, its role and its names for those who cannot see. */
const TELLS = /\s(class|type|role|tabindex|scope|for|alt|href|aria-[a-z]+)(?:="([^"]*)")?/g;

/** The kinds of elements in the main part of a page. */
function kinds(html) {
  const main = html.match(/<main[\s\S]*<\/main>/)?.[0] ?? html;
  const found = new Set();
  for (const [, tag, attributes] of main.matchAll(/<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/g)) {
    const names = [...attributes.matchAll(TELLS)].map(([, name, value]) => (["class", "type", "role"].includes(name) ? `${name}=${value}` : name));
    found.add(`${tag} ${names.sort()}`);
  }
  return found;
}

export const stories = {
  "every page of every role": async (walk) => {
    const faults = new Set();
    const waiting = [];
    const seen = new Map();
    for (const user of USERS) waiting.push(...(await found(walk, user, seen, faults)));
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        const windows = new Map();
        for (let one = waiting.shift(); one; one = waiting.shift()) await looked(walk, windows, one, faults);
      }),
    );
    // the language stays with the account: the next journey finds it as it was
    for (const user of USERS.filter(Boolean)) await walk.speak(await walk.as(user, { language: "id" }), "id");
    if (faults.size > 0) throw new Error(`${faults.size} faults\n${[...faults].slice(0, 40).join("\n")}`);
  },
};

/** Follows the links of one role; gives back the pages that hold something not yet seen on a page of their shape. */
async function found(walk, user, seen, faults) {
  const sessions = {};
  for (const language of LANGUAGES) sessions[language] = (await walk.as(user, { language })).request;
  const read = new Map();
  const queued = new Set();
  const waiting = user ? ["/", "/sandi"] : ["/masuk"];
  const fresh = [];
  let count = 0;
  let visited = false;
  for (;;) {
    if (waiting.length === 0 && !visited) {
      visited = true;
      waiting.push(...(await steps(sessions.id, [...queued])));
    }
    const path = waiting.shift();
    if (!path) break;
    const already = read.get(shape(path)) ?? 0;
    if (already >= OF_A_SHAPE) continue;
    read.set(shape(path), already + 1);
    const response = await sessions.id.get(path, { maxRedirects: 5 });
    const where = `${user} ${path}`;
    if (path !== "/" && new URL(response.url()).pathname !== path.replace(/\?.*/, "")) {
      const to = new URL(response.url()).pathname;
      if (!queued.has(to)) waiting.push(to);
      queued.add(to);
      continue;
    }
    if (response.status() >= 400) {
      faults.add(`${where}: answered ${response.status()}`);
      continue;
    }
    if (!(response.headers()["content-type"] ?? "").includes("text/html")) continue;
    const html = await response.text();
    count += 1;
    const size = gzipSync(html).length;
    if (size > MOST_BYTES) faults.add(`${where}: ${size} bytes gzipped`);
    says(html, `${where} id`, faults);
    says(await (await sessions.en.get(path)).text(), `${where} en`, faults);
    for (const [, tag] of html.matchAll(/<a\s([^>]*)>/g)) {
      const link = tag.match(/href="(\/[^"]*)"/)?.[1];
      if (!link || /\sdownload/.test(` ${tag}`) || FILE.test(link)) continue;
      const to = link.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replace(/#.*/, "");
      if (!queued.has(to)) waiting.push(to);
      queued.add(to);
    }
    const kind = shape(path);
    const known = seen.get(kind) ?? new Set();
    const holds = kinds(html);
    if ([...holds].some((one) => !known.has(one))) fresh.push({ user, path });
    seen.set(kind, new Set([...known, ...holds]));
  }
  console.log(`      ${user || "nobody"}: ${count} pages, ${fresh.length} to look at`);
  return fresh;
}

/** The steps of a visit follow from forms: one that is begun, the last on the list, shows them. */
async function steps(session, links) {
  const visit = links.findLast((link) => /^\/verval\/kunjungan\/\d+$/.test(link));
  if (!visit || (await session.get(`${visit}/0`)).status() !== 200) return [];
  await session.post(`${visit}/0`, { form: { found: "DITEMUKAN" } });
  return [...Array.from({ length: VISIT_STEPS }, (_, at) => `${visit}/${at + 1}`), `${visit}/periksa`];
}

function says(html, where, faults) {
  const missing = html.match(/⟦[^⟧]*⟧/);
  if (missing) faults.add(`${where}: a message is missing: ${missing[0]}`);
  const headings = html.match(/<h1[\s>]/g)?.length ?? 0;
  if (headings !== 1) faults.add(`${where}: ${headings} first headings`);
}

/** The window of a session; the checker comes by the debugger, for the policy allows no inline script. */
async function window_of(walk, windows, user, language, faults) {
  const key = `${user} ${language}`;
  if (!windows.has(key)) {
    const { context } = await walk.session(user, { language });
    const page = await context.newPage();
    await page.addInitScript(axe);
    page.on("pageerror", (error) => faults.add(`${key} ${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !/favicon/.test(message.text())) faults.add(`${key} ${page.url()}: ${message.text()}`);
    });
    windows.set(key, page);
  }
  return windows.get(key);
}

/** One page in the browser: both languages, both widths, loaded once per language. */
async function looked(walk, windows, { user, path }, faults) {
  for (const language of LANGUAGES) {
    const page = await window_of(walk, windows, user, language, faults);
    const where = `${user} ${language} ${path}`;
    await page.goto(path);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      // a phone page scrolls within its main part, which would hide what is too wide
      const wide = await page.evaluate(() =>
        Math.max(document.documentElement.scrollWidth - window.innerWidth, ...[...document.querySelectorAll("main")].map((main) => main.scrollWidth - main.clientWidth)),
      );
      if (wide > 1) faults.add(`${where} at ${size.width}: ${wide} px wider than the screen`);
    }
    await page.evaluate((rows) => document.querySelectorAll("tbody, ul, ol, svg").forEach((many) => [...many.children].slice(rows).forEach((one) => one.remove())), ROWS);
    for (const size of [...SIZES].reverse()) {
      await page.setViewportSize(size);
      const { violations } = await page.evaluate((rules) => window.axe.run(document, rules), language === LANGUAGES[0] ? RULES : WITHOUT_COLOURS);
      for (const violation of violations) {
        faults.add(`${where} at ${size.width}: ${violation.id}: ${violation.nodes.slice(0, 2).map((n) => n.html.slice(0, 160)).join(" | ")}`);
      }
    }
  }
}
