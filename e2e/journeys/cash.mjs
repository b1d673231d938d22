// Scenario B.2: Rp1,500,000 in cash for each family, and the equation planned = received + by proxy + absent + failed +
// reassigned on the board after every step, in families and to the rupiah. Served by the QR address, by name and by NIK;
// two officers with the same invitation at once; undone; counted; closed; the rest returned to the treasury by STS; the
// papers as PDF and XLSX; the family's timeline and the journal tell all of it.

import { Workbook } from "../xlsx.mjs";
import { check, figure, includes, number, same } from "../walk.mjs";
import { enrol, equation, invitations, onPaper, plan } from "./handover.mjs";
import { determine, paper, programme, sign } from "./targeting.mjs";
import { date, day } from "./verification.mjs";

export const world = "empty";
export const after = "handover";
export const everyDatabase = true;

const UNIT = 1_500_000;
const rupiah = (families) => `Rp${(families * UNIT).toLocaleString("id-ID")}`;

/** The equation as the story has it so far. */
async function holds(walk) {
  const { event, tally } = walk.known;
  const done = tally.received + tally.proxy + tally.absent + tally.failed + tally.reassigned;
  await equation(walk, await walk.as("rina"), event, { ...tally, waiting: tally.planned - done });
}

/** The next invitation nobody has presented yet. */
const present = (walk) => walk.known.cards.shift();

/** One posts a form as its page would, without drawing the page: for the many. */
async function post(page, path, form) {
  const answer = await page.request.post(path, { multipart: form, headers: { origin: new URL(page.url()).origin } });
  check(answer.ok(), `${path} answered ${answer.status()}`);
  return answer.text();
}

