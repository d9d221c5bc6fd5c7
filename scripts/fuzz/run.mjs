// The process in which cases run, one after the other; it says which begins and how it ended.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as espejo from "../../dist/node.js";
import { Model } from "../../dist/onnx/messages.js";
import { decode, encode } from "../../dist/onnx/wire.js";
import { caseOf } from "./cases.mjs";
import { drawsOf } from "./changes.mjs";
import { makeSpecimens } from "./specimens.mjs";

const [folder, seed, first, last, only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const specimens = await makeSpecimens(espejo, folder);
const models = {};
for (const name of Object.keys(specimens.compressed))
  models[name] = await espejo.ModelFile.read(join(folder, `${name}.onnx`));
const world = { espejo, folder, specimens, models, onnx: { Model, decode, encode } };
process.send({ type: "ready", folder: join(folder) });

for (let number = Number(first); number < Number(last); number++) {
  const made = caseOf(world, number, drawsOf(Number(seed) * 1_000_003 + number), only);
  if (!made) continue;
  const { sort, what, run } = made;
  process.send({ type: "begins", number, sort, what });
  const began = performance.now();
  let outcome;
  try {
    await run();
    outcome = { ends: "read" };
  } catch (error) {
    outcome =
      error instanceof espejo.EspejoError
        ? { ends: "refused", code: error.code, message: error.message }
        : { ends: "thrown", code: error?.name, message: String(error?.stack ?? error) };
  }
  process.send({ type: "ended", number, milliseconds: performance.now() - began, ...outcome });
}
process.send({ type: "over" });
process.disconnect();
