import { type ColorName, color } from "./colors.ts";
import { type Figure, svgOf } from "./figure.ts";
import { escapedText } from "./markup.ts";

/** A small picture: an image as a data: URI, or a course of values, NaN where there is none. */
export type Tile = { readonly uri: string } | { readonly course: readonly number[] };

/** A row of a grid of pictures, with what it holds. */
export interface TileRow {
  readonly label: string;
  readonly tiles: readonly Tile[];
  readonly color: ColorName;
}

interface GridParts extends Pick<Figure, "name" | "title" | "alternative" | "reading"> {
  readonly rows: readonly TileRow[];
  /** Height of a picture over its width. */
  readonly aspect: number;
}

const [side, gap, above] = [76, 8, 22];

/** Small pictures in rows, each row with its label above it. */
export function pictureGrid({ rows, aspect, ...told }: GridParts): Figure {
  const high = Math.round(side * Math.min(Math.max(aspect, 0.4), 2));
  const across = Math.max(1, ...rows.map(({ tiles }) => tiles.length));
  const parts: string[] = [];
  let y = 0;
  for (const { label, tiles, color: paint } of rows) {
    if (label !== "")
      parts.push(
        `<text x="0" y="${y + 14}" text-anchor="start" font-weight="600" fill="${color(paint)}">${escapedText(label)}</text>`,
      );
    y += label === "" ? 0 : above;
    const range = rangeOf(rows);
    tiles.forEach((tile, i) => {
      parts.push(tilePart(tile, { x: i * (side + gap), y, high }, paint, range));
    });
    y += high + gap;
  }
  const width = across * (side + gap) - gap;
  return {
    ...told,
    svg: svgOf(width, y - gap + 2, parts.join(""), told.alternative),
    listing: null,
    size: across > 6 ? "wide" : "usual",
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly high: number;
}

function tilePart(
  tile: Tile,
  { x, y, high }: Place,
  paint: ColorName,
  [low, top]: readonly [number, number],
): string {
  if ("uri" in tile)
    return `<image href="${tile.uri}" x="${x}" y="${y}" width="${side}" height="${high}" preserveAspectRatio="xMidYMid meet" style="image-rendering:pixelated"/>`;
  const { course } = tile;
  let pen = "M";
  const line = course.map((value, i) => {
    if (!Number.isFinite(value)) {
      pen = "M";
      return "";
    }
    const at = [
      x + (course.length > 1 ? (i / (course.length - 1)) * side : side / 2),
      y + high - 3 - ((value - low) / (top - low || 1)) * (high - 6),
    ];
    const drawn = `${pen}${at.map((each) => Number(each.toFixed(1))).join(",")}`;
    pen = "L";
    return drawn;
  });
  return `<rect x="${x}" y="${y}" width="${side}" height="${high}" fill="${color("panel")}"/><path d="${line.join("")}" fill="none" stroke="${color(paint)}" stroke-width="1.4"/>`;
}

/** One range for all courses, so that they can be compared. */
function rangeOf(rows: readonly TileRow[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { tiles } of rows)
    for (const tile of tiles)
      if ("course" in tile)
        for (const value of tile.course)
          if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return low <= high ? [low, high] : [0, 1];
}
