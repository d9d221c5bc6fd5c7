/** What all parts of the page use in a browser: elements, the texts of its language, numbers as it writes them. */

export const byId = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;

type Attributes = Readonly<Record<string, string>>;
type Inside = readonly (Node | string)[];

/** An element with attributes and what is in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...inside: Inside
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), attributes, inside);
}

/** An element of SVG. */
export const drawn = (name: string, attributes: Attributes, ...inside: Inside): SVGElement =>
  filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, inside);

function filled<E extends Element>(made: E, attributes: Attributes, inside: Inside): E {
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

const texts = JSON.parse(byId("texts").textContent!) as Record<string, string>;
export const language: string = document.documentElement.lang;

/** A text of the page in its language, with what stands in its `{places}`. */
export const text = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
  texts[key]!.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

export const digits = (value: number): string =>
  new Intl.NumberFormat(language, { maximumSignificantDigits: 4 }).format(value);
/** A number that is written already, with the decimal mark of the language and the decimals that it has. */
export function decimals(written: string): string {
  const value = Number(written);
  if (written.trim() === "" || !Number.isFinite(value) || /e/i.test(written)) return written;
  const count = written.split(".")[1]?.length ?? 0;
  const shown = { minimumFractionDigits: count, maximumFractionDigits: count, useGrouping: false };
  return new Intl.NumberFormat(language, shown).format(value);
}
export const percent = (share: number): string =>
  new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);
