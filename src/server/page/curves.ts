import type { Cell, Row } from "./asking.ts";
import { digits, drawn, element, text } from "./elements.ts";

const [width, height] = [600, 100];

/** A variable of a sequence over its steps as it was given, what the model rebuilt, and a step that is marked. */
export function curves(
  { input, reconstruction }: Row,
  variable: number,
  step: number,
  name: string,
): HTMLElement {
  const of = (steps: Row["input"]) => steps!.map((values) => values[variable] as Cell);
  const [given, rebuilt] = [of(input), of(reconstruction)];
  const known = [...given, ...rebuilt].filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const span = most - least || 1;
  const x = (i: number): number => (width * i) / Math.max(1, given.length - 1);
  const y = (value: number): number => height * (1 - (value - least) / span);
  const line = (values: readonly Cell[], kind: string): SVGElement =>
    drawn("path", { class: kind, d: pathOf(values, x, y), "vector-effect": "non-scaling-stroke" });
  const mark = drawn("line", {
    ...{
      class: "mark",
      x1: String(x(step)),
      x2: String(x(step)),
      y1: "-6",
      y2: String(height + 6),
    },
    "vector-effect": "non-scaling-stroke",
  });
  const label = `${name}: ${text("original")}, ${text("rebuilt")}`;
  return element(
    "figure",
    { class: "curves" },
    element("figcaption", {}, name, key("original"), key("rebuilt")),
    element(
      "div",
      { class: "plot" },
      element("span", {}, digits(most)),
      drawn(
        "svg",
        {
          ...{ viewBox: `0 -6 ${width} ${height + 12}`, preserveAspectRatio: "none" },
          ...{ role: "img", "aria-label": label },
        },
        mark,
        line(given, "original"),
        line(rebuilt, "rebuilt"),
      ),
      element("span", {}, digits(least)),
    ),
  );
}

/** A line through the values that are there; a single one is a dot. */
function pathOf(
  values: readonly Cell[],
  x: (i: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, i) => {
      if (value === null) return "";
      const first = (values[i - 1] ?? null) === null;
      return `${first ? "M" : "L"}${x(i).toFixed(2)} ${y(value).toFixed(2)}${first ? "h0" : ""}`;
    })
    .join("");
}

function key(kind: "original" | "rebuilt"): HTMLElement {
  const sample = drawn(
    "svg",
    { viewBox: "0 0 24 8", class: "sample", "aria-hidden": "true" },
    drawn("path", { class: kind, d: "M0 4H24" }),
  );
  return element("span", { class: "key" }, sample, text(kind));
}
