// Marks that are used: they choose the threshold, train again, and leave as a label column that a process takes.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "./studio.mjs";
import { ranked } from "./window.mjs";

/** Sales of which some are odd, and a few others are large but right; no column says so. */
function salesTable(rows = 800) {
  const lines = Array.from({ length: rows }, (_, i) => {
    const sales = 100 + ((i * 37) % 90);
    const visits = 2 * sales + ((i * 13) % 11);
    if (i % 50 === 49) return `${i + 1};${9000 + (i % 700)},5;3`;
    // few, and no errors
    return i % 80 === 7 ? `${i + 1};${sales * 5},5;${visits * 5}` : `${i + 1};${sales},5;${visits}`;
  });
  return `pedido;ventas;visitas\n${lines.join("\n")}\n`;
}

/** From marks to a threshold, a new run whose marked rows moved, and a file with labels. */
export async function marksThatAreUsed({ opened, picture, accessible, check, work }) {
  const { page, close } = await opened();
  const path = join(work.folder, "sales.csv");
  writeFileSync(path, salesTable());
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("button", { name: "Find anomalies" }).click({ timeout: 20_000 });
  await ranked(page).first().waitFor({ timeout: 60_000 });
  await page.getByText("No row is marked yet").waitFor();

  // the highest rows, as a person walks through them by keys
  await ranked(page).first().click();
  for (let i = 0; i < 22; i++) {
    const told = await page.getByText(/^row [\d,]+ of the data/).textContent();
    const row = Number(/[\d,]+/.exec(told)[0].replace(",", "")) - 1;
    const done = page.waitForResponse((answer) => answer.url().includes("/marks/"));
    await page.keyboard.press(row % 50 === 49 ? "c" : "f");
    await done;
    await page.keyboard.press("ArrowDown");
    await page.getByText(told, { exact: true }).waitFor({ state: "detached" });
  }
  await page.keyboard.press("Escape");
  const panel = page.getByRole("region", { name: "Your marks" });
  await panel.getByText("22", { exact: true }).waitFor();

  // the threshold that they choose is shown before it is set, and undo takes it back
  const slider = page.getByRole("slider").first();
  const told = () => slider.getAttribute("aria-valuetext");
  const before = await told();
  await panel.getByRole("combobox").selectOption("recall:0.8");
  await panel.getByRole("button", { name: "Show what it comes to" }).click();
  await panel.getByText(/confirmed anomal/).waitFor();
  check("marks: nothing is set before it is asked for", (await told()) === before);
  await accessible(page, "marks");
  await picture(page, "marks");
  await panel.getByRole("button", { name: "Set this threshold" }).click();
  await page.waitForTimeout(600);
  const after = await told();
  check("marks: the threshold is theirs", after !== before, `${before} -> ${after}`);
  await page.getByRole("button", { name: "Copy as…" }).click();
  const command = page.getByText(/espejo threshold .*--marks marks\/.* --threshold recall:0.8/);
  await command.waitFor({ timeout: 5000 }).catch(() => {});
  check("marks: the threshold is copied as a command", (await command.count()) === 1);
  await picture(page, "marks-copied");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo" }).first().click();
  await page.waitForTimeout(500);
  check("marks: undo takes the threshold back", (await told()) === before, await told());

  // rows with a label column, which a detection elsewhere takes
  await page.getByRole("button", { name: "Export" }).click();
  await picture(page, "marks-export");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page
      .locator(
        'a[href*="/labelled?"][href*="format=csv&"], a[href*="/labelled?"][href$="format=csv"]',
      )
      .first()
      .click(),
  ]);
  const place = mkdtempSync(join(tmpdir(), "espejo-labelled-"));
  const saved = readFileSync(await download.path());
  writeFileSync(join(place, "labelled.csv"), saved);
  const words = [
    "detect",
    "labelled.csv",
    "--label",
    "label",
    "--normal",
    "normal",
    "--normal",
    "",
  ];
  const detected = spawnSync(process.execPath, [main, ...words, "--alone", "-o", "o.csv"], {
    cwd: place,
  });
  check("marks: a detection takes them as labels", detected.status === 0);
  rmSync(place, { recursive: true, force: true });
  await page.keyboard.press("Escape");

  // trained again: the marks go with it, and the rows are seen to move
  const former = new URL(page.url()).pathname;
  await panel.getByRole("button", { name: "Train again from your marks" }).click();
  const moves = page.getByRole("region", { name: "How the marked rows moved" }).first();
  await moves.waitFor({ timeout: 60_000 });
  await moves.getByRole("row", { name: /False alarms/ }).waitFor();
  check("marks: a new run stands beside", new URL(page.url()).pathname !== former);
  const carried = panel.getByText("22", { exact: true });
  // they are counted with the scores, which may come later
  await carried
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => {});
  check("marks: they went with it", (await carried.count()) > 0);
  await accessible(page, "what marks changed");
  await picture(page, "marks-moved");
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible(page, "what marks changed, dark");
  await page.setViewportSize({ width: 1024, height: 768 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  check("marks: a narrow window scrolls in one direction only", !wide);
  await picture(page, "marks-moved-dark-narrow");
  await close("marks");
}
