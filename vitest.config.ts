import { defineConfig } from "vitest/config";
import { engineFlags } from "./test/engine-flags.ts";

/** Files that look at what their process holds, and have one of their own. */
const alone = ["test/training/workers.test.ts", "test/onnx/hostile.test.ts"];

/** Files that train much or go through many commands; a change of one file seldom needs them. */
const slow = [
  "test/cli/!(each-command|program|texts|usage|language).test.ts",
  "test/{data/shared,engine/telemetry,models/contract,readme,training/fit}.test.ts",
  "test/tasks/**/*.test.ts",
];

// Tests name the source and run the build: workers, `#engine` and WASM files are those that ship.
export default defineConfig({
  resolve: { alias: [{ find: /^(.*)\/src\/(.*)\.ts$/, replacement: "$1/dist/$2.js" }] },
  test: {
    server: { deps: { external: [/\/dist\//] } },
    globalSetup: "test/temporary-folder.ts",
    // only against hanging: training in a hook on the WASM engine of a busy machine takes its time
    testTimeout: 180_000,
    hookTimeout: 180_000,
    execArgv: engineFlags,
    // processes, since a command has a folder to work in; for all files the same, which load the build once
    pool: "forks",
    isolate: false,
    fileParallelism: true,
    maxWorkers: 2,
    projects: [
      group("slow", 0, { include: slow }),
      group("quick", 1, { include: ["test/**/*.test.ts"], exclude: [...slow, ...alone] }),
      group("alone", 2, { include: alone, isolate: true }),
      // what of the studio's page needs no browser: it names its source and runs that
      {
        test: {
          name: "studio",
          include: ["studio/test/**/*.test.ts"],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

/** One group of files after the other: a process belongs to one. */
function group(
  name: string,
  groupOrder: number,
  test: { include: string[]; exclude?: string[]; isolate?: boolean },
) {
  return { extends: true as const, test: { name, sequence: { groupOrder }, ...test } };
}
