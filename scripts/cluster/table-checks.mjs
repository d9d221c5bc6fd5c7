// Checks of tables: Node opens each by `openTable` and streams all columns; Python reads the same file by what was detected.
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { askedShape } from "../../dist/data/cells/asked-dates.js";
import { openTable } from "../../dist/data/tables/open.js";
import { random } from "../../dist/random.js";
import {
  countCell,
  dateCell,
  draws,
  layoutNames,
  numberCell,
  numberStyles,
} from "./made-cells.mjs";

const shared = fileURLToPath(new URL("../../../shared/data", import.meta.url));
/** Of the many files of this folder the small ones do. */
const mostBytes = 60_000;
const marks = ["", "NA", "?", "-", "N/A", "null", "nan", ".", "s/d"];

/** Checks for tables: the files of types that Python wrote, made ones, and published ones where they are. */
export async function tableChecks(folder, seed, typed, madeOnly) {
  const checks = [];
  const add = async (path, options = {}, name = path) => {
    const check = await tableCheck(folder, checks.length, path, options, name);
    if (check) checks.push(check);
  };
  for (const { path, options, name } of typed) await add(path, options, name);
  for (const { path, options, name } of madeTables(folder, seed)) await add(path, options, name);
  if (madeOnly) return checks;
  if (!existsSync(shared)) {
    console.log("left out: the published tables, since there is no ../shared/data");
    return checks;
  }
  for (const path of published()) await add(join(shared, path), {}, path);
  return checks;
}

const isSmall = (path) => statSync(join(shared, path)).size < mostBytes;

function published() {
  const within = (folder, some) =>
    readdirSync(join(shared, folder), { recursive: true })
      .filter((name) => some.test(name))
      .sort()
      .map((name) => `${folder}/${name}`);
  return [
    ...within("tabular", /(?<!-test)\.csv$/),
    ...["economics/FRED-MD_2026-02.csv", "economics/pwt10.01.csv"],
    "creditcard/creditcard_5492_all_frauds.csv",
    ...within("sequences/skab", /\.csv$/).slice(0, 2),
    ...within("sequences/nab", /_.*\.csv$/).slice(0, 4),
    ...within("sequences/tables", /\.csv$/),
    // one of many like it is enough
    ...within("reading/csv", /^(?!ResultsOR30x(?!100-0.50_1))/).filter(isSmall),
  ];
}

async function tableCheck(folder, k, path, options, name) {
  let table;
  try {
    table = await openTable(path, options);
  } catch (error) {
    if (!path.startsWith(shared)) throw error;
    console.log(`left out: ${name}: ${error.message.slice(0, 100)}`);
    return null;
  }
  const { columns, detected, rows, notes } = table;
  const mended = notes.some(({ code }) => code === "characters_mended");
  if (mended || detected.delimiter === "whitespace") {
    const why = mended ? "its letters were mended" : "its columns are parted by runs of blanks";
    console.log(`left out: ${name}: ${why}`);
    await table.dispose();
    return null;
  }
  const isNumeric = ({ type }) => type === "number" || type === "date";
  const nested = columns.filter(({ why }) => why.code === "why_nested").map((each) => each.name);
  const kept = columns.filter((each) => !nested.includes(each.name));
  const numeric = kept.filter(isNumeric).map((each) => each.name);
  const categories = kept.filter((each) => !isNumeric(each)).map((each) => each.name);
  const text = kept.map((each) => each.name);
  const found = { numeric: [], categories: [], text: text.map(() => []), unread: [] };
  for await (const batch of table.batches({ numeric, categories, text })) {
    found.numeric.push(Buffer.from(batch.numeric.buffer, 0, batch.numeric.byteLength));
    found.categories.push(batch.categories);
    batch.text.forEach((cells, i) => {
      found.text[i].push(cells);
    });
    found.unread.push(batch.unread ?? new Array(batch.rows).fill(""));
  }
  await table.dispose();
  const files = { numbers: join(folder, `${k}.f64`), words: join(folder, `${k}.json`) };
  writeFileSync(files.numbers, Buffer.concat(found.numeric));
  const words = {
    categories: found.categories.flat(),
    text: found.text.map((cells) => cells.flat()),
    unread: found.unread.flat(),
  };
  writeFileSync(files.words, JSON.stringify(words));
  return {
    ...{ kind: "table", name, path, rows, detected, numeric, categories, text, nested, files },
    names: columns.map((each) => each.name),
    columns: columns.map(({ name, type, unit }) => {
      const role = nested.includes(name) ? "ignore" : "feature";
      const input = role === "ignore" ? null : isNumeric({ type }) ? "numeric" : "categories";
      return { name, type, role, unit, input };
    }),
    made: !path.startsWith(shared),
  };
}

