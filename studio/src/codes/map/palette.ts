import { color as scale } from "../../../../src/charts/colors.ts";
import { missingPlace, mostGroups, otherPlace, steps } from "./coloring.ts";
import { type Palette, paletteSize } from "./points-gl.ts";

type Rgb = readonly [number, number, number];

const anchors = ["step1", "step2", "step3", "step4", "step5", "step6"] as const;
const groups = ["model", "odd", "class3", "class4", "class5", "class6", "class7"] as const;
/** Of marks: none, confirmed, false alarm. */
const marks = ["class8", "odd", "class3"] as const;

/** The colour of a group by its place, as a style names it. */
export const groupColor = (place: number, of: string): string => {
  if (of === "mark") return scale(marks[place] ?? "class8");
  return scale(place < mostGroups ? groups[place]! : "class8");
};

/** The scale of numbers as a ground. */
export const scaleGround = `linear-gradient(to right in srgb, ${anchors.map((name) => scale(name)).join(", ")})`;

/** The colours of points as the page has them now, light or dark. */
export function paletteNow(grouped: boolean, of: string): Palette {
  const style = getComputedStyle(document.documentElement);
  const rgb = (name: string): Rgb => rgbOf(style.getPropertyValue(`--${name}`).trim());
  const palette: Rgb[] = Array.from({ length: paletteSize }, () => rgb("class8"));
  if (grouped) {
    const own = of === "mark" ? marks : groups;
    own.forEach((name, i) => {
      palette[i] = rgb(name);
    });
  } else {
    const stops = anchors.map(rgb);
    for (let i = 0; i < steps; i++) {
      const at = (i / (steps - 1)) * (stops.length - 1);
      const from = Math.min(stops.length - 2, Math.floor(at));
      palette[i] = stops[from]!.map(
        (value, k) => value + (stops[from + 1]![k]! - value) * (at - from),
      ) as unknown as Rgb;
    }
  }
  palette[otherPlace] = rgb("class8");
  palette[missingPlace] = rgb("line");
  return palette;
}

const rgbOf = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb;
