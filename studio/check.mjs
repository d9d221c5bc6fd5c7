// Opens `espejo studio` in headless Chromium as a person does who has never seen it: a table in, the odd rows and why, files
// out; both languages, light and dark, by mouse and by keyboard. Installs Chromium where it can and none is there. Ends with
// "N passed, N failed".
//   node studio/check.mjs [--full] [--pictures FOLDER]
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { chromiumOptions } from "../scripts/browser.mjs";
import { startStudio } from "./check/studio.mjs";
import { shopsTable } from "./check/tables.mjs";

const { values: options } = parseArgs({
  options: { full: { type: "boolean", default: false }, pictures: { type: "string" } },
});
if (options.pictures) mkdirSync(options.pictures, { recursive: true });

let passed = 0;
let failed = 0;
function check(what, holds, found = "") {
  holds ? passed++ : failed++;
  console.log(`${holds ? "ok    " : "FAILED"} ${what}${found === "" ? "" : `: ${found}`}`);
}

const how = chromiumOptions();
if (!how) process.exit(0);
const folder = mkdtempSync(join(tmpdir(), "espejo-studio-"));
const browser = await chromium.launch(how);
let studio = await startStudio(join(folder, "project"));

const flows = process.env.ONLY
  ? [tableOfAPerson]
  : [threeClicks, tableOfAPerson, byKeyboard, doors];
if (options.full) flows.push(greatTable, killedInTheMiddle);
try {
  for (const flow of flows)
    try {
      await flow();
    } catch (error) {
      check(`${flow.name} comes to its end`, false, error.stack);
    }
} finally {
  await browser.close();
  await studio.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** A window that hears what goes wrong in it and where it asks for what; nobody elsewhere is asked. */
async function opened(more = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...more });
  const page = await context.newPage();
  const errors = [];
  const elsewhere = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.route("**/*", (route) => {
    const { protocol, host } = new URL(route.request().url());
    if (/^(data|blob):$/.test(protocol) || host === new URL(studio.url).host)
      return route.continue();
    elsewhere.push(route.request().url());
    return route.abort();
  });
  await page.goto(studio.url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return {
    page,
    async close(what) {
      check(`${what}: nothing goes wrong in the window`, errors.length === 0, errors.join("; "));
      check(`${what}: nobody else is asked`, elsewhere.length === 0, elsewhere.join(", "));
      await context.close();
    },
  };
}

async function picture(page, name) {
  if (options.pictures)
    await page.screenshot({ path: join(options.pictures, `${name}.png`), fullPage: true });
}

/** What is hard to use for those who do not see it, or do not use a mouse (axe-core). */
async function accessible(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  check(
    `${what}: axe finds nothing serious`,
    grave.length === 0,
    grave.map(({ id, nodes }) => `${id} at ${nodes[0]?.target}`).join("; "),
  );
}

/** The rows of a ranking. */
function ranked(page) {
  return page.getByRole("row").filter({ has: page.getByRole("checkbox") });
}

/** From a sample to ranked rows with reasons, with nothing but "Find anomalies". */
async function threeClicks() {
  const { page, close } = await opened();
  await accessible(page, "home");
  await picture(page, "home");
  const began = Date.now();
  await page.getByText("Card payments").click();
  await page.getByRole("button", { name: "Find anomalies" }).click();
  await ranked(page).first().waitFor({ timeout: 60_000 });
  console.log(`       from the sample to the ranking: ${Date.now() - began} ms`);
  const first = await ranked(page).first().textContent();
  check("three clicks: the first row has a reason", /expected/.test(first), first);
  check("three clicks: all rows are ranked", (await page.getByText("5,492 rows").count()) > 0);
  await accessible(page, "what was found");
  await picture(page, "found-light");
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible(page, "what was found, dark");
  await picture(page, "found-dark");
  await close("three clicks");
}

/** A table with `;`, decimal commas and a cell that is no number, as a Spanish person has it, to its marks and files. */
async function tableOfAPerson() {
  const { page, close } = await opened({ locale: "es-ES", colorScheme: "dark" });
  await page
    .getByRole("button", { name: "ES", exact: true })
    .click()
    .catch(() => {});
  const path = join(folder, "tiendas.csv");
  writeFileSync(path, shopsTable());
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("button", { name: "Buscar anomalías" }).waitFor({ timeout: 20_000 });
  const text = await page.locator("main").innerText();
  check(
    "a table: its delimiter and decimals are told",
    /punto y coma/.test(text) && /coma/.test(text),
  );
  check("a table: columns that may be the label are offered", /fraude/.test(text));
  await page
    .getByRole("button", { name: /^fraude/ })
    .first()
    .click();
  await page.waitForTimeout(500);
  await accessible(page, "how a table is read, dark, in Spanish");
  await picture(page, "data-dark-es");
  await page.getByRole("button", { name: "Buscar anomalías" }).click();
  await ranked(page).first().waitFor({ timeout: 60_000 });
  await page.getByRole("slider").first().waitFor();
  await picture(page, "found-dark-es");
  check(
    "a table: known anomalies are counted",
    /fraude|etiquetas|conocidas/i.test(await page.locator("main").innerText()),
  );

  // the threshold moves by keys, and what lies above it is counted
  const slider = page.getByRole("slider").first();
  const told = () => slider.getAttribute("aria-valuetext");
  const before = await told();
  await slider.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press("Shift+ArrowLeft");
  await page.waitForTimeout(600);
  const after = await told();
  check("the threshold moves by arrow keys", after !== before, `${before} -> ${after}`);

  // a row, opened and marked; the mark is there after a reload
  await ranked(page).first().click();
  await page.getByText("Falsa alarma").first().waitFor();
  await page.keyboard.press("f");
  await page.waitForTimeout(300);
  await picture(page, "row-dark-es");
  await page.reload();
  await ranked(page).first().waitFor();
  await page
    .getByRole("radio", { name: "Marcadas" })
    .or(page.getByRole("button", { name: "Marcadas" }))
    .first()
    .click();
  await page.waitForTimeout(800);
  check("a mark stays", (await ranked(page).count()) === 1, String(await ranked(page).count()));

  // rows as Spanish spreadsheets read them
  await page.getByRole("button", { name: "Exportar" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator('a[href*="format=csv-es"]').first().click(),
  ]);
  const saved = readFileSync(await download.path(), "utf8");
  check(
    "what is saved has its columns and decimal commas",
    /rank;row;/.test(saved) && /\d,\d/.test(saved),
    saved.slice(0, 60),
  );
  await close("a table");
}

