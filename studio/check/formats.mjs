// Tables in other formats than text: a workbook of two sheets, Parquet, the answer of a database.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { startPostgres } from "../../scripts/postgres-server.mjs";
import { main } from "./studio.mjs";
import { shopsTable } from "./tables.mjs";
import { ranked } from "./window.mjs";

/** A workbook whose sheets hold rows of cells as text. */
function workbook(sheets) {
  const names = Object.keys(sheets);
  const cell = (text, i, j) =>
    `<c r="${String.fromCharCode(65 + j)}${i + 1}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const sheet = (rows) =>
    `<worksheet><sheetData>${rows
      .map((row, i) => `<row r="${i + 1}">${row.map((text, j) => cell(text, i, j)).join("")}</row>`)
      .join("")}</sheetData></worksheet>`;
  const relation = (id, type, target) =>
    `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`;
  const relations = (all) => `<Relationships>${all.join("")}</Relationships>`;
  const files = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relations([relation("rId1", "officeDocument", "xl/workbook.xml")]),
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets>${names
      .map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(
      names.map((_, i) => relation(`rId${i + 1}`, "worksheet", `worksheets/sheet${i + 1}.xml`)),
    ),
  };
  names.forEach((name, i) => {
    files[`xl/worksheets/sheet${i + 1}.xml`] = sheet(sheets[name]);
  });
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
  );
}

const cells = (rows) =>
  shopsTable(rows)
    .trim()
    .split("\n")
    .map((line) => line.split(";"));

/** Two sheets of a workbook, one chosen by its chip, and a Parquet file, to their rankings. */
export async function otherFormats({ opened, picture, check, work }) {
  const { page, close } = await opened();
  const find = page.getByRole("button", { name: "Find anomalies" });
  const book = join(work.folder, "shops.xlsx");
  writeFileSync(book, workbook({ Enero: cells(90), Febrero: cells(240) }));
  await page.locator("input[type=file]").setInputFiles(book);
  await find.waitFor({ timeout: 30_000 });
  await page.getByText("90 rows").first().waitFor();
  await page.getByRole("button", { name: /^Sheet/ }).click();
  await picture(page, "sheets");
  await page.getByText("Febrero").last().click();
  await page.getByText("240 rows").first().waitFor({ timeout: 20_000 });
  await find.click();
  await ranked(page).first().waitFor({ timeout: 60_000 });
  check(
    "a workbook: the sheet that was chosen is ranked",
    (await page.getByText("240 rows").count()) > 0,
  );

  const csv = join(work.folder, "to-parquet.csv");
  writeFileSync(csv, shopsTable(300));
  const run = (...words) => spawnSync(process.execPath, [main, ...words], { cwd: work.folder });
  run("train", csv, "--id", "pedido", "--epochs", "3", "-o", "to-parquet.onnx");
  run("encode", csv, "-m", "to-parquet.onnx", "-o", "codes.parquet");
  await page.goto(new URL("/", page.url()).href);
  await page.locator("input[type=file]").setInputFiles(join(work.folder, "codes.parquet"));
  await find.waitFor({ timeout: 30_000 });
  await find.click();
  await ranked(page).first().waitFor({ timeout: 60_000 });
  check("a Parquet file is ranked", (await page.getByText("300 rows").count()) > 0);
  await close("other formats");
}

/** The answer of a real database, whose password nobody sees. */
export async function answerOfDatabase({ opened, check }) {
  const password = "pa55-word";
  const server = await startPostgres(
    password,
    `CREATE TABLE sales AS SELECT i AS id, (i % 97) / 7.0::float8 AS amount, i % 11 AS score FROM generate_series(1, 500) AS i;`,
  );
  if (!server) return;
  try {
    const { page, close } = await opened();
    await page.getByText("PostgreSQL").first().click();
    await page.locator("details input").fill(server.url);
    await page.locator("details textarea").fill("SELECT * FROM sales");
    await page.locator("details button[type=submit]").click();
    const find = page.getByRole("button", { name: "Find anomalies" });
    await find.waitFor({ timeout: 30_000 });
    const shown = await page.locator("body").innerText();
    check("a database: its password is not shown", !shown.includes(password));
    await find.click();
    await ranked(page).first().waitFor({ timeout: 60_000 });
    check("a database: its answer is ranked", (await page.getByText("500 rows").count()) > 0);
    await close("a database");
  } finally {
    await server.stop();
  }
}
