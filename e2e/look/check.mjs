// Opens the living style sheet (rendered by `cargo test -p server --lib sheet` into target/look) at every width,
// under the strict content policy of the program, takes pictures into e2e/out/look, and fails on any accessibility
// violation, anything wider than the screen, any refused style or script, or any error in the console.
import { createServer } from 'node:http';
import { mkdirSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../../', import.meta.url));
const out = join(root, 'e2e/out/look');
mkdirSync(out, { recursive: true });
const types = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const server = createServer((request, answer) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
  try {
    const body = readFileSync(join(root, path));
    answer.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream', 'content-security-policy': policy });
    answer.end(body);
  } catch {
    answer.writeHead(404);
    answer.end();
  }
}).listen(0);
const base = `http://localhost:${server.address().port}/target/look/`;
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

const views = [
  ['office', [360, 768, 1366, 1920]],
  ['records', [360, 768, 1366, 1920]],
  ['phone', [360]],
  ['tv', [1920, 1366, 360]],
];
const only = process.argv[2];
const browser = await chromium.launch({ executablePath: process.env.TUNTAS_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
let faults = 0;
for (const [name, widths] of views) {
  if (only && only !== name) continue;
  for (const width of widths) {
    const page = await browser.newPage({ viewport: { width, height: width === 1920 ? 1080 : width === 360 ? 800 : 900 }, deviceScaleFactor: width === 360 ? 2 : 1, bypassCSP: false });
    const said = [];
    page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(base + name + '.html', { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    if (name === 'office' && (await page.textContent('#segar')).trim() !== 'Ibu Rohaya') said.push('htmx did not put in its fragment');
    await page.screenshot({ path: join(out, `${name}-${width}.png`), fullPage: true });
    const wide = await page.evaluate(() => {
      const over = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.t-scroll,.t-fig__draw,.t-nav,.t-tabs,.t-vh,.govuk-visually-hidden'));
      return document.documentElement.scrollWidth > innerWidth ? over.slice(0, 5).map((e) => `${e.tagName}.${e.getAttribute('class') ?? ''}`) : [];
    });
    // axe is injected through the debugger, which the content policy does not bind.
    await page.evaluate(axe + ';0');
    const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const v of violations) console.log(`${name} ${width}: ${v.id} - ${v.help}\n   ${v.nodes.slice(0, 4).map((n) => n.html.slice(0, 160) + ' :: ' + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? '')).join('\n   ')}`);
    for (const s of said) console.log(`${name} ${width}: console: ${s}`);
    if (wide.length) console.log(`${name} ${width}: wider than the screen: ${wide.join(', ')}`);
    faults += violations.length + said.length + wide.length;
    await page.close();
  }
}
await browser.close();
server.close();
console.log(faults ? `${faults} faults` : 'the look is clean');
process.exit(faults ? 1 : 0);