export const stories = {
  "a programme of cash, its decree, and a warning for those who already receive": async (walk) => {
    const page = await walk.as("rina");
    const { layak, perbaikan } = walk.known.verified;
    // 1,160 families of 6,000; fewer in a smaller district
    const quota = Math.min(1_160, Math.max(20, Math.round(((layak + perbaikan) * 1_160) / 6_000)));
    await walk.open(page, "/program/baru");
    await programme(page, { name: "Bantuan tunai", subActivity: "1.06.05.2.02.0004", kind: "cash", cash: UNIT, ceiling: quota * UNIT, excludes: ["aid_pkh", "aid_bpnt", "aid_sembako"] });
    await walk.press(page, "Simpan");
    walk.known.cash = new URL(page.url()).pathname;
    same(figure(await walk.says(page), /keluarga/), quota, "the ceiling is enough for the quota");
    await walk.press(page, "Aktifkan program");
    const path = await determine(walk, page, { name: "Penerima bantuan tunai", about: "Bantuan tunai", families: quota });
    await walk.press(page, "Ubah aturan");
    await page.locator("input[name=treatment][value=warn]").check();
    await walk.press(page, "Simpan aturan");
    same(figure(await walk.says(page), /keluarga terpilih/), quota, "as many as the quota");
    check((await page.locator("td .t-cell__fix").filter({ hasText: "Sudah menerima" }).count()) > 0, "those who receive already are marked");
    await walk.press(page, "Ajukan ke Kepala Dinas");
    await sign(walk, path, "400.9.1/131/2026");
    // enrolment: who receives the like already is named before; one group is left out, the others need a reason
    await enrol(walk, page, walk.known.cash, "400.9.1/131/2026");
    const says = await walk.says(page);
    const warned = figure(says.split(";")[1], /di antaranya/);
    check(warned > 0, says);
    const boxes = page.locator("input[name=leave_out]");
    check((await boxes.count()) > 0, "by what they receive");
    await walk.press(page, /^Daftarkan [\d.]+ keluarga/, 422);
    includes(await walk.text(page, ".govuk-error-summary"), "Isi alasan mengapa penerima bantuan sejenis tetap didaftarkan", "a human decides, with a reason");
    await page.fill("#reason", "Bantuan ini menutup kebutuhan yang tidak ditanggung bantuan pusat");
    await walk.press(page, /^Daftarkan [\d.]+ keluarga/);
    includes(await walk.told(page), `${quota.toLocaleString("id-ID")} keluarga terdaftar`, "all are enrolled");
    await walk.open(page, `${walk.known.cash}/peserta?sejenis=ya`);
    same(figure((await walk.says(page)).split(";")[1], /juga menerima/), warned, "the participants' list keeps the warning");
    walk.known.tally = { planned: quota, received: 0, proxy: 0, absent: 0, failed: 0, reassigned: 0 };
  },

  "the event: everybody is planned, the cash from the treasurer is written down": async (walk) => {
    const page = await walk.as("rina");
    const { tally } = walk.known;
    walk.known.event = await plan(walk, page, walk.known.cash, { place: "Stadion kabupaten" });
    includes(await walk.says(page), rupiah(tally.planned), "planned to the rupiah");
    walk.known.cards = await invitations(page, walk.known.event);
    same(walk.known.cards.length, tally.planned, "one invitation a family");
    await walk.open(page, `${walk.known.event}/dokumen`);
    const file = await walk.download(page, () => page.getByRole("link", { name: "Daftar nominatif, XLSX" }).click());
    const rows = new Workbook(file.bytes).rows().filter((row) => row.cells.some((cell) => /^\d{16}$/.test(String(cell ?? ""))));
    same(rows.length, tally.planned, "the payment list names them with their NIK");
    walk.known.niks = rows.map((row) => ({ nik: row.cells.map((cell) => String(cell ?? "")).find((cell) => /^\d{16}$/.test(cell)), text: row.cells.join(" ").toUpperCase() }));
    await walk.open(page, walk.known.event);
    same(number(await page.inputValue("#brought")), tally.planned * UNIT, "what to bring is proposed");
    await walk.press(page, "Buka penyaluran");
    await holds(walk);
  },

  "served by the address in the QR code: photo and signature": async (walk) => {
    const officer = await walk.as("rina", { phone: true });
    const card = present(walk);
    walk.known.first = card;
    await walk.open(officer, card.path);
    includes(await walk.text(officer), card.name, "the code opens the family's card");
    check(!/\b\d{16}\b/.test(await walk.text(officer, "body")), "only the end of the NIK is shown");
    await walk.press(officer, "Terima sendiri");
    await officer.setInputFiles("#photo", { name: "foto.jpg", mimeType: "image/jpeg", buffer: await officer.screenshot({ type: "jpeg" }) });
    const canvas = officer.locator("canvas.t-sign");
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    await officer.mouse.move(box.x + 20, box.y + 30);
    await officer.mouse.down();
    for (let step = 1; step <= 8; step += 1) await officer.mouse.move(box.x + 20 + step * 18, box.y + 30 + (step % 2) * 22);
    await officer.mouse.up();
    check((await officer.inputValue("input[name=signature]")).startsWith("<svg"), "the signature is kept as drawn");
    await walk.press(officer, `Serahkan ${rupiah(1)}`);
    includes(await walk.told(officer), `${rupiah(1)} diserahkan kepada ${card.name}`, "handed over");
    includes(await walk.text(officer), "foto, tanda tangan", "with both proofs");
    same(await officer.locator(".t-proofs img").count(), 2, "which can be seen");
    walk.known.tally.received += 1;
    await holds(walk);
  },

  "found by name, and by NIK, which never stands in an address": async (walk) => {
    const officer = await walk.as("rina", { phone: true });
    const { event, tally } = walk.known;
    const find = async (words) => {
      await walk.open(officer, `${event}/bayar`);
      await officer.fill("#q", words);
      await walk.goes(officer, () => officer.getByRole("button", { name: "Cari" }).click());
    };
    const byName = present(walk);
    await find(byName.name);
    // one match opens its card, several are offered with their numbers
    const offered = officer.locator("a.t-task--link").filter({ hasText: byName.number });
    const found = new URL(officer.url()).pathname.startsWith("/u/") ? new URL(officer.url()).pathname : await offered.getAttribute("href");
    same(found, byName.path, "the name finds the family");
    await onPaper(walk, officer, found);
    tally.received += 1;
    await holds(walk);
    const byNik = present(walk);
    const known = walk.known.niks.filter((row) => row.text.includes(byNik.name.toUpperCase()));
    check(known.length > 0, `${byNik.name} stands in the payment list`);
    await find(known[0].nik);
    check(!officer.url().includes(known[0].nik), "the NIK is not in the address");
    const path = new URL(officer.url()).pathname;
    includes(path, "/u/", "the NIK opens the card at once");
    walk.known.cards = walk.known.cards.filter((card) => card.path !== path);
    if (path !== byNik.path) walk.known.cards.push(byNik);
    await onPaper(walk, officer, path);
    tally.received += 1;
    await holds(walk);
    await find("9901999999999999");
    includes(await walk.text(officer), "Tidak ada penerima yang cocok", "a stranger is not paid");
  },

  "by proxy of the same family card, or with a letter of attorney": async (walk) => {
    const officer = await walk.as("rina", { phone: true });
    const { tally } = walk.known;
    for (let tries = 0; tries < 12; tries += 1) {
      const card = present(walk);
      await walk.open(officer, `${card.path}?langkah=wakil`);
      const members = officer.locator("input[name=member]:not([value=attorney])");
      if ((await members.count()) === 0) {
        walk.known.cards.push(card);
        continue;
      }
      await officer.locator("input[name=paper]").check();
      await walk.press(officer, /^Serahkan/, 422);
      includes(await walk.text(officer, ".govuk-error-summary"), "Pilih siapa yang menerima", "somebody must be chosen");
      await members.first().check();
      await officer.locator("input[name=paper]").check();
      await walk.press(officer, /^Serahkan/);
      includes(await walk.told(officer), "diserahkan kepada wakil", "to the proxy");
      tally.proxy += 1;
      break;
    }
    same(tally.proxy, 1, "a member of the family came");
    await holds(walk);
    const card = present(walk);
    await walk.open(officer, `${card.path}?langkah=wakil`);
    await officer.locator("input[name=member][value=attorney]").check();
    await officer.locator("input[name=paper]").check();
    await walk.press(officer, /^Serahkan/, 422);
    includes(await walk.text(officer, ".govuk-error-summary"), "Isi nama penerima kuasa dan nomor surat kuasa", "not without the letter");
    await officer.fill("#attorney_name", "Paman Contoh");
    await officer.fill("#attorney_letter", "SK-01/XI/2026");
    await officer.locator("input[name=paper]").check();
    await walk.press(officer, /^Serahkan/);
    tally.proxy += 1;
    await holds(walk);
  },

  "absent, failed with its reason, and a mark taken back": async (walk) => {
    const officer = await walk.as("rina", { phone: true });
    const { tally } = walk.known;
    const absent = present(walk);
    walk.known.absent = absent;
    await walk.open(officer, absent.path);
    await walk.press(officer, "Tidak hadir");
    await walk.press(officer, "Catat tidak hadir");
    tally.absent += 1;
    await holds(walk);
    const failed = present(walk);
    await walk.open(officer, failed.path);
    await walk.press(officer, "Tidak dapat dibayar");
    await walk.press(officer, "Catat gagal", 422);
    await officer.locator("input[name=reason]").last().check();
    await walk.press(officer, "Catat gagal", 422);
    check((await officer.locator(".govuk-error-summary").count()) === 1, "another reason must be named");
    await officer.fill("#note", "KTP hilang, surat keterangan belum ada");
    await walk.press(officer, "Catat gagal");
    tally.failed += 1;
    await holds(walk);
    // marked by mistake
    const wrong = present(walk);
    await onPaper(walk, officer, wrong.path);
    tally.received += 1;
    await holds(walk);
    await officer.locator("summary").filter({ hasText: "Batalkan tanda ini" }).click();
    await officer.fill("#reason", "Salah keluarga");
    await walk.press(officer, "Batalkan tanda ini");
    includes(await walk.told(officer), "keluarga ini ditunggu lagi", "taken back");
    walk.known.cards.push(wrong);
    tally.received -= 1;
    await holds(walk);
  },

  "reassigned to the next on the reserve list by minutes": async (walk) => {
    const officer = await walk.as("rina", { phone: true });
    const { tally } = walk.known;
    const gone = present(walk);
    walk.known.gone = gone;
    await walk.open(officer, gone.path);
    await walk.press(officer, "Alihkan");
    await walk.press(officer, "Alihkan dan layani pengganti", 422);
    check((await officer.locator(".govuk-error-summary li").count()) >= 2, "minutes and a family are needed");
    await officer.fill("#minutes", "12/BA/2026");
    await officer.fill("#reason", "Pindah ke luar kabupaten");
    await officer.locator("input[name=family]").first().check();
    await walk.press(officer, "Alihkan dan layani pengganti");
    includes(await walk.told(officer), "Dialihkan. Sekarang layani penggantinya", "the place goes over");
    tally.reassigned += 1;
    await holds(walk);
    await onPaper(walk, officer, new URL(officer.url()).pathname);
    // the replacement's money is the reassigned family's share
    await holds(walk);
    await walk.open(officer, gone.path);
    includes(await walk.text(officer), "Lanjut di undangan", "the first invitation leads to the second");
  },

  "the same invitation scanned at once by two officers serves once": async (walk) => {
    const { tally } = walk.known;
    const one = await walk.as("rina", { phone: true });
    const two = await walk.as("nurhayati", { phone: true });
    // a family both officers may serve
    let card;
    for (const candidate of walk.known.cards) {
      const answer = await two.goto(candidate.path);
      if (answer.status() === 200) {
        card = candidate;
        break;
      }
    }
    check(card, "a family in the subdistrict of both officers");
    walk.known.cards = walk.known.cards.filter((other) => other !== card);
    for (const officer of [one, two]) {
      await walk.open(officer, `${card.path}?langkah=terima`);
      await officer.locator("input[name=paper]").check();
    }
    await Promise.all([one, two].map((officer) => walk.press(officer, /^Serahkan/)));
    const told = await Promise.all([one, two].map((officer) => walk.told(officer)));
    same(told.filter((words) => words.includes("diserahkan kepada")).length, 1, `one officer hands over: ${told}`);
    same(told.filter((words) => words.includes("Sudah ditandai lebih dulu oleh")).length, 1, `the other is told by whom: ${told}`);
    tally.received += 1;
    await holds(walk);
    // the same form once more, as after a lost connection: nothing changes
    await walk.open(one, card.path);
    check((await one.getByRole("button", { name: "Terima sendiri" }).count()) === 0, "the card offers nothing any more");
  },

  "everybody else, three officers at once, and one form sent twice": async (walk) => {
    const { tally, event } = walk.known;
    const page = await walk.as("rina");
    await walk.open(page, event);
    const left = walk.known.cards;
    const stay = Math.max(2, Math.round(left.length / 10));
    const come = left.splice(0, left.length - stay);
    const queues = [0, 1, 2].map((at) => come.filter((_, place) => place % 3 === at));
    await Promise.all(
      queues.map(async (queue) => {
        for (const card of queue) {
          const form = { command: `petugas${card.path.slice(3)}`, langkah: "terima", paper: "1" };
          await post(page, card.path, form);
          if (card === queue[0]) await post(page, card.path, form);
        }
      }),
    );
    tally.received += come.length;
    await holds(walk);
  },

  "cash is counted, the day is closed, the rest is absent": async (walk) => {
    const { tally, event } = walk.known;
    const page = await walk.as("rina");
    const paid = tally.received + tally.proxy + tally.reassigned;
    const kept = tally.planned - paid;
    await walk.open(page, event);
    includes(await walk.text(page), `sisa menurut Tuntas ${rupiah(kept)}`, "what must be left");
    await walk.press(page, "Hitung kas");
    await page.fill("#counted", String(kept * UNIT));
    await walk.press(page, "Simpan hitungan");
    includes(await walk.text(page), `${rupiah(kept)}, sama`, "counted the same");
    await walk.press(page, /^Tutup: [\d.]+ lagi/);
    await page.locator("#rest_absent").check();
    await page.fill("#counted", String(kept * UNIT));
    await walk.press(page, "Tutup penyaluran");
    tally.absent = tally.planned - paid - tally.failed;
    await holds(walk);
    // closed is closed
    await walk.open(page, walk.known.cards[0].path);
    check((await page.getByRole("button", { name: "Terima sendiri" }).count()) === 0, "nobody is served after the day");
  },

  "what was not paid returns to the treasury by STS, to the rupiah": async (walk) => {
    const { tally, event } = walk.known;
    const page = await walk.as("rina");
    const due = (tally.absent + tally.failed) * UNIT;
    await walk.open(page, event);
    await walk.press(page, /^Setor/);
    for (const box of await page.locator("input[name=of]").all()) await box.check();
    await page.fill("#number", "STS-0042/2026");
    await date(page, "on", day(0));
    await page.fill("#amount", String(due - 1));
    await walk.press(page, "Catat setoran", 422);
    includes(await walk.text(page, ".govuk-error-summary"), `Harus ${due.toLocaleString("id-ID")}, tertulis`, "not a rupiah less");
    await page.fill("#amount", String(due));
    await page.setInputFiles("#slip", { name: "sts.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") });
    await walk.press(page, "Catat setoran");
    await holds(walk);
    includes(await walk.says(page), "sudah diputus semua", "nothing is left open");
    const returned = await walk.text(page, "section[aria-labelledby=setoran]");
    includes(returned, "STS-0042/2026", "with its number");
    includes(returned, `Rp${due.toLocaleString("id-ID")}`, "and its sum");
    await walk.open(page, walk.known.cash);
    includes(await walk.text(page), rupiah(tally.planned - tally.absent - tally.failed), "the programme says what was paid");
  },

  "the papers as PDF and XLSX say the same as the board": async (walk) => {
    const { tally, event } = walk.known;
    const page = await walk.as("rina");
    const paid = tally.planned - tally.absent - tally.failed;
    await walk.open(page, `${event}/dokumen?kertas=A4`);
    const names = await page.locator("tbody tr").evaluateAll((rows) => rows.filter((row) => row.querySelector("a")).map((row) => row.querySelector("a").getAttribute("aria-label").replace(", PDF", "")));
    check(names.length >= 5, `payment list, receipts, minutes, report, recap: ${names}`);
    const sums = {};
    const books = {};
    for (const name of names) {
      paper(await walk.download(page, () => page.getByRole("link", { name: `${name}, PDF` }).click()), "a4");
      const file = await walk.download(page, () => page.getByRole("link", { name: `${name}, XLSX` }).click());
      const book = new Workbook(file.bytes);
      books[file.name.replace(/-\d+\.xlsx$/, "")] = book;
      sums[file.name.replace(/-\d+\.xlsx$/, "")] = book.names.flatMap((_, sheet) => book.rows(sheet).flatMap((row) => row.cells));
    }
    same(Object.keys(sums).sort().join(" "), "bast nominatif realisasi rekap tanda-terima", "all five");
    const holdsAmount = (kind, amount, words) => check(sums[kind].some((cell) => cell === amount || number(String(cell ?? "")) === amount), `${kind}: ${words} ${amount}`);
    holdsAmount("nominatif", tally.planned * UNIT, "planned");
    holdsAmount("bast", paid * UNIT, "handed over");
    holdsAmount("realisasi", paid * UNIT, "paid");
    holdsAmount("realisasi", (tally.absent + tally.failed) * UNIT, "returned");
    const villages = books.rekap.table("Kode").filter((row) => /^99\.01/.test(row.Kode ?? ""));
    same(villages.reduce((sum, row) => sum + row.Terlayani + row.Pengganti, 0), paid, "rekap: the villages add up to those who received");
    for (const row of villages) same(row.Terlayani + row["Belum terlayani"], row.Ditetapkan, `rekap: ${row.Kode} accounts for everybody determined`);
    same(villages.reduce((sum, row) => sum + row.Calon, 0), walk.known.families, "rekap: and to the whole list");
  },

  "the family's timeline tells all of it, from the list to the money": async (walk) => {
    const page = await walk.as("rina");
    const { event, first } = walk.known;
    await walk.open(page, "/");
    await page.fill("#cari", first.name);
    await page.press("#cari", "Enter");
    await page.waitForURL(/\/keluarga\?cari=/);
    check(!decodeURIComponent(page.url()).toUpperCase().includes(first.name.split(" ")[0].toUpperCase()), "no name in the address");
    const paths = await page.locator("tbody tr th a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    let timeline = "";
    for (const path of paths) {
      await walk.open(page, path);
      timeline = await walk.text(page, "section[aria-labelledby=linimasa]");
      if (timeline.includes("Menerima Bantuan tunai")) break;
    }
    const chapters = ["Menerima Bantuan tunai", "Direncanakan menerima", "Terdaftar di Bantuan tunai", "400.9.1/131/2026", "P3KE 2023"];
    for (const chapter of chapters) includes(timeline, chapter, "the timeline");
    const places = chapters.map((chapter) => timeline.indexOf(chapter));
    same(places.toSorted((a, b) => a - b).join(), places.join(), `newest first: ${places}`);
    includes(timeline, "Rina Astuti", "with who did it");
    includes(await walk.text(page), rupiah(1), "and what they received");
    check(event.length > 0, "the event is known");
  },

  "the journal tells who did what; the auditor reads it and changes nothing": async (walk) => {
    const auditor = await walk.as("inspektorat");
    const told = [];
    for (const [who, kind, what] of [
      ["Rina Astuti", "Penyaluran", "STS-0042/2026"],
      ["Rina Astuti", "Serah terima", "Menerima Bantuan tunai"],
      ["Rina Astuti", "Serah terima", "dialihkan dengan berita acara 12/BA/2026"],
      ["Rina Astuti", "Serah terima", "Salah keluarga"],
      ["Rina Astuti", "Pendaftaran", "SK 400.9.1/131/2026"],
      ["Nurhayati", "Serah terima", "Menerima Paket sembako"],
      ["Drs. H. Bahtiar, M.Si.", "SK", "400.9.1/131/2026"],
      ["Drs. H. Bahtiar, M.Si.", "Penetapan", "Lengkapi berita acara musdes"],
      ["Laila Sari", "Rujukan", "Bukan nelayan"],
      ["Wahyu Lestari", "Kunjungan", "Dikunjungi: ditunda"],
    ]) {
      await walk.open(auditor, "/jejak");
      await auditor.selectOption("#siapa", { label: who });
      await auditor.selectOption("#apa", { label: kind });
      await walk.press(auditor, "Saring");
      const names = await auditor.locator("tbody tr td:nth-child(2)").allInnerTexts();
      check(names.length > 0 && names.every((name) => name.trim() === who), `only ${who}: ${names.slice(0, 3)}`);
      let text = await walk.text(auditor);
      for (let older = auditor.locator("a[rel=next]"); !text.includes(what) && (await older.count()) > 0; ) {
        await walk.goes(auditor, () => older.first().click());
        text += await walk.text(auditor);
      }
      check(text.includes(what), `${who}, ${kind}: “${what}” is not in the journal: ${text.slice(0, 500)}`);
      told.push(text);
    }
    check(!/\b\d{16}\b/.test(told.join(" ")), "no NIK stands in it");
    await walk.open(auditor, "/penyaluran");
    check((await auditor.getByRole("button", { name: "Rencanakan penyaluran" }).count()) === 0, "the auditor is offered no action");
    const answer = await auditor.request.post(`${walk.known.event}/setor`, { multipart: { number: "x" }, headers: { origin: walk.base } });
    same(answer.status(), 403, "and cannot do one");
  },
};
