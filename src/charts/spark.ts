import { color } from "./colors.ts";
import { escapedText, type Markup, trusted } from "./markup.ts";

/** A bar chart the size of a word; `alternative` says its numbers. */
export function spark(counts: ArrayLike<number>, alternative: string): Markup {
  const [width, height] = [120, 26];
  const most = Math.max(1, ...Array.from(counts));
  const wide = width / Math.max(1, counts.length);
  const path = Array.from(counts, (count, i) => {
    if (count === 0) return "";
    // what is there can be seen
    const high = Math.max(1, (count / most) * height);
    return `M${fixed(i * wide)},${height}V${fixed(height - high)}H${fixed((i + 1) * wide - (wide > 3 ? 1 : 0))}V${height}Z`;
  }).join("");
  return trusted(
    `<svg class="spark" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapedText(alternative)}"><path d="${path}" fill="${color("model")}"/><path d="M0,${height}H${width}" stroke="${color("soft")}" stroke-width="1"/></svg>`,
  );
}

const fixed = (value: number): number => Number(value.toFixed(1));
