/** Small line charts: axes, labels, a legend, shaded spans; drawn as SVG, written as PNG. */
import sharp from "sharp";

const colours = ["#1f4e8c", "#d1495b", "#2a9d6f", "#e09f3e", "#7b5ea7", "#555555"];
const edge = { left: 62, right: 14, top: 46, bottom: 44 };

/**
 * @typedef {object} Line
 * @property {string} [name] in the legend
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y NaN leaves a gap
 * @property {string} [colour]
 * @property {number} [width] 0 draws no line
 * @property {boolean} [points] marks each value
 * @property {string} [dashes] such as "5 3"
 *
 * @typedef {object} Chart
 * @property {string} title
 * @property {readonly Line[]} lines
 * @property {string} [x] the label of the axis
 * @property {string} [y]
 * @property {boolean} [dates] x is in milliseconds since 1970
 * @property {readonly (readonly [from: number, to: number])[]} [spans] shaded stretches of x
 * @property {readonly [low: number, high: number]} [range] of y, where it is not that of the lines
 * @property {boolean} [logarithmic] y, above 0, by its powers of ten
 */

/**
 * Draws charts beside and below each other into one PNG.
 * @param {string} path
 * @param {readonly Chart[]} charts
 * @param {{ columns?: number, width?: number, height?: number }} [sizes] those of one chart
 */
export async function drawCharts(
  path,
  charts,
  { columns = 1, width = 760 / columns, height = 230 } = {},
) {
  const rows = Math.ceil(charts.length / columns);
  const parts = charts.map((chart, i) => {
    const at = `${(i % columns) * width}, ${Math.floor(i / columns) * height}`;
    return `<g transform="translate(${at})">${svgOf(chart, width, height)}</g>`;
  });
  const size = `width="${width * columns}" height="${height * rows}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="11">
    <rect width="100%" height="100%" fill="white"/>${parts.join("")}</svg>`;
  const png = sharp(Buffer.from(svg), { density: 84 }).png({
    palette: true,
    colours: 24,
    dither: 0,
    effort: 10,
  });
  await png.toFile(path);
  console.log(`picture: ${path}`);
}

/** @param {Chart} chart @param {number} width @param {number} height */
function svgOf(chart, width, height) {
  const { title, lines, x = "", y = "", dates = false, spans = [], range, logarithmic } = chart;
  const up = logarithmic ? Math.log10 : (value) => value;
  const [left, right, top, bottom] = [
    edge.left,
    width - edge.right,
    edge.top,
    height - edge.bottom,
  ];
  const [firstX, lastX] = bounds(lines.map((line) => line.x));
  const [low, high] =
    range ?? padded(bounds(lines.map((line) => line.y).map((own) => Array.from(own, up))));
  const toX = (value) => left + ((value - firstX) / (lastX - firstX || 1)) * (right - left);
  const toY = (value) => bottom - ((up(value) - low) / (high - low || 1)) * (bottom - top);
  const inside = (value) => Math.min(right, Math.max(left, toX(value)));
  const shades = spans.map(([from, to]) => {
    const box = `x="${fix(inside(from))}" width="${fix(inside(to) - inside(from))}"`;
    return `<rect ${box} y="${top}" height="${bottom - top}" fill="#f4d9a8"/>`;
  });
  const steps = logarithmic ? powers(low, high) : ticks(low, high, 6);
  const across = steps.map((value) => {
    const at = fix(toY(value));
    return `<path d="M${left} ${at}H${right}" stroke="#e4e4e4"/>
      <text x="${left - 6}" y="${at}" dy="4" text-anchor="end">${number(value)}</text>`;
  });
  const marks = dates
    ? dateTicks(firstX, lastX, width / 130)
    : ticks(firstX, lastX, Math.round(width / 110));
  const down = marks.map((value) => {
    const at = fix(toX(value));
    const label = dates ? new Date(value).toISOString().slice(0, 10) : number(value);
    return `<path d="M${at} ${bottom}v4" stroke="#444"/>
      <text x="${at}" y="${bottom + 16}" text-anchor="middle">${label}</text>`;
  });
  const drawn = lines.map((line, i) => lineOf(line, line.colour ?? colours[i], toX, toY, width));
  let place = left;
  const legend = lines.flatMap(({ name, colour, dashes, width: stroke = 1.6 }, i) => {
    if (!name) return [];
    const from = place;
    place += 34 + name.length * 6.6;
    const paint = colour ?? colours[i];
    const sign =
      stroke === 0
        ? `<circle cx="${from + 9}" cy="32" r="3" fill="${paint}"/>`
        : `<path d="M${from} 32h18" stroke="${paint}" stroke-width="2" ${dashesOf(dashes)}/>`;
    return [`${sign}<text x="${from + 23}" y="36">${escaped(name)}</text>`];
  });
  const clip = `c${Math.round(Math.abs(low * 31 + high * 17 + firstX) * 1e3)}-${title.length}`;
  return `<text x="${left}" y="18" font-size="13" font-weight="bold">${escaped(title)}</text>
    <clipPath id="${clip}"><rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/></clipPath>
    ${shades.join("")}${across.join("")}${down.join("")}
    <g clip-path="url(#${clip})">${drawn.join("")}</g>
    <path d="M${left} ${top}V${bottom}H${right}" fill="none" stroke="#444"/>
    <text x="${(left + right) / 2}" y="${height - 8}" text-anchor="middle">${escaped(x)}</text>
    <text transform="translate(13 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>
    ${legend.join("")}`;
}

