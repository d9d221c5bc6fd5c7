import type { Language } from "../../language.ts";
import { pageTexts } from "./texts.ts";

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

/** The page of a server: a model, a form for what it takes, its scores and the reasons. All that it loads is its own. */
export function serverPage(
  names: readonly string[],
  { language, tokens }: { readonly language: Language; readonly tokens: boolean },
): string {
  const texts = pageTexts[language];
  const text = (key: keyof typeof texts): string => escaped(texts[key]);
  const options = names.map((name) => `<option>${escaped(name)}</option>`).join("");
  const other = language === "en" ? "es" : "en";
  const token = `<label>${text("token")}<input id="token" type="password" autocomplete="off"></label>`;
  // a script may not end inside of what it reads
  const data = JSON.stringify(texts).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Espejo: ${text("title")}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<header><p class="brand">Espejo</p><a href="?lang=${other}" hreflang="${other}" lang="${other}">${text("other")}</a></header>
<main>
<h1>${text("title")}</h1>
<p>${text("about")}</p>
<div class="choice"><label>${text("model")}<select id="model">${options}</select></label>${tokens ? token : ""}</div>
<form id="row"><div id="fields"></div>
<p class="buttons" id="buttons"><button id="score">${text("scoreRow")}</button> <button type="button" id="usual">${text("usual")}</button></p></form>
<section id="result" aria-live="polite"></section>
<section><h2>${text("doors")}</h2><p>${text("doorsAbout")} <a href="docs">${text("documents")}</a>: ${text("doorList")}.</p></section>
</main>
<script type="application/json" id="texts">${data}</script>
<script type="module" src="page/script.js"></script>
</html>
`;
}
