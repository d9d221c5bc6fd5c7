import { defineConfig } from "vitest/config";
import { engineFlags } from "./test/engine-flags.ts";

// Tests name the source and run the build: workers, `#engine` and WASM files are those that ship.
export default defineConfig({
  resolve: { alias: [{ find: /^(.*)\/src\/(.*)\.ts$/, replacement: "$1/dist/$2.js" }] },
  test: {
    include: ["test/**/*.test.ts"],
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
  },
});
