// Browser journeys: each file of journeys/ walks the site as its roles would, story after story.
//
// A journey exports
// - `world`: "empty" (areas, accounts and list files, nothing loaded) or "year" (a year of work),
// - `stories`: name -> async (walk) => ..., walked in order,
// - `after`: the journey it goes on from, in the same world; named alone, it brings those along. The stories of such a
//   chain build on each other: what follows a failed one is not walked, and counted as failed.
// - `everyDatabase`: walk it on PostgreSQL too.
//
// Needs the built program (TUNTAS_PROGRAM) and Chromium (TUNTAS_CHROMIUM); TUNTAS_E2E_POSTGRES names an empty database
// for the second round, which has room for one world: journeys for every database share theirs. One journey: node e2e/run.mjs handover. TUNTAS_E2E_FAMILIES sets the size of the made-up district.
// Screenshots of what failed go to e2e/out/.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Walk, launch, serve } from "./walk.mjs";

const only = process.argv[2];
const size = process.env.TUNTAS_E2E_FAMILIES ?? "900";
const worlds = { empty: ["--empty", "--families", size], year: ["--families", size] };

const folder = join(fileURLToPath(new URL(".", import.meta.url)), "journeys");
const all = new Map();
for (const file of readdirSync(folder).filter((file) => file.endsWith(".mjs")).sort()) {
  all.set(file.replace(".mjs", ""), await import(join(folder, file)));
}

/** The journeys of one world on one kind of database, each after the one it goes on from. */
function wanted(world, kind) {
  const found = [];
  const take = (name) => {
    const journey = all.get(name);
    if (journey.after) take(journey.after);
    if (!found.includes(name)) found.push(name);
  };
  for (const [name, journey] of all) {
    const asked = !only || name.includes(only);
    // the second database walks the chain once; what the pages look like does not depend on it
    if (journey.world === world && asked && (kind === "sqlite" || journey.everyDatabase)) take(name);
  }
  return found;
}

const rounds = [["sqlite", undefined]];
if (process.env.TUNTAS_E2E_POSTGRES) rounds.push(["postgres", process.env.TUNTAS_E2E_POSTGRES]);

const browser = await launch();
const begun = Date.now();
let passed = 0;
let failed = 0;
const took = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Serves a world and walks its journeys in it. */
async function round(kind, database, world) {
  const names = wanted(world, kind);
  if (names.length === 0) return;
  const started = Date.now();
  const server = serve(`${kind}-${world}`, worlds[world], { database });
  const base = await server.ready;
  console.log(`      ${kind}: the world “${world}” serves (${took(started)})`);
  const known = {};
  const broken = new Set();
  for (const name of names) {
    const journey = all.get(name);
    const chained = Boolean(journey.after) || names.some((other) => all.get(other).after === name);
    const walk = new Walk(browser, base, server.data, known);
    for (const [story, run] of Object.entries(journey.stories)) {
      const title = `${kind} ${name}: ${story}`;
      if (chained && (broken.has(name) || broken.has(journey.after))) {
        broken.add(name);
        failed += 1;
        console.log(`----  ${title} (not walked)`);
        continue;
      }
      const since = Date.now();
      try {
        await run(walk);
        passed += 1;
        console.log(`ok    ${title} (${took(since)})`);
      } catch (error) {
        failed += 1;
        broken.add(name);
        await walk.photograph(title);
        console.log(`FAIL  ${title}\n${error.stack}`);
      }
    }
    await walk.close();
  }
  await server.stop();
}

// the worlds do not know of each other: walked side by side
const ended = await Promise.allSettled(rounds.flatMap(([kind, database]) => Object.keys(worlds).map((world) => round(kind, database, world))));
for (const { reason } of ended.filter(({ status }) => status === "rejected")) {
  failed += 1;
  console.log(`FAIL  ${reason.stack}`);
}
await browser.close();
console.log(`${passed} passed, ${failed} failed (${took(begun)})`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
