import { defineConfig } from "vitest/config";
import { engineFlags } from "./test/engine-flags.ts";

/** Files that look at what their process holds, and have one of their own. */
const alone = ["test/training/workers.test.ts", "test/onnx/hostile.test.ts"];

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
      {
        extends: true,
        test: { name: "together", include: ["test/**/*.test.ts"], exclude: alone },
      },
      {
        extends: true,
        test: { name: "alone", include: alone, isolate: true, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
