// Opens `espejo studio` in headless Chromium as a person does who has never seen it: a table in, the odd rows and why, files
// out; both languages, light and dark, by mouse and by keyboard. Installs Chromium where it can and none is there. Ends with
// "N passed, N failed".
//   node studio/check.mjs [--full] [--pictures FOLDER] [--only FLOW] [--guide]
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { chromiumOptions } from "../scripts/browser.mjs";
import { codes } from "./check/codes.mjs";
import { answerOfDatabase, otherFormats } from "./check/formats.mjs";
import { picturesOfGuides } from "./check/guide.mjs";
import { doors, greatTable, killedInTheMiddle } from "./check/hard.mjs";
import { marksThatAreUsed } from "./check/marks.mjs";
import { byKeyboard, tableOfAPerson, threeClicks } from "./check/person.mjs";
import { everyRoomEveryWay } from "./check/rooms.mjs";
import { asTheCommandLine } from "./check/same.mjs";
import { filesOfStrangers } from "./check/strangers.mjs";
import { startStudio } from "./check/studio.mjs";
import {
  everyKind,
  pausedToTheSameBytes,
  seenWhileItLearns,
  shapedByHand,
} from "./check/train.mjs";
import { useOfModels } from "./check/use.mjs";
import { windowsOf } from "./check/window.mjs";

const { values: options } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    pictures: { type: "string" },
    only: { type: "string" },
    // only makes the pictures of the guides anew
    guide: { type: "boolean", default: false },
  },
});
const { pictures } = options;
if (pictures) mkdirSync(pictures, { recursive: true });

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
/** Where it is done, and the studio that runs: one that is killed is followed by another. */
const work = { folder, studio: await startStudio(join(folder, "project")) };
const use = windowsOf(browser, work, { check, pictures, full: options.full });

const flows = [
  ...[threeClicks, tableOfAPerson, byKeyboard, marksThatAreUsed, doors],
  ...[shapedByHand, seenWhileItLearns, pausedToTheSameBytes],
  ...[codes, useOfModels, asTheCommandLine, otherFormats],
];
// the last one opens a studio of its own
if (options.full) {
  flows.push(greatTable, killedInTheMiddle, everyKind, everyRoomEveryWay);
  flows.push(answerOfDatabase, filesOfStrangers);
}
try {
  for (const flow of options.guide ? [picturesOfGuides] : flows) {
    if (options.only !== undefined && flow.name !== options.only) continue;
    try {
      await flow(use);
    } catch (error) {
      check(`${flow.name} comes to its end`, false, error.stack);
    }
  }
} finally {
  await browser.close();
  await work.studio.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
