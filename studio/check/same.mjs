// What the studio does is what the command line does: the same ranking, the same scores; and what it shows moves as it should.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "./studio.mjs";
import { shopsTable } from "./tables.mjs";
import { ranked } from "./window.mjs";

/** From a table in Latin-1 to a file of scores, each step held against the command line. */
export async function asTheCommandLine({ opened, check, work }) {
  const { page, close } = await opened();
  const path = join(work.folder, "latin.csv");
  writeFileSync(path, Buffer.from(shopsTable(), "latin1"));
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("button", { name: "Find anomalies" }).waitFor({ timeout: 20_000 });
  check("Latin-1 is told", (await page.getByRole("button", { name: /Latin-1/ }).count()) > 0);

  // another decimal mark is seen at once, and taken back
  const isNumber = async () =>
    (await page.getByRole("button", { name: /^number,\s*ventas/ }).count()) > 0;
  check("with its decimal commas a column is numbers", await isNumber());
  await page.getByRole("button", { name: /^Decimals/ }).click();
  await page
    .getByText(/^point, as in/)
    .last()
    .click();
  await page.waitForTimeout(1500);
  check("another decimal mark is seen in the table", !(await isNumber()));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await page.waitForTimeout(1500);
  check("it is taken back", await isNumber());

  await page
    .getByRole("button", { name: /^fraude/ })
    .first()
    .click();
  await page.waitForTimeout(800);
  await page.getByRole("button", { name: "Find anomalies" }).click();
  await ranked(page).first().waitFor({ timeout: 60_000 });
  const slider = page.getByRole("slider").first();
  await slider.waitFor();

  // the same call in a terminal comes to the same model and the same ranking
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const { commandLine } = await page.evaluate(
    (run) => fetch(`/api/runs/${run}`).then((answer) => answer.json()),
    id,
  );
  const project = join(work.folder, "project");
  const shell = `espejo() { '${process.execPath}' '${main}' "$@"; }\n${commandLine} --run runs/in-a-terminal --json`;
  spawnSync("bash", ["-c", shell], { cwd: project });
  for (const name of ["model.onnx", "ranking.parquet"]) {
    const [one, other] = [id, "in-a-terminal"].map((run) =>
      readFileSync(join(project, "runs", run, name)),
    );
    check(`${name} is that of the command line`, one.equals(other), commandLine);
  }

  // dragged by the mouse, everything that hangs on the threshold moves
  const confusion = page.getByRole("table", { name: /Right and wrong/ });
  const before = [await slider.getAttribute("aria-valuetext"), await confusion.innerText()];
  const box = await slider.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 10; step++) await page.mouse.move(x - 20 * step, y);
  await page.mouse.up();
  await page.waitForTimeout(800);
  const after = [await slider.getAttribute("aria-valuetext"), await confusion.innerText()];
  check("the threshold is dragged by the mouse", before[0] !== after[0], after[0]);
  check("right and wrong alarms move with it", before[1] !== after[1]);

  // scores that are saved are those of the model file
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByText("All rows", { exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator('a[href*="/export?"][href*="format=csv"]:not([href*="csv-es"])').first().click(),
  ]);
  const saved = readFileSync(await download.path(), "utf8");
  const scored = spawnSync(
    process.execPath,
    [main, "score", path, "-m", `runs/${id}/model.onnx`, "--format", "csv"],
    { cwd: project, encoding: "utf8" },
  );
  const column = (text, name) => {
    const [head, ...lines] = text.replace("\ufeff", "").trim().split(/\r?\n/);
    const at = head.split(",").indexOf(name);
    return lines.map((line) => Number(line.split(",")[at]));
  };
  const [rows, scores] = [column(saved, "row"), column(saved, "score")];
  const told = column(scored.stdout, "score");
  const far = rows.filter((row, i) => Math.abs(scores[i] / told[row - 1] - 1) > 1e-6);
  check(
    "saved scores are those of espejo score",
    rows.length === 600 && far.length === 0,
    `${rows.length} rows`,
  );
  await close("as the command line");
}
