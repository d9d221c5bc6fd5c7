import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadCommands } from "../src/cli/commands/load.ts";
import { generalOptions } from "../src/cli/options.ts";
import { catalogue } from "../src/errors.ts";
import { esErrors } from "../src/es-errors.ts";
import { kinds } from "../src/models/kinds.ts";

const commands = await loadCommands();

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = ["", "docs", "docs/es", "examples/data"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);
const read = (page: string): string => readFileSync(join(root, page), "utf8");

/** Options that the examples read. */
const ofExamples = ["examples", "examples/kit"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".mjs"))
    .flatMap((name) => read(join(folder, name)).match(/(?<=argv\.includes\(")--[a-z-]+/g) ?? []),
);

describe.each(pages)("%s", (page) => {
  test("links only to files that are there", () => {
    const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    const broken = links
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => target.split("#")[0]!)
      .filter((target) => target !== "" && !existsSync(join(root, dirname(page), target)));
    expect(broken).toEqual([]);
  });

  test("names only options that there are", () => {
    const rows = [...commands.flatMap(({ options }) => options), ...generalOptions];
    const known = new Set(rows.flatMap(({ flags }) => flags.match(/--[a-z0-9-]+/g)!));
    for (const flag of ofExamples) known.add(flag);
    // Those of other programs follow their name.
    const text = read(page).replace(
      /^.*\b(npm|git|curl|docker|ulimit|webpack|vite|esbuild) .*$/gm,
      "",
    );
    const named = text.match(/(?<=[\s`(])--[a-z][a-z0-9-]+/g) ?? [];
    expect(named.filter((flag) => !known.has(flag) && flag !== "--help")).toEqual([]);
  });
});

/** What a page and its translation share: levels of headings, sizes of tables, code without what it prints, pictures. */
function shapeOf(page: string): readonly string[] {
  // pictures of pages are there in each language
  const text = read(page)
    .replace(/\.\.\/pictures\//g, "pictures/")
    .replace(/-(en|es)(?=\.png\))/g, "");
  const blocks = /^```(\w*)\n([\s\S]*?)^```$/gm;
  const shape = [...text.matchAll(blocks)].flatMap(([, language = "", code = ""]) => {
    const lines = code.split("\n");
    if (language === "text") return [language];
    return [
      language,
      ...(language === "console" ? lines.filter((l) => l.startsWith("$ ")) : lines),
    ];
  });
  const prose = text.replace(blocks, "").split("\n");
  const marks = prose.flatMap(
    (line) => line.match(/^#+ |^\|[-|]+\|$|(?<=\]\()pictures\/[^)]+/g) ?? [],
  );
  return [...marks, ...shape];
}

const guides = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
test("every page is there in both languages", () => {
  expect(readdirSync(join(root, "docs/es")).sort()).toEqual([...guides].sort());
});
test.each(guides)("%s has the same parts in both languages", (name) => {
  expect(shapeOf(`docs/es/${name}`)).toEqual(shapeOf(`docs/${name}`));
});

const escaped = (text: string): string => text.replaceAll("|", "\\|");
/** With the word that stands for more than one. */
const ofMany = (text: string): string =>
  text
    .replace(/\{\w+:[^{}|]*\|([^{}|]*)\}/g, "$1")
    // an option with a value, as it is typed
    .replace(/\{(\w+):(--[a-z-]+)(=[^{}]*)?\}/g, "$2 {$1}$3");

const cells = (line: string): readonly string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map(cells);

test("docs/kinds.md has every kind with its formula", () => {
  const page = "docs/kinds.md";
  const rows = kinds.map(({ name, formula, source, data }) =>
    [name, `\`${escaped(formula)}\``, source, data.join(", ")].join(" | "),
  );
  const table = `${rows.map((row) => `| ${row} |`).join("\n")}\n`;
  if (process.env.ESPEJO_UPDATE)
    writeFileSync(
      join(root, page),
      read(page).replace(/(\|---\|---\|---\|---\|\n)[\s\S]*?\n(?=\w)/, `$1${table}\n`),
    );
  else expect(read(page)).toContain(table);
});

const enErrors = Object.fromEntries(
  Object.entries(catalogue).map(([code, { text }]) => [code, text]),
);

test.each<[string, Readonly<Record<string, string>>]>([
  ["docs/errors.md", enErrors],
  ["docs/es/errors.md", esErrors],
])("%s has every error with its exit code, its message and what to do", (page, messages) => {
  const text = read(page);
  const cures = new Map(rowsOf(text).map(([code, , , cure]) => [code, cure]));
  const rows = Object.entries(catalogue).map(([code, { exit }]) => {
    const name = `\`${code}\``;
    return [name, String(exit), escaped(ofMany(messages[code]!)), cures.get(name) ?? ""];
  });
  if (process.env.ESPEJO_UPDATE) {
    const table = rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
    const head = text.slice(0, text.indexOf("\n|---") + 1);
    writeFileSync(join(root, page), `${head}|---|---|---|---|\n${table}\n`);
  } else {
    expect(rowsOf(text)).toEqual(rows);
    expect(rows.filter(([, , , cure]) => cure === "")).toEqual([]);
  }
});
