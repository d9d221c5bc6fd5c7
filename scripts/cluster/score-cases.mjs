// Tables and models for check-scores.mjs: numbers of many sizes, whole ones, years, dates with and without a time, quarters,
// categories, missing and unreadable cells.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { random } from "../../dist/random.js";

const names = "row,when,at,quarter,amount,size,tiny,count,year,kind,place,class";

/** Rows of two hidden factors; every 20th row breaks the pattern and has class "odd". */
function rowsOf(count, seed, { unread = false } = {}) {
  const source = random(seed);
  const lines = [names];
  for (let i = 0; i < count; i++) {
    const odd = i % 20 === 7;
    const [u, v] = [source.normal(), source.normal()];
    const noise = (by = 0.05) => by * source.normal();
    const away = odd ? 6 * source.normal() : 0;
    const day = Date.UTC(2024, 0, 1) + Math.floor(300 * source.uniform()) * 86_400_000;
    const time = new Date(day + Math.floor(86_400 * source.uniform()) * 1000);
    const gap = (text, every, at) => (i % every === at ? "" : text);
    lines.push(
      [
        `r${String(i).padStart(6, "0")}`,
        new Date(day).toISOString().slice(0, 10),
        time.toISOString().slice(0, 19).replace("T", " "),
        `${2015 + (i % 9)}Q${1 + (i % 4)}`,
        unread && i % 97 === 3 ? "n/k" : (1234.5 * Math.exp(u + noise())).toFixed(2),
        gap((5 - 2 * u + noise() + away).toFixed(4), 13, 5),
        (1e-6 * (v + noise() + away)).toPrecision(4),
        String(Math.round(10_000 * Math.exp((u + v) / 3))),
        String(1990 + ((i * 7) % 34)),
        (odd ? u < 0 : u >= 0) ? "high" : "low",
        gap(
          ["León", "Ávila, Castilla", "Soria", 'the "far"\tone'][
            Math.floor(3.99 * source.uniform())
          ],
          29,
          11,
        ),
        odd ? "odd" : "fine",
      ]
        .map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(","),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** What is learnt and scored, written into a folder, Parquet by a Python. */
export function cases(folder, python) {
  const write = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const learn = write("learn.csv", rowsOf(3000, 1));
  const csv = write("fresh.csv", rowsOf(4000, 2));
  const unread = write("unread.csv", rowsOf(3000, 3, { unread: true }));
  const parquet = join(folder, "fresh.parquet");
  const program =
    "import sys, pyarrow.csv as c, pyarrow.parquet as p; p.write_table(c.read_csv(sys.argv[1]), sys.argv[2])";
  const { status } = spawnSync(python, ["-c", program, csv, parquet], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("a Python with pyarrow is needed");
  const quick = { epochs: 6, hidden: [16], latentDim: 3 };
  const common = { learn, label: "class", reasons: "anomalies", data: [csv] };
  return [
    { ...common, name: "basic", options: quick, reasons: "all", data: [csv, parquet, unread] },
    { ...common, name: "unlabelled", label: undefined, options: quick },
    { ...common, name: "mahalanobis", options: { ...quick, score: "mahalanobis" } },
    {
      ...common,
      name: "standardised",
      options: { ...quick, score: "standardised" },
      reasons: "all",
    },
    { ...common, name: "absolute", options: { ...quick, score: "absolute" } },
    {
      ...common,
      name: "ensemble",
      options: { kind: "ensemble" },
      data: [csv, parquet],
      reasons: "all",
    },
    {
      ...{ ...common, name: "budget", open: { time: "at" } },
      options: { ...quick, threshold: "budget:20/month" },
    },
    { ...common, name: "pca", options: { pca: true } },
  ];
}
