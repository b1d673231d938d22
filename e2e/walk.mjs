// What a journey works with: the served program, pages by user, downloads, and words that can fail.

import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const program = process.env.TUNTAS_PROGRAM ?? join(here, "../target/debug/tuntas");
export const PASSWORD = "tuntas-demo-2026";

/** Starts the program on a free port; `ready` resolves with its address once it serves. */
export function serve(name, extra, { database, folder } = {}) {
  const data = folder ?? mkdtempSync(join(tmpdir(), `tuntas-e2e-${name}-`));
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
        if (!folder) rmSync(data, { recursive: true, force: true });
        resolve();
      });
      child.kill("SIGTERM");
    });
  return { ready, stop, data };
}

export const launch = () =>
  chromium.launch({
    executablePath: process.env.TUNTAS_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** Holds, or ends the story with these words. */
export function check(truth, words) {
  if (!truth) throw new Error(words);
}

export function same(actual, expected, words) {
  check(actual === expected, `${words}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`);
}

export function includes(text, part, words) {
  check(text.includes(part), `${words}: “${part}” is not in “${text.slice(0, 600)}”`);
}

/** `Rp1.740.000.000`, `1.160` or `−3` as a number. */
export const number = (text) => Number(text.replace(/[−–]/g, "-").replace(/[^\d-]/g, ""));

/** The whole number before these words: figure("12 keluarga tidak", /keluarga/) is 12. */
export function figure(text, before) {
  const found = text.match(new RegExp(`(\\d[\\d.]*)\\s+(?:${before.source})`));
  check(found, `no number stands before ${before} in “${text.slice(0, 400)}”`);
  return number(found[1]);
}

/** Pages by user in one served world; `known` is what earlier journeys of this world learned. */
export class Walk {
  constructor(browser, base, data, known = {}) {
    this.browser = browser;
    this.base = base;
    this.data = data;
    this.known = known;
    this.contexts = new Map();
  }

  /**
   * A page signed in as this user; `phone` is 360 px wide, without it an office screen. `scripts: false` turns
   * JavaScript off.
   */
  async as(login, options) {
    return (await this.session(login, options)).page;
  }

  /** The session behind the page; each language of a user has its own. Without a name nobody is signed in. */
  async session(login, { phone = false, scripts = true, language = "" } = {}) {
    const key = `${login}/${phone}/${scripts}/${language}`;
    if (!this.contexts.has(key)) {
      const context = await this.browser.newContext({
        viewport: phone ? { width: 360, height: 740 } : { width: 1366, height: 900 },
        hasTouch: phone,
        javaScriptEnabled: scripts,
        baseURL: this.base,
        acceptDownloads: true,
        timezoneId: "Asia/Jakarta",
        locale: "id-ID",
        geolocation: { latitude: -1.5, longitude: 116.2, accuracy: 12 },
        permissions: ["geolocation"],
      });
      const page = await context.newPage();
      // generous: a busy machine is no fault of the page
      page.setDefaultTimeout(180_000);
      if (login) {
        await page.goto("/masuk");
        await page.fill("[name=login]", login);
        await page.fill("[name=password]", PASSWORD);
        await page.click("form[action='/masuk'] button[type=submit]");
        await page.waitForURL((url) => !url.pathname.startsWith("/masuk"));
      }
      if (language) await this.speak(page, language);
      this.contexts.set(key, { context, page });
    }
    return this.contexts.get(key);
  }

  /** Changes the language of the session and of the account. */
  async speak(page, language) {
    await page.request.post("/bahasa", { form: { language }, headers: { referer: `${this.base}/` } });
  }

  /** Opens an address; the page must answer, with one heading and no missing word. */
  async open(page, path, status = 200) {
    return this.sound(page, await page.goto(path), path, status);
  }

  /** Does something that leads to another page, and waits for that page. */
  async goes(page, act, status = 200) {
    const [response] = await Promise.all([page.waitForNavigation({ waitUntil: "load" }), act()]);
    return this.sound(page, response, new URL(page.url()).pathname, status);
  }

  /** Presses the button, or follows the link, of exactly this name, or of one that matches. */
  async press(page, name, status = 200) {
    const named = { name, exact: true };
    const target = page.locator("main").getByRole("button", named).or(page.locator("main").getByRole("link", named));
    return this.goes(page, () => target.first().click(), status);
  }

  async sound(page, response, path, status) {
    const text = await page.locator("body").innerText();
    if (response) check(response.status() === status, `${path} answered ${response.status()} and not ${status}: ${text.replace(/\s+/g, " ").slice(0, 600)}`);
    check((await page.locator("h1").count()) === 1, `${path} has ${await page.locator("h1").count()} first headings`);
    check(!text.includes("⟦"), `${path}: ${text.match(/⟦[^⟧]*⟧/)?.[0]} is missing`);
    return this.says(page);
  }

  /** The first heading: what the page says. */
  async says(page) {
    return (await page.locator("h1").first().innerText()).replace(/\s+/g, " ").trim();
  }

  /** All words of the page's part, in one line. */
  async text(page, part = "main") {
    return (await page.locator(part).first().innerText()).replace(/\s+/g, " ").trim();
  }

  /** What the page told once after the last action. */
  async told(page) {
    return (await page.locator(".t-flash").first().innerText()).replace(/\s+/g, " ").trim();
  }

  /** The file that an action saves. */
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
      const path = join(here, "out", `${name}-${key}`.replaceAll(/[^\w.-]+/g, "-"));
      await page.screenshot({ path: `${path}.png`, fullPage: true }).catch(() => {});
    }
  }

  async close() {
    for (const { context } of this.contexts.values()) await context.close();
    this.contexts.clear();
  }
}