const quoted = (cell) =>
  /[",;\t\n\r]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** Tables with columns of all kinds, each file with the options to open it. */
function* madeTables(folder, seed) {
  let k = 0;
  const write = (name, columns, options = {}, delimiter = ",", encoding = "utf8") => {
    const names = Object.keys(columns);
    const rows = columns[names[0]].length;
    const lines = Array.from({ length: rows }, (_, i) =>
      names.map((each) => quoted(columns[each][i])).join(delimiter),
    );
    const text = `${[names.map(quoted).join(delimiter), ...lines].join("\n")}\n`;
    const path = join(folder, `made-${++k}.csv`);
    writeFileSync(path, encoding === "utf16le" ? `\ufeff${text}` : text, encoding);
    return { path, options, name };
  };
  const draw = draws(random(seed, 9));
  const many = (rows, cell) => Array.from({ length: rows }, (_, i) => cell(i));
  const mostly = (rows, cell, bad = 0.02) =>
    many(rows, () => (draw.chance(0.05) ? draw.pick(marks) : draw.chance(bad) ? "odd" : cell()));
  const plainCell = (style) => {
    for (;;) {
      const cell = numberCell(style, draw);
      if (/\d/.test(cell) && !/[_xn]|1e\d{3}|\d{12}/.test(cell)) return cell;
    }
  };
  for (const [delimiter, marksOf] of [
    [",", "."],
    [";", ","],
    ["\t", ","],
  ]) {
    const styles = numberStyles.filter(({ decimal }) => decimal === marksOf);
    for (let from = 0; from < styles.length; from += 14) {
      const some = styles.slice(from, from + 14);
      const columns = Object.fromEntries([
        ...some.map((style, i) => [`n${i}`, mostly(120, () => plainCell(style))]),
        ["group", many(120, () => draw.pick(["a", " b", "c ", "\u00a0d", "NA", "é ñ", ""]))],
        ["truth", many(120, () => draw.pick(["True", "FALSE", "true ", " false", ""]))],
        ["said", many(120, () => draw.pick(["Yes", "no", "?"]))],
      ]);
      const types = Object.fromEntries(some.map((_, i) => [`n${i}`, "number"]));
      const name = `numbers with ${marksOf}, ${JSON.stringify(delimiter)}, from ${from}`;
      yield write(name, columns, { types }, delimiter, from % 28 === 0 ? "utf8" : "utf16le");
    }
  }
  // those of them that are found in cells
  const ordered = layoutNames.filter((name) => {
    const cells = many(40, () => dateCell(name, draw, true));
    return (
      !/Z$|^(mm.dd|yy.mm)/.test(name) &&
      askedShape(cells).layouts.includes(name.replace(/^dd(.)mm/, "##$1##"))
    );
  });
  for (let from = 0; from < ordered.length; from += 60) {
    const some = ordered.slice(from, from + 60);
    const columns = Object.fromEntries(
      some.map((name, i) => [
        `d${i} ${name}`.trim(),
        mostly(80, () => dateCell(name, draw, true), 0.01),
      ]),
    );
    const types = Object.fromEntries(Object.keys(columns).map((name) => [name, "date"]));
    yield write(`dates, from ${from}`, columns, { types, dates: "dmy" });
  }
  for (const [dates, zone] of [
    ["dmy", "Europe/Madrid"],
    ["mdy", "America/New_York"],
    ["dmy", undefined],
  ]) {
    const some = ["dd/mm/yyyy", "yyyy-mm-dd", "yyyy-mm-ddZ", "dd mon yyyy", "yyyymmdd", "dd.mm.yy"];
    const columns = Object.fromEntries([
      ...some.map((name) => [
        `d ${name}`,
        mostly(200, () =>
          dateCell(dates === "mdy" ? name.replace(/dd(.)mm/, "mm$1dd") : name, draw, true),
        ),
      ]),
      ["epoch", mostly(200, () => String(draw.number(1e9, 2e9)))],
      ["excel", mostly(200, () => String(draw.number(30_000, 50_000)))],
      ["mixed", mostly(200, () => dateCell(draw.pick(["yyyy-mm-dd", "dd mon yyyy"]), draw, true))],
    ]);
    const types = Object.fromEntries(Object.keys(columns).map((name) => [name, "date"]));
    yield write(
      `dates of ${dates}, ${zone}`,
      columns,
      { types, dates, ...(zone && { zone }) },
      ";",
    );
  }
  const numbers = () =>
    draw.pick(["-200", "1.5", "-200.0", "9", "x", "NA", "inf", "7", "-2e2", "12"]);
  yield write(
    "stated marks",
    {
      a: many(300, numbers),
      b: many(300, () => draw.pick(["NA", "DE", "x", "", "ES", "-200"])),
      d: many(300, () => draw.pick(["1969-06-15", "2024-01-01", "x", "1900-01-01", "-"])),
      l: many(300, () => draw.pick(["Ñandú", "café", "", "naïve"])),
    },
    {
      missing: ["-200", "x", "inf", "1900-01-01"],
      notMissing: ["NA"],
      types: { a: "number", d: "date" },
    },
    ",",
    "latin1",
  );
  yield write(
    "counts",
    {
      ...Object.fromEntries(
        ["seconds", "milliseconds", "excel"].map((name) => [
          name,
          mostly(200, () => countCell(name, draw, true)),
        ]),
      ),
    },
    { types: { seconds: "date", milliseconds: "date", excel: "date" } },
  );
}
