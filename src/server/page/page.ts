import { declarations } from "../../charts/colors.ts";
import type { Language } from "../../language.ts";
import { pageTexts } from "./texts.ts";

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

/** The page of a server: a model, a form for a row of it, its score and the reasons. All that it loads is its own. */
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
<p class="buttons"><button>${text("score")}</button> <button type="button" id="usual">${text("usual")}</button></p></form>
<section id="result" aria-live="polite"></section>
<section><h2>${text("doors")}</h2><p>${text("doorsAbout")} <a href="docs">${text("documents")}</a>: ${text("doorList")}.</p></section>
</main>
<script type="application/json" id="texts">${data}</script>
<script type="module" src="page.js"></script>
</html>
`;
}

const [light, dark] = [declarations(0), declarations(1)];

/** How the page looks. */
export const serverPageStyle: string = `:root{color-scheme:light;${light}}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;${dark}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:960px;padding:0 24px 48px;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}
header{display:flex;justify-content:space-between;align-items:center;padding-top:20px}
.brand{margin:0;letter-spacing:.14em;text-transform:uppercase;font-size:.78rem;color:var(--soft)}
h1,h2{line-height:1.2;font-family:Charter,"Iowan Old Style",Georgia,"DejaVu Serif",serif}
h1{font-size:2rem;margin:.4em 0 .2em}
h2{font-size:1.25rem;margin:2em 0 .4em;padding-top:.8rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.2em 0 .3em}
a{color:var(--model)}
label{display:block;font-size:.87rem;color:var(--soft);overflow-wrap:anywhere}
input,select,textarea,button{font:inherit;color:var(--ink);background:var(--panel);border:1px solid var(--line);border-radius:5px;padding:6px 9px}
input,select,textarea{display:block;width:100%;margin-top:2px}
textarea{font:.85rem/1.4 ui-monospace,"DejaVu Sans Mono",monospace}
.choice{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:12px 18px;margin:16px 0 22px}
#fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:12px 18px;align-items:end}
#fields>label:has(textarea,input[type=file]){grid-column:1/-1}
.buttons{margin:18px 0}
button{cursor:pointer;padding:7px 16px}
form button:not([type]){background:var(--model);border-color:var(--model);color:var(--paper);font-weight:600}
:focus-visible{outline:3px solid var(--model);outline-offset:2px}
.verdict{font-size:1.1rem;margin:1em 0 .5em}
.verdict strong{display:inline-block;padding:2px 11px;margin-right:6px;border:2px solid var(--other);border-radius:99px;color:var(--other)}
.verdict strong.odd{border-color:var(--odd);color:var(--odd)}
.bar{position:relative;height:14px;background:var(--panel);border:1px solid var(--line);max-width:560px}
.bar .filled{display:block;height:100%;background:var(--other)}
.bar .filled.odd{background:var(--odd)}
.bar i{position:absolute;top:-5px;bottom:-5px;border-left:2px solid var(--ink)}
table{border-collapse:collapse;font-size:.93rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:5px 22px 5px 0;border-bottom:1px solid var(--line);overflow-wrap:break-word}
thead th{color:var(--soft);font-weight:600}
tbody th{font-weight:500}
.error{border-left:4px solid var(--odd);background:var(--panel);padding:9px 14px}
@media (max-width:520px){body{padding:0 14px 32px}h1{font-size:1.5rem}#fields{grid-template-columns:1fr 1fr;gap:10px}th,td{padding-right:12px}}`;
