// Native parts may be absent, each of them and all: what needs one says so with a cure, what does not works.
import { spawnSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const fitting = `import { autoencoder, fit } from "espejo/node";
const data = new Float32Array(800).map((_, i) => Math.sin(i));
const fitted = await fit(autoencoder({ input: 8, latentDim: 2 }), { data, shape: [100, 8] }, { epochs: 2 });
console.log((await fitted.scoreSamples({ data, shape: [100, 8] })).length);
`;
/** A grey PNG of one pixel. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);

function runner(folder, main) {
  return (...words) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      words[0] === "-" ? words.slice(1) : [main, ...words],
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    return { status, text: stdout + stderr };
  };
}

/** In a folder where the package is installed with all its parts: each is replaced by a package that throws. */
export function checkEachPart(folder, main, check) {
  const run = runner(folder, main);
  writeFileSync(join(folder, "fitting.mjs"), fitting);
  mkdirSync(join(folder, "pixels"), { recursive: true });
  for (const name of ["1", "2"]) writeFileSync(join(folder, "pixels", `${name}.png`), pixel);
  const needs = {
    "onnxruntime-node": null,
    "@duckdb/node-api": ["inspect", "table.csv"],
    sharp: ["inspect", "pixels"],
  };
  for (const [name, words] of Object.entries(needs)) {
    const place = join(folder, "node_modules", name);
    renameSync(place, `${place}-kept`);
    mkdirSync(place);
    writeFileSync(
      join(place, "package.json"),
      JSON.stringify({ name, version: "0.0.0", main: "index.js" }),
    );
    writeFileSync(join(place, "index.js"), 'throw new Error("not for this system");\n');
    try {
      const doctor = run("doctor");
      const told =
        doctor.text.includes("not for this system") && doctor.text.includes("npm install espejo");
      check(
        `without ${name}: doctor tells it, and the cure`,
        told && [0, 5].includes(doctor.status),
        told ? "" : doctor.text,
      );
      const json = run("doctor", "--json");
      check(
        `without ${name}: doctor --json is JSON`,
        isJson(json.text),
        isJson(json.text) ? "" : json.text,
      );
      const fit = run("-", "fitting.mjs");
      check(
        `without ${name}: networks train from memory`,
        fit.text.includes("100"),
        fit.status === 0 ? "" : fit.text,
      );
      if (!words) continue;
      const refused = run(...words, "--json");
      const right = refused.status === 5 && refused.text.includes('"dependency_missing"');
      check(
        `without ${name}: espejo ${words.join(" ")} says what is missing`,
        right,
        right ? "" : refused.text,
      );
    } finally {
      rmSync(place, { recursive: true });
      renameSync(`${place}-kept`, place);
    }
  }
}

/** In a folder where the package is installed with --omit=optional. */
export function checkWithoutParts(folder, main, check) {
  const run = runner(folder, main);
  const doctor = run("doctor");
  const told =
    doctor.text.includes("WASM engine: onnxruntime-web") &&
    doctor.text.includes("--include=optional");
  check(
    "--omit=optional: doctor tells what is missing, and the cure",
    told && doctor.status === 5,
    told ? "" : doctor.text,
  );
  writeFileSync(join(folder, "fitting.mjs"), fitting);
  const fit = run("-", "fitting.mjs");
  check(
    "--omit=optional: networks train from memory",
    fit.text.includes("100"),
    fit.status === 0 ? "" : fit.text,
  );
  const kinds = run("kinds", "--json");
  check("--omit=optional: espejo kinds", isJson(kinds.text), isJson(kinds.text) ? "" : kinds.text);
}

function isJson(text) {
  try {
    return JSON.parse(text).schemaVersion === 1;
  } catch {
    return false;
  }
}
