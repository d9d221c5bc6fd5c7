// R's clients: the block of the guide as it stands, then data frames by httr and by curl at each door that takes them.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installFromDebian } from "../debian.mjs";
import { blockOf } from "./guide.mjs";

const program = fileURLToPath(new URL("clients.R", import.meta.url));
const debian = ["r-base-core", "r-cran-httr", "r-cran-jsonlite"];

/** What the block found, without the reasons, which are lists. */
const keep = 'write.csv(scored[c("id", "score", "is_anomaly")], "shown.csv", row.names = FALSE)';

const run = (folder, ...words) =>
  spawnSync("Rscript", ["--vanilla", ...words], { cwd: folder, encoding: "utf8" });
const isThere = (folder) => run(folder, "-e", "library(httr); library(jsonlite)").status === 0;

/** Scores of data frames; throws where one is not that of `espejo score`, and where R is not there. */
export function askFromR(url, folder) {
  if (!isThere(folder)) installFromDebian(...debian);
  if (!isThere(folder))
    throw new Error(`R is not there and could not be had: apt-get install ${debian.join(" ")}`);
  const shown = blockOf("r", "library(httr)").replace(
    "http://localhost:8080/score/fraud",
    `${url}/score/table`,
  );
  if (!shown.includes(url)) throw new Error("the block of the guide asks no server");
  writeFileSync(join(folder, "shown.R"), `${shown}\n${keep}\n`);
  const guide = run(folder, "shown.R");
  if (guide.status !== 0) throw new Error(`the block of the guide: ${guide.stderr.slice(-1000)}`);
  const { status, stdout, stderr } = run(folder, program, url);
  console.log(stdout.trimEnd());
  if (status !== 0) throw new Error(stderr.slice(-1500) || "see above");
  return `${stdout.match(/^ok/gm).length} checks`;
}
