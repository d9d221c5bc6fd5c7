// Files of tables as people bring them, with bytes or lines changed, given to the reader of tables.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { bytesChanged } from "./changes.mjs";

const field = fileURLToPath(new URL("../../../shared/field/tables", import.meta.url));
const most = 40_000;

const lines = (row) => Array.from({ length: 40 }, (_, i) => row(i)).join("\n");
const dates = (i) => `${1 + (i % 28)}/0${1 + (i % 9)}/2023`;

/** Small tables in each format that is made by hand. */
const texts = {
  "plain.csv": `a,b,c\n${lines((i) => `${i},${i / 7},k${i % 3}`)}\n`,
  "local.csv": `Título;;\n\nfecha;"importe (€)";nota\n${lines((i) => `${dates(i)};1.${i}23,5 €;"a ""b""; c"`)}\nTotal;9,5;\nFuente: x\n`,
  "ragged.tsv": `x\ty\tz\n${lines((i) => (i % 9 ? `${i}\t(${i})\tx` : `${i}\t`))}\n# end\n`,
  "rows.json": JSON.stringify(
    Array.from({ length: 30 }, (_, i) => ({ a: i, b: `${i},5`, c: null, d: [i] })),
  ),
  "rows.ndjson": lines((i) =>
    JSON.stringify({ a: i % 3 ? i : "n/a", t: `2024-01-${10 + (i % 9)}` }),
  ),
  "weka.arff": `@relation r\n@attribute a numeric\n@attribute b {x,y}\n@attribute c date yyyy-MM-dd\n@data\n${lines((i) => `${i},${"xy"[i % 2]},2024-01-0${1 + (i % 9)}`)}\n{0 5, 1 y}\n`,
  "sheet.fods": `<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="A">${lines((i) => `<table:table-row><table:table-cell office:value-type="float" office:value="${i}"/><table:table-cell table:number-columns-repeated="2"><text:p>k${i % 2}</text:p></table:table-cell></table:table-row>`)}</table:table></office:spreadsheet></office:body></office:document>`,
};

/** All specimens by name: those above, packed ones, and those of people where they are here. */
export function tableSpecimens() {
  const made = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]),
  );
  made["latin.csv"] = Buffer.from(texts["local.csv"], "latin1");
  made["wide.csv"] = Buffer.from(`\ufeff${texts["local.csv"]}`, "utf16le");
  made["packed.csv.gz"] = gzipSync(texts["plain.csv"]);
  made["packed.zip"] = Buffer.from(zipSync({ "t.csv": strToU8(texts["plain.csv"]) }));
  if (!existsSync(field)) return made;
  for (const name of readdirSync(field)) {
    const path = join(field, name);
    if (!name.endsWith(".py") && statSync(path).size <= most) made[name] = readFileSync(path);
  }
  return made;
}

/** Of a text a line gone, twice, cut, moved, or with marks of its kind put into it. */
function linesChanged(bytes, { pick, number }) {
  const list = bytes.toString("latin1").split("\n");
  const at = number(list.length);
  const mark = pick([
    ",",
    ";",
    "\t",
    '"',
    '""',
    "'",
    "#",
    "\\",
    "\r",
    "%",
    "(",
    ")",
    "-",
    "NA",
    "1e999",
    "€",
  ]);
  const ways = {
    gone: () => list.splice(at, 1),
    twice: () => list.splice(at, 0, list[at]),
    cut: () => list.splice(at, 1, list[at].slice(0, number(list[at].length + 1))),
    moved: () => list.push(...list.splice(at, 1)),
    marked: () => {
      const place = number(list[at].length + 1);
      list[at] = list[at].slice(0, place) + mark.repeat(1 + number(3)) + list[at].slice(place);
    },
  };
  const [way, change] = pick(Object.entries(ways));
  change();
  return { bytes: Buffer.from(list.join("\n"), "latin1"), what: `line ${at + 1} ${way} ${mark}` };
}

async function useTable({ espejo, folder }, bytes, name, options) {
  const path = join(folder, `case${extname(name)}`);
  writeFileSync(path, bytes);
  const table = await espejo.openTable(path, options);
  try {
    const numeric = table.columns.filter(({ input }) => input === "numeric").map((c) => c.name);
    const categories = table.columns
      .filter(({ input }) => input === "categories")
      .map((c) => c.name);
    for await (const batch of table.batches({ numeric, categories, text: [] })) batch.rows;
  } finally {
    await table.dispose();
  }
  return "read";
}

let specimens;
export function changedTables(world, draws) {
  specimens ??= tableSpecimens();
  const name = draws.pick(Object.keys(specimens));
  const isText = !/\.(xlsx|xls|ods|parquet|gz|zip)$/.test(name);
  const change = isText && draws.number(2) ? linesChanged : bytesChanged;
  const { bytes, what } = change(specimens[name], draws);
  const options = draws.pick([{}, {}, {}, { strict: true }, { header: false }, { decimal: "," }]);
  return {
    what: `${name}: ${what} ${JSON.stringify(options)}`,
    run: () => useTable(world, bytes, name, options),
  };
}
