import { type ColorName, color, onPaper } from "./colors.ts";
import type { DrawnPlot } from "./drawn-plot.ts";
import { escapedText } from "./markup.ts";

/** Numbers or words in rows, the numbers behind a figure for one. */
export interface Listing {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A drawing with all that tells what it shows to who cannot see it. */
export interface Figure {
  /** Of the file that it can be saved as. */
  readonly name: string;
  readonly title: string;
  /** The drawing; its colours are names such as var(--ink), which a page defines. */
  readonly svg: string;
  /** What it shows, with its numbers. */
  readonly alternative: string;
  /** How to read it. */
  readonly reading: string;
  readonly listing: Listing | null;
  /** Wide figures have a row of the page to themselves, small ones stand three and more in one. */
  readonly size: "wide" | "usual" | "small";
}

/** What a mark of a legend looks like. */
export interface LegendEntry {
  readonly label: string;
  readonly color: ColorName;
  /** A title stands before the others and has no mark. */
  readonly mark: "title" | "line" | "dashed" | "dotted" | "box" | "ring" | "tick" | SymbolName;
}
export const symbolNames = ["circle", "diamond", "triangle", "square", "star", "cross"] as const;
export type SymbolName = (typeof symbolNames)[number];

interface FigureParts extends Omit<Figure, "svg" | "size"> {
  readonly size?: Figure["size"];
  readonly plot: DrawnPlot;
  readonly legend?: readonly LegendEntry[];
}

/** A figure from what a plot drew, with a legend above it. */
export function figureOf({ plot, legend = [], size = "usual", ...rest }: FigureParts): Figure {
  const { marks, rows } = legendMarks(legend, plot.width);
  const above = rows === 0 ? 0 : rows * legendRow + 6;
  const body = above === 0 ? plot.body : `<g transform="translate(0,${above})">${plot.body}</g>`;
  return {
    ...rest,
    size,
    svg: svgOf(plot.width, plot.height + above, marks + body, rest.alternative),
  };
}

/** An SVG element that tells what it shows. */
export const svgOf = (width: number, height: number, body: string, alternative: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapedText(alternative)}" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12" text-anchor="middle" fill="${color("ink")}" color="${color("ink")}">${body}</svg>`;

/** A figure as an SVG file of its own: on paper, with a margin. */
export function svgFile({ svg }: Figure): string {
  const [, width, height] = /viewBox="0 0 (\S+) (\S+)"/.exec(svg)!;
  const margin = 12;
  const [wide, high] = [Number(width) + 2 * margin, Number(height) + 2 * margin];
  return onPaper(
    svg
      .replace(
        /viewBox="[^"]*" width="[^"]*" height="[^"]*"/,
        `viewBox="${-margin} ${-margin} ${wide} ${high}" width="${wide}" height="${high}"`,
      )
      .replace(
        ">",
        `><rect x="${-margin}" y="${-margin}" width="${wide}" height="${high}" fill="${color("paper")}"/>`,
      ),
  );
}

const legendRow = 18;
/** About the width of a text of 12 pixels; capitals are wider. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/\p{Lu}/u.test(letter) ? 8.8 : 6.6), 0);

function legendMarks(
  entries: readonly LegendEntry[],
  width: number,
): { readonly marks: string; readonly rows: number } {
  let x = 0;
  let row = 0;
  const marks = entries.map(({ label, color: name, mark }) => {
    const start = mark === "title" ? 0 : 24;
    const wide = start + 6 + widthOf(label);
    if (x > 0 && x + wide > width) {
      x = 0;
      row++;
    }
    const at = `translate(${x},${row * legendRow + 9})`;
    x += wide + 8;
    return `<g transform="${at}">${swatch(mark, color(name))}<text x="${start}" y="4" text-anchor="start"${start === 0 ? ' font-weight="600"' : ""}>${escapedText(label)}</text></g>`;
  });
  return { marks: marks.join(""), rows: entries.length === 0 ? 0 : row + 1 };
}

const dashes = { line: "", dashed: ' stroke-dasharray="6 3"', dotted: ' stroke-dasharray="2 3"' };

function swatch(mark: LegendEntry["mark"], paint: string): string {
  if (mark === "title") return "";
  if (mark === "box")
    return `<rect x="3" y="-6" width="14" height="12" fill="${paint}" fill-opacity="0.35"/>`;
  if (mark === "tick") return `<path d="M10,-7V7" stroke="${paint}" stroke-width="3"/>`;
  if (mark === "ring")
    return `<path transform="translate(10,0)" d="${symbolPaths.circle}" fill="none" stroke="${paint}" stroke-width="1.4"/>`;
  if (mark in dashes)
    return `<path d="M0,0H20" stroke="${paint}" stroke-width="2" fill="none"${dashes[mark as keyof typeof dashes]}/>`;
  return `<path transform="translate(10,0)" d="${symbolPaths[mark as SymbolName]}" fill="${paint}"/>`;
}

/** Shapes about 9 pixels wide, around (0, 0). */
export const symbolPaths: Readonly<Record<SymbolName, string>> = {
  circle: "M4,0A4,4,0,1,1,-4,0A4,4,0,1,1,4,0Z",
  diamond: "M0,-5.5L4.5,0L0,5.5L-4.5,0Z",
  triangle: "M0,-5L5,4L-5,4Z",
  square: "M-3.8,-3.8H3.8V3.8H-3.8Z",
  star: "M0,-6L1.5,-1.8L5.7,-1.8L2.3,0.8L3.5,4.9L0,2.4L-3.5,4.9L-2.3,0.8L-5.7,-1.8L-1.5,-1.8Z",
  cross: "M-1.6,-5H1.6V-1.6H5V1.6H1.6V5H-1.6V1.6H-5V-1.6H-1.6Z",
};
