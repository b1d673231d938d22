// Browser journeys: each file of journeys/ walks the site as one role would; then every page is opened in both languages,
// narrow and wide, and checked for accessibility, width and weight.
//
// Needs TUNTAS_PROGRAM (the built program) and TUNTAS_CHROMIUM; TUNTAS_E2E_POSTGRES runs the second round on PostgreSQL.
// One journey: node e2e/run.mjs handover. Screenshots of what failed go to e2e/out/.

import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const only = process.argv[2];
const program = process.env.TUNTAS_PROGRAM ?? join(here, "../target/debug/tuntas");
export const PASSWORD = "tuntas-demo-2026";

/** Starts the program on a free port; resolves with its address once it serves. */
function serve(name, extra, database) {
  const data = mkdtempSync(join(tmpdir(), `tuntas-e2e-${name}-`));
  const args = ["demo", "--data", data, "--listen", "127.0.0.1:0", ...extra];
  const env = { ...process.env, TUNTAS_LOG: "warn" };
  if (database) env.TUNTAS_DATABASE = database;
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ready = new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (bytes) => {
      text += bytes;
      const address = text.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (address && text.includes("Ctrl-C")) resolve(address[0]);
    });
    child.on("exit", (code) => reject(new Error(`the program ended with ${code}\n${text}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners("exit");
      child.on("exit", () => {
        rmSync(data, { recursive: true, force: true });
        resolve();
      });
      child.kill("SIGTERM");
    });
  return { ready, stop, data };
}

const browser = await chromium.launch({
  executablePath: process.env.TUNTAS_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** What a journey works with: pages by user, and the words of a failure. */
class Walk {
  constructor(base, data) {
    this.base = base;
    this.data = data;
    this.contexts = new Map();
  }

  /** A page signed in as this user; `phone` is 360 px wide, without it an office screen. `scripts: false` turns JavaScript off. */
  async as(login, { phone = false, scripts = true } = {}) {
    const key = `${login}/${phone}/${scripts}`;
    if (!this.contexts.has(key)) {
      const context = await browser.newContext({
        viewport: phone ? { width: 360, height: 740 } : { width: 1366, height: 900 },
        javaScriptEnabled: scripts,
        baseURL: this.base,
        acceptDownloads: true,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      await page.goto("/masuk");
      await page.fill("[name=login]", login);
      await page.fill("[name=password]", PASSWORD);
      await page.click("form[action='/masuk'] button[type=submit]");
      await page.waitForURL((url) => !url.pathname.startsWith("/masuk"));
      this.contexts.set(key, { context, page });
    }
    return this.contexts.get(key).page;
  }

  /** The first heading: what the page says. */
  async says(page) {
    return (await page.locator("h1").first().innerText()).replace(/\s+/g, " ").trim();
  }

  /** The bytes behind a link or a form's button. */
  async download(page, act) {
    const [file] = await Promise.all([page.waitForEvent("download"), act()]);
    const stream = await file.createReadStream();
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) };
  }

  async photograph(name) {
    mkdirSync(join(here, "out"), { recursive: true });
    for (const [key, { page }] of this.contexts) {
      await page.screenshot({ path: join(here, "out", `${name}-${key.replaceAll("/", "-")}.png`) }).catch(() => {});
    }
  }

  async close() {
    for (const { context } of this.contexts.values()) await context.close();
  }
}

let passed = 0;
let failed = 0;

async function walk(name, story, walk) {
  const begun = Date.now();
  try {
    await story(walk);
    passed += 1;
    console.log(`ok    ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    await walk.photograph(name);
    console.log(`FAIL  ${name}\n${error.stack}`);
  }
  await walk.close();
}

// Each file exports `world` ("empty": areas, accounts and list files, nothing loaded; "year": a year of work) and stories.
const files = readdirSync(join(here, "journeys")).filter((file) => file.endsWith(".mjs")).sort();
const worlds = { empty: ["--empty", "--families", "900"], year: ["--families", "900"] };
const rounds = [["sqlite", undefined]];
if (process.env.TUNTAS_E2E_POSTGRES) rounds.push(["postgres", process.env.TUNTAS_E2E_POSTGRES]);

for (const [kind, database] of rounds) {
  for (const [world, args] of Object.entries(worlds)) {
    const journeys = [];
    for (const file of files) {
      const journey = await import(`./journeys/${file}`);
      // a walk over all pages takes many minutes: it runs when it is named
      const wanted = only ? file.includes(only) : !journey.byName;
      // the second database walks the chain once; what the pages look like does not depend on it
      if (journey.world === world && wanted && (kind === "sqlite" || journey.everyDatabase)) journeys.push([file, journey]);
    }
    if (journeys.length === 0) continue;
    const server = serve(`${kind}-${world}`, args, database);
    const base = await server.ready;
    for (const [file, journey] of journeys) {
      for (const [story, run] of Object.entries(journey.stories)) {
        await walk(`${kind} ${file.replace(".mjs", "")}: ${story}`, run, new Walk(base, server.data));
      }
    }
    await server.stop();
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
