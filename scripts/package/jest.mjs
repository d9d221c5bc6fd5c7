// Inside Jest each file of tests has a realm of its own: arrays and errors of another one than the engine's.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const tests = `import { autoencoder, detect, EspejoError, fit } from "espejo/node";
const data = Float32Array.from({ length: 800 }, (_, i) => Math.sin(i));
const model = autoencoder({ input: 8, latentDim: 2 });
test("a network trains and scores on the native engine", async () => {
  const fitted = await fit(model, { data, shape: [100, 8] }, { epochs: 2 });
  expect(fitted.engineVersion).toContain("onnxruntime-node");
  expect(await fitted.scoreSamples({ data, shape: [100, 8] })).toHaveLength(100);
});
test("rows are ranked", async () => {
  const rows = Array.from({ length: 80 }, (_, i) => ({ a: i % 7, b: \`x\${i % 3}\`, c: new Date(2020, 1, i) }));
  const detector = await detect(rows, { epochs: 2 });
  expect(await detector.score(rows.slice(0, 2))).toHaveLength(2);
  await detector.dispose();
});
test("what is refused is an EspejoError", async () => {
  await expect(fit(model, data, { epoch: 3 })).rejects.toBeInstanceOf(EspejoError);
});
`;

export function checkJest(folder, tools, check) {
  writeFileSync(join(folder, "realm.test.js"), tests);
  const jest = join(tools, "node_modules/jest/bin/jest.js");
  const words = ["--experimental-vm-modules", jest, "--rootDir", folder, "--watchman=false"];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
  const passed = status === 0 && stderr.includes("3 passed");
  check("in Jest networks train, rows are ranked, errors are ours", passed, passed ? "" : stderr);
}
