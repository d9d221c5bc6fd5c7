// Files that strangers made, opened in the window by their paths: three clicks to the odd rows, or words that say why not.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main, startStudio } from "./studio.mjs";
import { ranked } from "./window.mjs";

const data = fileURLToPath(new URL("../../../shared/data/", import.meta.url));
const files = [
  "tabular/german.csv",
  "tabular/winequality-white.csv",
  "tabular/bank-additional-full.csv",
  "economics/pwt10.01.csv",
  "excel/AirQualityUCI.xlsx",
  ...[
    ...["0Al-Sn.CSV", "20170320-ePC_Data-Travel-Stationery.csv", "Auto_Tone_sub205_over.csv"],
    ...["Copy_of_2016-17_Q3_Final_V2.csv", "HMRC_spending_over_25000_for_September_2018.csv"],
    ...["Kokad pollen.csv", "NBA_scores_out.csv", "O18_air.csv", "senior-staff-march-2020.csv"],
    ...["Wine_Cellar_Consumption_dataset_14-15.csv", "ResultsOR30x500-0.75_3.dat.csv"],
    ...["planning-application-aug-17.csv", "rape_table_3_prosecution_outcomes_0708_1314.csv"],
  ].map((name) => `reading/csv/${name}`),
];

/** Each of the files: path, "Find anomalies", ranked rows with reasons. */
export async function filesOfStrangers({ opened, picture, check, work }) {
  if (!existsSync(data)) {
    console.log("skipped files of strangers: the shared data are not here");
    return;
  }
  await work.studio.stop();
  work.studio = await startStudio(join(work.folder, "project"), main, data);
  for (const name of files) {
    const path = join(data, name);
    const { page, close } = await opened();
    await page.getByLabel("Path on this computer").fill(path);
    await page.getByLabel("Path on this computer").press("Enter");
    const find = page.getByRole("button", { name: "Find anomalies" });
    await find.waitFor({ timeout: 60_000 });
    await page.getByText(/^These are the first rows/).waitFor({ state: "detached" });
    const shown = await doubtsShown(page);
    const codes = doubtsTold(path);
    // that a series is learnt from row by row is said above the doubts
    const told = codes.filter((code) => code !== "rows_of_series").length;
    check(`${name}: all doubts are shown`, shown === told, `${shown} of ${told}`);
    if (told < codes.length)
      check(`${name}: told as a series`, (await page.getByText(/follow each other/).count()) > 0);
    if (shown > 0) await picture(page, `doubts-${name.replaceAll(/\W+/g, "-")}`);
    await find.click();
    const failed = page.getByRole("alert").first();
    await ranked(page).first().or(failed).first().waitFor({ timeout: 240_000 });
    const rows = await ranked(page).count();
    const words = rows > 0 ? await ranked(page).first().innerText() : await failed.innerText();
    check(`${name}: ranked, or refused in words`, rows > 0 || /\w+ \w+ \w+/.test(words));
    console.log(`       ${words.replaceAll(/\s+/g, " ").slice(0, 110)}`);
    await close(name);
  }
}

/** How many doubts a room shows: those that are open, and those that are folded away. */
async function doubtsShown(page) {
  const all = page.getByRole("button", { name: /^Show all \d/ });
  if ((await all.count()) > 0) await all.first().click();
  const panel = page.getByRole("region", { name: "Please look at these" });
  const folded = page.getByText(/^Settled and noted: /);
  const settled = (await folded.count()) > 0 ? await folded.first().innerText() : "0";
  return (await panel.locator("ul.doubts > li").count()) + Number(/\d+/.exec(settled)[0]);
}

/** Those that the command line tells, by their codes. */
function doubtsTold(path) {
  const { stdout } = spawnSync(process.execPath, [main, "inspect", path, "--json"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return JSON.parse(stdout.trim().split("\n").at(-1)).doubts.map(({ code }) => code);
}
