import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { groups } from "./groups.mjs";

const pages = fileURLToPath(new URL("../pages", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const library = join(root, "dist/web.js");
const ofSite = new Set(["index", "train"]);

/** The first heading of a page. */
const titleOf = (file) => /^# (.+)$/m.exec(readFileSync(file, "utf8"))?.[1].replaceAll("`", "");

/** Groups of the pages that there are. */
function sidebar(language) {
  const folder = language === "en" ? pages : join(pages, language);
  const link = language === "en" ? "/" : `/${language}/`;
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(0, -3))
    .filter((name) => !ofSite.has(name));
  const known = new Set(groups.flatMap((group) => group.pages));
  const lost = names.filter((name) => !known.has(name));
  if (lost.length > 0) throw new Error(`no group of the sidebar has ${lost.join(", ")}`);
  return groups.map((group) => ({
    text: group[language],
    items: group.pages
      .filter((name) => existsSync(join(folder, `${name}.md`)))
      .map((name) => ({ text: titleOf(join(folder, `${name}.md`)), link: `${link}${name}` })),
  }));
}

const themeOf = (language, words) => ({
  nav: [
    { text: words.guide, link: language === "en" ? "/quick-start" : `/${language}/quick-start` },
    { text: words.train, link: language === "en" ? "/train" : `/${language}/train` },
    { text: words.api, link: "/reference/" },
  ],
  sidebar: { [language === "en" ? "/" : `/${language}/`]: sidebar(language) },
  outline: { label: words.outline, level: [2, 3] },
  docFooter: { prev: words.before, next: words.after },
  darkModeSwitchLabel: words.look,
  lightModeSwitchTitle: words.light,
  darkModeSwitchTitle: words.dark,
  sidebarMenuLabel: words.menu,
  returnToTopLabel: words.top,
  langMenuLabel: words.language,
  skipToContentLabel: words.skip,
  notFound: words.lost,
});

const english = {
  ...{ guide: "Guide", train: "Train in the browser", api: "API", outline: "On this page" },
  ...{ before: "Before", after: "Next", look: "Appearance", light: "Light", dark: "Dark" },
  ...{ menu: "Menu", top: "To the top", language: "Language", skip: "Skip to content" },
  lost: { title: "There is no such page", quote: "", linkText: "Home" },
};
const spanish = {
  ...{ guide: "Guía", train: "Entrenar en el navegador", api: "API (en inglés)" },
  ...{ outline: "En esta página", before: "Anterior", after: "Siguiente", look: "Aspecto" },
  ...{ light: "Claro", dark: "Oscuro", menu: "Menú", top: "Arriba", language: "Idioma" },
  ...{ skip: "Ir al contenido" },
  lost: { title: "No existe esa página", quote: "", linkText: "Inicio" },
};
const search = {
  provider: "local",
  options: {
    locales: {
      es: {
        translations: {
          button: { buttonText: "Buscar", buttonAriaLabel: "Buscar" },
          modal: {
            ...{ displayDetails: "Mostrar detalles", resetButtonTitle: "Borrar" },
            ...{ backButtonTitle: "Cerrar", noResultsText: "No se ha encontrado nada:" },
            footer: { selectText: "elegir", navigateText: "moverse", closeText: "cerrar" },
          },
        },
      },
    },
  },
};

export default defineConfig({
  srcDir: "pages",
  outDir: "dist",
  title: "Espejo",
  description: "Autoencoders that anyone can train, understand and ship",
  cleanUrls: false,
  lastUpdated: false,
  head: [["link", { rel: "icon", type: "image/svg+xml", href: "/mark.svg" }]],
  themeConfig: { logo: "/mark.svg", search },
  locales: {
    root: { label: "English", lang: "en", themeConfig: themeOf("en", english) },
    es: {
      label: "Español",
      lang: "es",
      description: "Autoencoders que cualquiera puede entrenar, entender y entregar",
      themeConfig: themeOf("es", spanish),
    },
  },
  markdown: { math: true, languageAlias: { console: "shellsession" } },
  vite: {
    worker: { format: "es" },
    server: { fs: { allow: [root] } },
    resolve: { alias: { "espejo/web": library } },
    // ONNX Runtime's WASM and the HDF5 reader are large, and loaded only where they are used
    build: { target: "esnext", chunkSizeWarningLimit: 6000 },
  },
});
