import vue from "@vitejs/plugin-vue";
import { defineConfig, type Plugin } from "vite";
import { declarations } from "../src/charts/colors.ts";

const dark = declarations(1);
const sheet = `:root{color-scheme:light;${declarations(0)}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}
:root[data-theme=dark]{color-scheme:dark;${dark}}`;

/** The colours of all figures and pages as variables, from where they stand. */
const colors: Plugin = {
  name: "espejo-colors",
  resolveId: (id) => (id === "virtual:colors.css" ? "\0colors.css" : null),
  load: (id) => (id === "\0colors.css" ? sheet : null),
};

/** The engine for browsers comes from the package, where it lies once: the server has it beside the files of the page. */
const engine: Plugin = {
  name: "espejo-engine",
  enforce: "pre",
  resolveId: (id) => (id.startsWith("/assets/onnxruntime-web/") ? { id, external: true } : null),
  transform: (code, id) =>
    id.endsWith("/src/engine/web.ts")
      ? code
          .replaceAll('"./onnxruntime-web/', '"/assets/onnxruntime-web/')
          .replaceAll("import.meta.url).href", "location.href).href")
      : null,
};

/** Where a server of the studio, or one in its place, answers while the page is developed. */
const server = process.env.STUDIO ?? "http://127.0.0.1:4700";

export default defineConfig({
  base: "/",
  plugins: [colors, engine, vue()],
  build: {
    outDir: "../dist/studio-page",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    // a policy without inline scripts allows no polyfill, and every browser of the target preloads by itself
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      "/api": { target: server, changeOrigin: true },
      "/assets/onnxruntime-web": { target: server, changeOrigin: true },
    },
  },
});
