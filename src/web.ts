/**
 * Espejo in a browser: training runs in a web worker, on ONNX Runtime's WASM build.
 *
 * @module espejo/web
 */
export { loadEngine } from "./engine/web.ts";
export * from "./index.ts";
