/** Markup that is safe to stand in a page as it is. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[];

/** A page or a part of one, from a template: whatever is not markup itself is escaped. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const written = parts.map((part) => {
    if (typeof part === "string" || typeof part === "number") return escapedText(String(part));
    return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
  });
  return { markup: pieces.map((piece, i) => piece + (written[i] ?? "")).join("") };
}

/** Text that was made as markup, by us. */
export const trusted = (markup: string): Markup => ({ markup });

/** Nothing. */
export const nothing: Markup = { markup: "" };

/** Text as it stands in markup, in attributes too. */
export function escapedText(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => entities[mark]!);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
