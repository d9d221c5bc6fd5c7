// Puts ONNX Runtime's WASM build into the package: the same files serve Node and browsers.
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const source = dirname(fileURLToPath(import.meta.resolve("onnxruntime-web/wasm")));
const target = fileURLToPath(new URL("../dist/engine/onnxruntime-web/", import.meta.url));
const files = {
  "ort.wasm.min.js": "ort.wasm.min.cjs", // a CommonJS file needs its own ending in an ESM package
  "ort.wasm.min.mjs": "ort.wasm.min.mjs",
  "ort-wasm-simd-threaded.mjs": "ort-wasm-simd-threaded.mjs",
  "ort-wasm-simd-threaded.wasm": "ort-wasm-simd-threaded.wasm",
};
await mkdir(target, { recursive: true });
for (const [from, to] of Object.entries(files))
  await copyFile(join(source, from), join(target, to));
