/** Pictures for the examples: images side by side, and points on a plane. */
import sharp from "sharp";
import { picturePath } from "./run.mjs";

const ink = "#222";
const font = "DejaVu Sans, Helvetica, Arial, sans-serif";
/** A colour for each of ten classes, light and dark told apart too. */
const colours =
  "#1f77b4 #ff7f0e #2ca02c #d62728 #9467bd #8c564b #e377c2 #7f7f7f #bcbd22 #17becf".split(" ");

const text = (x, y, words, { anchor = "start", size = 13 } = {}) =>
  `<text x="${x}" y="${y}" font-family="${font}" font-size="${size}" fill="${ink}" text-anchor="${anchor}">${words}</text>`;

async function save(name, image) {
  const path = picturePath(name);
  await image.png({ palette: true, compressionLevel: 9, effort: 10 }).toFile(path);
  console.log(`picture: ${path}`);
}

/**
 * Rows of grey images in [0, 1] one above the other, a title at the left of each row where there are titles.
 * @param {string} name
 * @param {{ title?: string, images: ArrayLike<number>[] }[]} lines
 * @param {{ height: number, width: number, scale?: number, gap?: number, background?: number }} options
 */
export async function montage(
  name,
  lines,
  { height, width, scale = 2, gap = 4, background = 255 },
) {
  const margin = lines.some(({ title }) => title) ? 118 : gap;
  const columns = Math.max(...lines.map(({ images }) => images.length));
  const [cellWidth, cellHeight] = [width * scale + gap, height * scale + gap];
  const size = { width: margin + columns * cellWidth, height: gap + lines.length * cellHeight };
  const pixels = new Uint8Array(size.width * size.height).fill(background);
  lines.forEach(({ images }, row) => {
    images.forEach((image, column) => {
      for (let y = 0; y < height * scale; y++)
        for (let x = 0; x < width * scale; x++) {
          const value = image[Math.floor(y / scale) * width + Math.floor(x / scale)];
          const at = (gap + row * cellHeight + y) * size.width + margin + column * cellWidth + x;
          pixels[at] = Math.max(0, Math.min(255, Math.round(255 * value)));
        }
    });
  });
  const titles = lines.map(({ title = "" }, row) =>
    text(8, gap + row * cellHeight + (height * scale) / 2 + 5, title),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">${titles.join("")}</svg>`;
  const image = sharp(pixels, { raw: { ...size, channels: 1 } });
  await save(name, image.toColourspace("srgb").composite([{ input: Buffer.from(svg) }]));
}

/** A grid of equal images without titles. */
export const grid = (name, images, { columns, ...options }) =>
  montage(
    name,
    Array.from({ length: Math.ceil(images.length / columns) }, (_, row) => ({
      images: images.slice(row * columns, (row + 1) * columns),
    })),
    options,
  );

/**
 * Panels of points [x, y] side by side on the same scale, coloured by class where there are classes.
 * @param {string} name
 * @param {{ title: string, points: ArrayLike<number>, classes?: number[] }[]} panels points one after the other
 * @param {{ range?: number, side?: number }} options the panels show [-range, range] both ways
 */
export async function scatter(name, panels, { range = 4, side = 440 } = {}) {
  const [left, top, between] = [44, 34, 24];
  const names = [...new Set(panels.flatMap(({ classes = [] }) => classes))].sort((a, b) => a - b);
  const width = left + panels.length * (side + between) + (names.length ? 52 : 0);
  const height = top + side + 34;
  const place = (value) => ((value + range) / (2 * range)) * side;
  const ticks = [-range, -range / 2, 0, range / 2, range];
  const drawn = panels.map(({ title, points, classes }, panel) => {
    const from = left + panel * (side + between);
    const lines = ticks.map((tick) => {
      const [x, y] = [from + place(tick), top + side - place(tick)];
      const own = text(x, top + side + 18, tick, { anchor: "middle", size: 12 });
      const across = panel === 0 ? text(left - 8, y + 4, tick, { anchor: "end", size: 12 }) : "";
      return `<path d="M${x} ${top}v${side}M${from} ${y}h${side}" stroke="#ddd"/>${own}${across}`;
    });
    const dots = [];
    for (let i = 0; i < points.length / 2; i++) {
      const [x, y] = [points[2 * i], points[2 * i + 1]];
      if (Math.abs(x) > range || Math.abs(y) > range) continue;
      const colour = classes ? colours[classes[i]] : "#444";
      dots.push(
        `<circle cx="${(from + place(x)).toFixed(1)}" cy="${(top + side - place(y)).toFixed(1)}" r="1.4" fill="${colour}" fill-opacity=".7"/>`,
      );
    }
    const heading = text(from + side / 2, 22, title, { anchor: "middle", size: 15 });
    const frame = `<rect x="${from}" y="${top}" width="${side}" height="${side}" fill="none" stroke="#999"/>`;
    return [...lines, ...dots, frame, heading].join("");
  });
  const legend = names.map((label, i) => {
    const [x, y] = [width - 54, top + 16 + 22 * i];
    return `<circle cx="${x}" cy="${y}" r="6" fill="${colours[label]}"/>${text(x + 14, y + 5, label, { size: 14 })}`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="white"/>${drawn.join("")}${legend.join("")}</svg>`;
  await save(name, sharp(Buffer.from(svg)));
}
