// A server's bundle: with the packages left outside it works; with Espejo inside of it, it says what to leave out.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const program = `import { autoencoder, fit } from "espejo/node";
const data = new Float32Array(800).map((_, i) => Math.sin(i));
try {
  const fitted = await fit(autoencoder({ input: 8, latentDim: 2 }), { data, shape: [100, 8] }, { epochs: 2 });
  console.log("trained", fitted.history.length);
} catch (error) {
  console.log(error.code, error.message);
}
`;
const native = ["onnxruntime-node", "@duckdb/node-api", "sharp", "linkedom", "h5wasm"];

export function checkServerBundle(folder, tools, check) {
  writeFileSync(join(folder, "server.mjs"), program);
  const bundled = (name, ...externals) => {
    const out = `out/${name}.mjs`;
    const made = spawnSync(
      join(tools, "node_modules/.bin/esbuild"),
      [
        "server.mjs",
        "--bundle",
        "--platform=node",
        "--format=esm",
        "--log-level=error",
        ...externals,
        `--outfile=${out}`,
      ],
      { cwd: folder, encoding: "utf8" },
    );
    if (made.status !== 0) return made.stderr;
    const { stdout, stderr } = spawnSync(process.execPath, [out], {
      cwd: folder,
      encoding: "utf8",
    });
    return stdout + stderr;
  };
  const outside = bundled("outside", "--packages=external");
  check(
    "a server's bundle with --packages=external trains",
    outside.includes("trained 2"),
    outside,
  );
  const inside = bundled("inside", ...native.map((name) => `--external:${name}`));
  const told =
    inside.startsWith("package_file worker.js") && inside.includes("--packages=external");
  check("one with Espejo inside says what to leave out", told, inside.slice(0, 300));
}