/** The first flow without a mouse. */
async function byKeyboard() {
  const { page, close } = await opened({ reducedMotion: "reduce" });
  const reach = async (name, most = 60) => {
    for (let i = 0; i < most; i++) {
      await page.keyboard.press("Tab");
      const text = await page.evaluate(
        () =>
          document.activeElement?.getAttribute("aria-label") ??
          document.activeElement?.textContent ??
          "",
      );
      if (text.includes(name)) return true;
    }
    return false;
  };
  check("keyboard: a sample is reached", await reach("The US economy"));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Find anomalies" }).waitFor({ timeout: 20_000 });
  check("keyboard: the search is reached", await reach("Find anomalies"));
  await page.keyboard.press("Enter");
  await ranked(page).first().waitFor({ timeout: 60_000 });
  await ranked(page).first().focus();
  await page.keyboard.press("Enter");
  await page.getByText("Most similar").or(page.getByText("Expected")).first().waitFor();
  await page.keyboard.press("Escape");
  check("keyboard: a row opens, and Escape closes it", true);
  await page.setViewportSize({ width: 1024, height: 768 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  check("a narrow window scrolls in one direction only", !wide);
  await picture(page, "narrow");
  await page.goto(new URL("/runs", studio.url).href);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await accessible(page, "runs");
  await picture(page, "runs");
  await close("keyboard");
}

/** Who may not come in. */
async function doors() {
  const { origin } = new URL(studio.url);
  const status = async (path, headers = {}) =>
    (await fetch(`${origin}${path}`, { headers })).status;
  check("no answer without the secret", (await status("/api/state")) === 401);
  check(
    "a foreign page is refused",
    (
      await fetch(`${origin}/api/session`, {
        method: "POST",
        headers: { origin: "https://evil.example", "content-type": "application/json" },
        body: "{}",
      })
    ).status === 403,
  );
  const policy = (await fetch(origin)).headers.get("content-security-policy") ?? "";
  check(
    "the window may load its own files only",
    policy.startsWith("default-src 'self'"),
    policy.slice(0, 60),
  );
}

/** 200,000 rows are scrolled without blanks. */
async function greatTable() {
  const { page, close } = await opened();
  const path = join(folder, "great.csv");
  writeFileSync(path, shopsTable(200_000));
  const began = Date.now();
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("button", { name: "Find anomalies" }).waitFor({ timeout: 60_000 });
  console.log(`       200,000 rows: first look after ${Date.now() - began} ms`);
  await page.getByRole("button", { name: "Find anomalies" }).click();
  await ranked(page).first().waitFor({ timeout: 180_000 });
  const grid = page.getByRole("grid").or(page.getByRole("table")).last();
  const blanks = async (share) => {
    await grid.evaluate((element, part) => {
      const box = [element, ...element.querySelectorAll("*")].find(
        (each) => each.scrollHeight > 10 * each.clientHeight,
      );
      const scrolled = box ?? element.closest("[style*=overflow]") ?? element.parentElement;
      scrolled.scrollTop = part * (scrolled.scrollHeight - scrolled.clientHeight);
    }, share);
    await page.waitForTimeout(1500);
    return ranked(page).evaluateAll(
      (rows) => rows.filter((row) => !/\d/.test(row.textContent)).length,
    );
  };
  for (const share of [0.3, 0.77, 1]) {
    const empty = await blanks(share);
    check(`200,000 rows: none is blank at ${100 * share} %`, empty === 0, String(empty));
  }
  await picture(page, "great");
  await close("200,000 rows");
}

/** The studio is killed while it trains; the next one shows the run as broken, and goes on. */
async function killedInTheMiddle() {
  const { page } = await opened();
  const path = join(folder, "killed.csv");
  writeFileSync(path, shopsTable(40_000));
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("button", { name: "Find anomalies" }).click({ timeout: 60_000 });
  await page.getByText("Stop and keep the best").waitFor({ timeout: 30_000 });
  await page.waitForTimeout(1500);
  const { pathname } = new URL(page.url());
  await studio.kill();
  await page.context().close();
  studio = await startStudio(join(folder, "project"));
  const again = await opened();
  await again.page.goto(new URL(pathname, studio.url).href);
  await again.page.getByRole("button", { name: "Resume" }).click({ timeout: 20_000 });
  await ranked(again.page).first().waitFor({ timeout: 180_000 });
  check("a run that was broken goes on to its end", true);
  await again.close("a broken run");
}
