// What a person does who has never seen the studio: by mouse, in Spanish with a table of their own, and by keyboard alone.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shopsTable } from "./tables.mjs";
import { ranked } from "./window.mjs";

/** From a sample to ranked rows with reasons, with nothing but "Find anomalies". */
export async function threeClicks({ opened, picture, accessible, check }) {
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
export async function tableOfAPerson({ opened, picture, accessible, check, work }) {
  const { page, close } = await opened({ locale: "es-ES", colorScheme: "dark" });
  const path = join(work.folder, "tiendas.csv");
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
  const found = await page.locator("main").innerText();
  check("a table: known anomalies are counted", found.includes("Anomalías conocidas (12)"));

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
export async function byKeyboard({ opened, picture, accessible, check, work }) {
  const { page, close } = await opened({ reducedMotion: "reduce" });
  const reach = async (name, most = 60, role = null) => {
    for (let i = 0; i < most; i++) {
      await page.keyboard.press("Tab");
      const [text, is] = await page.evaluate(() => {
        // between the last and the first of a page nothing has the focus
        const element = document.activeElement === document.body ? null : document.activeElement;
        const label = element?.getAttribute("aria-label") ?? element?.textContent ?? "";
        return [label, element?.getAttribute("role") ?? null];
      });
      if (text.includes(name) && (role === null || is === role)) return true;
    }
    return false;
  };
  check("keyboard: a sample is reached", await reach("The US economy"));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Find anomalies" }).waitFor({ timeout: 20_000 });
  check("keyboard: the search is reached", await reach("Find anomalies"));
  await page.keyboard.press("Enter");
  await ranked(page).first().waitFor({ timeout: 60_000 });
  check("keyboard: the ranking is reached", await reach("Ranking"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const marks = page.getByRole("button", { name: /^Confirmed/ });
  await marks.waitFor();
  await page.keyboard.press("Escape");
  await marks.waitFor({ state: "detached", timeout: 5000 }).catch(() => {});
  check("keyboard: a row opens, and Escape closes it", (await marks.count()) === 0);
  await page.keyboard.press("c");
  const marked = page.getByRole("region", { name: "Your marks", exact: true });
  await marked.getByText("1", { exact: true }).first().waitFor({ timeout: 5000 });
  check("keyboard: a row is marked", /Confirmed\s+1/.test(await marked.innerText()));
  const slider = page.getByRole("slider").first();
  const before = await slider.getAttribute("aria-valuetext");
  check("keyboard: the threshold is reached", await reach("Threshold", 200, "slider"));
  for (let i = 0; i < 3; i++) await page.keyboard.press("Shift+ArrowLeft");
  await page.waitForTimeout(600);
  const after = await slider.getAttribute("aria-valuetext");
  check("keyboard: the threshold moves", after !== before, after);
  check("keyboard: the export is reached", await reach("Export", 200));
  await page.keyboard.press("Enter");
  check("keyboard: a format is reached", await reach("Excel workbook", 30));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.keyboard.press("Enter"),
  ]);
  check("keyboard: rows are saved", download.suggestedFilename().endsWith(".xlsx"));
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1024, height: 768 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  check("a narrow window scrolls in one direction only", !wide);
  await picture(page, "narrow");
  await page.goto(new URL("/runs", work.studio.url).href);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await accessible(page, "runs");
  await picture(page, "runs");
  await close("keyboard");
}
