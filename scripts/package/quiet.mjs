// Nothing leaves the machine and nothing is left behind: with an empty home and temporary folder, and without the
// variables of a build server, no file is there afterwards and no name was looked up (by strace, where it is).
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installFromDebian } from "../debian.mjs";

const hasStrace = () => spawnSync("strace", ["-V"]).status === 0;

const inWorker = `import { Worker } from "node:worker_threads";
new Worker(\`import("espejo/node").then(async ({ detect }) => {
  const detector = await detect("table.csv", { epochs: 2 });
  console.log(detector.summary());
  await detector.dispose();
});\`, { eval: true });
`;

export function checkQuiet(folder, main, check) {
  if (!hasStrace()) installFromDebian("strace");
  const traced = hasStrace();
  if (!traced) console.log("skipped: look-ups of names, strace is not installed");
  const [home, temporary] = ["home", "temporary"].map((name) => join(folder, name));
  for (const each of [home, temporary]) mkdirSync(each);
  writeFileSync(join(folder, "in-worker.mjs"), inWorker);
  const log = join(folder, "strace.log");
  const run = (...words) => {
    const trace = ["-f", "-e", "trace=connect,sendto,openat", "-s", "200", "-A", "-o", log];
    const command = traced ? ["strace", ...trace, process.execPath] : [process.execPath];
    const { status, stderr } = spawnSync(command[0], [...command.slice(1), ...words], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: home, TMPDIR: temporary },
      encoding: "utf8",
    });
    check(
      `in an empty home: ${words.slice(-5).join(" ").replace(main, "espejo")}`,
      status === 0,
      status === 0 ? "" : stderr,
    );
  };
  run(main, "train", "table.csv", "--epochs", "2", "-o", "quiet.onnx");
  run(main, "score", "table.csv", "-m", "quiet.onnx");
  run(main, "detect", "table.csv", "--epochs", "2");
  run("in-worker.mjs");
  const left = [home, temporary].flatMap((each) => readdirSync(each, { recursive: true }));
  check("nothing is left in home and temporary folder", left.length === 0, left.join(", "));
  if (!traced) return;
  const asked = readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => /sa_family=AF_INET|resolv\.conf/.test(line));
  check(
    "no name is looked up and nothing is connected to",
    asked.length === 0,
    asked.slice(0, 5).join("\n"),
  );
}