/** @param {Line} line */
function lineOf({ x, y, width = 1.6, points = false, dashes }, colour, toX, toY, pixels) {
  const shown = thinned(y, pixels);
  let pen = "M";
  const path = shown.map((i) => {
    if (Number.isNaN(y[i])) {
      pen = "M";
      return "";
    }
    const step = `${pen}${fix(toX(x[i]))} ${fix(toY(y[i]))}`;
    pen = "L";
    return step;
  });
  const stroke = `stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"`;
  const drawn = `<path d="${path.join("")}" fill="none" ${stroke} ${dashesOf(dashes)}/>`;
  const circles = shown
    .filter((i) => points && !Number.isNaN(y[i]))
    .map((i) => `<circle cx="${fix(toX(x[i]))}" cy="${fix(toY(y[i]))}" r="2.4" fill="${colour}"/>`);
  return `${width > 0 ? drawn : ""}${circles.join("")}`;
}

/** Of a line with more values than pixels: the lowest and the highest of each stretch. */
function thinned(y, pixels) {
  const step = Math.ceil(y.length / pixels);
  const all = Array.from({ length: y.length }, (_, i) => i);
  if (step < 3) return all;
  return Array.from({ length: Math.ceil(y.length / step) }, (_, k) => {
    const part = all.slice(k * step, (k + 1) * step).sort((a, b) => y[a] - y[b]);
    return [part[0], part.at(-1)].sort((a, b) => a - b);
  }).flat();
}

const fix = (value) => Number(value.toFixed(1));
const number = (value) => String(Number(value.toPrecision(6)));
const dashesOf = (dashes) => (dashes ? `stroke-dasharray="${dashes}"` : "");
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function bounds(columns) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const column of columns)
    for (let i = 0; i < column.length; i++) {
      if (column[i] < low) low = column[i];
      if (column[i] > high) high = column[i];
    }
  return [low, high];
}

const padded = ([low, high]) => [low - 0.04 * (high - low), high + 0.04 * (high - low)];

/** About `count` round numbers between two. */
function ticks(low, high, count) {
  const rough = (high - low || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** The powers of ten between two. */
function powers(low, high) {
  const first = Math.ceil(low);
  return Array.from({ length: Math.floor(high) - first + 1 }, (_, i) => 10 ** (first + i));
}

const day = 86_400_000;
/** About `count` midnights. */
function dateTicks(low, high, count) {
  const step = Math.max(1, Math.round((high - low) / day / count)) * day;
  const first = Math.ceil(low / day) * day;
  return Array.from({ length: Math.floor((high - first) / step) + 1 }, (_, i) => first + i * step);
}
