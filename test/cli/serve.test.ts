import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { espejo, fileIn, printed, smallTable, start, waitFor } from "./helpers.ts";

const token = "a-token-of-an-admin";
let place: string;
let row: string;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "espejo-serve-"));
  fileIn(place, "t.csv", smallTable(120));
  row = readFileSync(join(place, "t.csv"), "utf8").split("\n").slice(0, 2).join("\n");
  for (const [seed, version] of ["1", "2"].map((n) => [n, n] as const)) {
    const words = `train t.csv --epochs 2 --seed ${seed} --model-version ${version} -o m${version}.onnx`;
    expect((await espejo(words.split(" "), { in: place })).code).toBe(0);
  }
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

/** A server on a free port, its address, and what it says when it has ended. */
async function serve(words: string, env: Record<string, string> = {}) {
  const { child, done } = start(["serve", ...words.split(" "), "--port", "0"], { in: place, env });
  let err = "";
  child.stderr!.on("data", (text) => {
    err += text;
  });
  await printed(child, /(serving|sirviendo) .* http:/);
  const url = /http:\/\/[\w.:]+/.exec(err)![0];
  const ask = (path = "/score", headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      ...{ method: "POST", body: row, headers: { "content-type": "text/csv", ...headers } },
    });
  return { child, done, url, ask };
}

test("it serves until it is asked to stop, follows a file that changes, and ends with 0", async () => {
  copyFileSync(join(place, "m1.onnx"), join(place, "live.onnx"));
  const { child, done, ask } = await serve("live.onnx --watch --drain 0", { ESPEJO_LANG: "es" });
  const first = (await (await ask()).json()) as { version: string; rows: { score: number }[] };
  expect([first.version, first.rows.length]).toEqual(["1", 1]);
  writeFileSync(join(place, "live.onnx"), readFileSync(join(place, "m2.onnx")));
  let version = "1";
  const look = setInterval(async () => {
    ({ version } = (await (await ask()).json()) as { version: string });
  }, 100);
  await waitFor(() => version === "2");
  clearInterval(look);
  child.kill("SIGTERM");
  const { code, out, err } = await done;
  expect(code).toBe(0);
  expect(err).toMatch(/sirviendo live en http/);
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ msg }) => msg === "request").length).toBeGreaterThan(1);
}, 60_000);

test("a file that comes into a folder is taken, one that is broken when it is mended", async () => {
  mkdirSync(join(place, "models"));
  copyFileSync(join(place, "m1.onnx"), join(place, "models", "first.onnx"));
  const { child, done, ask } = await serve("models --watch --drain 0 --default first");
  writeFileSync(join(place, "models", "late.onnx"), "half a file");
  let refused = false;
  child.stdout!.on("data", (text) => {
    refused ||= String(text).includes("model not taken");
  });
  await waitFor(() => refused);
  expect((await ask("/score/late")).status).toBe(404);
  copyFileSync(join(place, "m2.onnx"), join(place, "models", "late.onnx"));
  let status = 404;
  const look = setInterval(async () => {
    ({ status } = await ask("/score/late"));
  }, 100);
  await waitFor(() => status === 200);
  clearInterval(look);
  child.kill("SIGTERM");
  expect((await done).code).toBe(0);
}, 60_000);

test("a token of the environment lets an admin in, and nobody else", async () => {
  const { child, done, ask } = await serve("m1.onnx --drain 0", { ESPEJO_TOKEN: token });
  expect((await ask()).status).toBe(401);
  const own = { authorization: `Bearer ${token}` };
  expect((await ask("/score", own)).status).toBe(200);
  expect((await ask("/v2/repository/index", own)).status).toBe(200);
  child.kill("SIGINT");
  expect((await done).code).toBe(0);
}, 60_000);

test.each([
  ["m1.onnx --host 0.0.0.0", 2, /whoever reaches 0\.0\.0\.0/],
  ["nowhere.onnx", 3, /nowhere\.onnx/],
  ["t.csv", 5, /t\.csv/],
  ["m1.onnx --token-file t.csv", 2, /t\.csv, line 1/],
  ["m1.onnx --cert t.csv", 2, /--key/],
  ["m1.onnx --default other", 2, /no model "other"/],
  ["m1.onnx m1.onnx", 2, /two models are called "m1"/],
])("serve %s is refused with exit code %i", async (words, exit, message) => {
  const { code, err } = await espejo(["serve", ...words.split(" ")], { in: place });
  expect([code, err]).toEqual([exit, expect.stringMatching(message)]);
});
