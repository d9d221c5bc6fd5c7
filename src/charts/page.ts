import { createHash } from "node:crypto";
import type { Figure, Listing } from "./figure.ts";
import { html, type Markup, nothing, trusted } from "./markup.ts";
import { script } from "./page-script.ts";
import { style } from "./page-style.ts";
import type { Words } from "./words.ts";

/** A cell of a table: text, lines of text, or a drawing. */
export type Cell = string | readonly string[] | Markup;

/** A part of a section. */
export type Block =
  | { readonly block: "lines"; readonly lines: readonly string[]; readonly listed?: boolean }
  /** Sentences that say all to who reads no further. */
  | { readonly block: "lead"; readonly lines: readonly string[] }
  | { readonly block: "headlines"; readonly headlines: readonly Headline[] }
  /** What may come next: why, and the command. */
  | {
      readonly block: "steps";
      readonly steps: readonly (readonly [why: string, command: string])[];
    }
  | { readonly block: "warnings"; readonly lines: readonly string[] }
  | { readonly block: "figures"; readonly figures: readonly Figure[] }
  | {
      readonly block: "table";
      readonly caption: string;
      readonly head: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
      /** Columns of numbers, which stand on the right. */
      readonly numbers?: readonly number[];
    }
  | { readonly block: "facts"; readonly facts: readonly (readonly [term: string, told: string])[] }
  | { readonly block: "code"; readonly text: string };

/** A part of the report under a heading of its own. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A figure of merit, shown large. */
export interface Headline {
  readonly value: string;
  readonly label: string;
  readonly about: string;
}

/** All that a report says, as plain data. */
export interface ReportContent {
  readonly title: string;
  readonly subtitle: string;
  readonly sections: readonly Section[];
  readonly footer: string;
}

const hash = (text: string): string => createHash("sha256").update(text).digest("base64");

/**
 * A report as one HTML page that needs nothing else: no network (its policy forbids it), no scripts but its
 * own. All text is escaped.
 */
export function reportPage(content: ReportContent, words: Words): string {
  const { text, language } = words;
  const { title, subtitle, sections, footer } = content;
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${hash(script)}'; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${text("page.title", { title })}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#summary">${text("page.skip")}</a>
<header>
<div class="top"><p class="brand">Espejo</p><button type="button" id="theme" hidden aria-pressed="false">${text("page.theme")}</button></div>
<h1>${title}</h1>
<p class="subtitle">${subtitle}</p>
</header>
<nav aria-label="${text("page.contents")}"><ul>${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main>
${sections.map((section) => sectionPart(section, words))}
</main>
<footer><p>${footer}</p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.markup;
}

function sectionPart({ id, title, blocks }: Section, words: Words): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${blocks.map((block) => blockPart(block, words))}
</section>
`;
}

function blockPart(block: Block, words: Words): Markup {
  switch (block.block) {
    case "lines":
      return block.listed
        ? html`<ul class="lines">${block.lines.map((line) => html`<li>${line}</li>`)}</ul>`
        : html`${block.lines.map((line) => html`<p>${line}</p>`)}`;
    case "lead":
      return html`<p class="lead">${block.lines.join(" ")}</p>`;
    case "headlines":
      return html`<dl class="cards">${block.headlines.map(headlinePart)}</dl>`;
    case "steps":
      return html`<h3>${words.text("page.next")}</h3><ol class="steps">${block.steps.map(([why, command]) => html`<li>${why}${codePart(command, words)}</li>`)}</ol>`;
    case "warnings":
      return html`<ul class="warnings">${block.lines.map((line) => html`<li>${line}</li>`)}</ul>`;
    case "figures":
      return html`<div class="figures">${block.figures.map((figure) => figurePart(figure, words))}</div>`;
    case "table":
      return tablePart(block, words);
    case "facts":
      return html`<dl class="facts">${block.facts.map(([term, told]) => html`<div><dt>${term}</dt><dd>${told}</dd></div>`)}</dl>`;
    case "code":
      return codePart(block.text, words);
  }
}

const headlinePart = ({ value, label, about }: Headline): Markup =>
  html`<div class="card"><dt>${label}</dt><dd><b>${value}</b><span>${about}</span></dd></div>`;

const codePart = (text: string, words: Words): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${words.text("page.command")}"><pre><code>${optionsWhole(text)}</code></pre></div>`;

/** A command whose options are not broken behind their dashes, where a line ends. */
const optionsWhole = (text: string): readonly Markup[] =>
  text
    .split(/(?<=\s)(-\S+)/)
    .map((part, i) => (i % 2 === 1 ? html`<span class="option">${part}</span>` : html`${part}`));

function tablePart(
  { caption, head, rows, numbers = [] }: Extract<Block, { readonly block: "table" }>,
  { text }: Words,
): Markup {
  const inside = (cell: Cell): Markup | string => {
    if (typeof cell === "string" || "markup" in cell) return cell;
    return html`${cell.map((line) => html`<div>${line}</div>`)}`;
  };
  const kind = (j: number, cell: Cell = ""): Markup => {
    // where columns are narrow a short word is not broken, and what is told has room
    const word = typeof cell === "string" && /^[\S\u00a0]{3,16}$/.test(cell);
    const told = Array.isArray(cell) || (typeof cell === "string" && cell.length > 24);
    const kinds = { number: numbers.includes(j), word, told };
    const name = Object.entries(kinds).find(([, holds]) => holds)?.[0];
    return trusted(name === undefined ? "" : ` class="${name}"`);
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption><span>${caption}</span></caption>
<thead><tr>${head.map((name, j) => html`<th scope="col"${kind(j)}>${name === "" ? html`<span class="unseen">${text("page.drawing")}</span>` : name}</th>`)}</tr></thead>
<tbody>${rows.map(
    (
      row,
    ) => html`<tr>${row.map((cell, j) => (j === 0 ? html`<th scope="row"${kind(j, cell)}>${inside(cell)}</th>` : html`<td${kind(j, cell)}>${inside(cell)}</td>`))}</tr>
`,
  )}</tbody>
</table></div>`;
}

function figurePart({ name, title, svg, reading, listing, size }: Figure, words: Words): Markup {
  const { text } = words;
  const drawing =
    name === "map"
      ? html`<div id="map" class="map" tabindex="0" role="group" aria-label="${text("map.keys")}">${trusted(svg)}<p class="tip" aria-live="polite" hidden></p></div>`
      : size === "wide"
        ? html`<div class="scroll" tabindex="0" role="region" aria-label="${title}">${trusted(svg)}</div>`
        : trusted(svg);
  return html`<figure class="${size}">
<h3>${title}</h3>
${drawing}
<figcaption>${reading}${name === "map" ? html` <span class="screen">${text("map.hover")}</span>` : nothing}</figcaption>
${listing ? numbersPart(listing, title, words) : nothing}</figure>
`;
}

function numbersPart({ head, rows }: Listing, title: string, words: Words): Markup {
  return html`<details><summary>${words.text("page.numbers")}<span class="unseen">: ${title}</span></summary>${tablePart({ block: "table", caption: title, head, rows, numbers: head.map((_, j) => j).slice(1) }, words)}</details>`;
}
