import type { ColorName } from "../../charts/colors.ts";
import { type SymbolName, symbolNames } from "../../charts/figure.ts";
import type { MapGroup } from "../../charts/latent-map.ts";
import { plainText, type Words } from "../../charts/words.ts";
import { quantiles } from "../../metrics/statistics.ts";
import { countsOf } from "../rows/labels.ts";

/** Values beyond the commonest ones share a group. */
const mostGroups = 11;
/** Numbers of more different values are cut into ranges. */
const mostCodes = 8;

const classColors: readonly ColorName[] = [
  ...(["model", "odd", "class3", "class4", "class5", "class6", "class7", "class8"] as const),
];
const steps: readonly ColorName[] = ["step1", "step2", "step3", "step4", "step5", "step6"];

/** Groups of points that look alike, and the group of each. */
export interface Tinted {
  readonly groups: readonly MapGroup[];
  readonly groupOf: readonly number[];
}

interface TintOptions {
  /** Classes are never cut into ranges. */
  readonly classified?: boolean;
  /** The value that comes first. */
  readonly first?: string | undefined;
}

/** Groups of values: ranges of numbers, or the commonest of others. */
export function tinted(
  values: readonly (number | string)[],
  words: Words,
  { classified = false, first }: TintOptions = {},
): Tinted {
  const numbers = values.map((value) => (value === "" ? Number.NaN : Number(value)));
  const known = numbers.filter((value) => !Number.isNaN(value));
  const present = values.filter((value) => value !== "" && !Number.isNaN(value));
  const different = new Set(present.map(String)).size;
  if (!classified && known.length === present.length && different > mostCodes)
    return ranges(numbers, words);
  return classes(
    values.map((value) => (Number.isNaN(value) ? "" : String(value))),
    words,
    first,
  );
}

/** Ranges with edges at quantiles, finer towards the top, where odd rows are. */
function ranges(values: readonly number[], words: Words): Tinted {
  const known = values.filter((value) => Number.isFinite(value));
  const edges = [...new Set(quantiles(known, [0.25, 0.5, 0.75, 0.9, 0.98]))].filter(
    (edge, _, all) => edge < Math.max(...known) || all.length === 1,
  );
  const { text, short } = words;
  const groups: MapGroup[] = [...edges, Number.POSITIVE_INFINITY].map((edge, g) => ({
    label:
      g === 0
        ? text("map.atMost", { to: short(edge) })
        : g === edges.length
          ? text("map.above", { from: short(edges[g - 1]!) })
          : text("map.range", { from: short(edges[g - 1]!), to: short(edge) }),
    color: steps[Math.min(steps.length - 1, g + steps.length - edges.length - 1)]!,
    symbol: "circle",
  }));
  const missing = values.some((value) => Number.isNaN(value));
  if (missing) groups.push({ label: text("map.missing"), color: "soft", symbol: "cross" });
  const groupOf = values.map((value) => {
    if (Number.isNaN(value)) return groups.length - 1;
    const g = edges.findIndex((edge) => value <= edge);
    return g < 0 ? edges.length : g;
  });
  return { groups, groupOf };
}

function classes(values: readonly string[], words: Words, first: string | undefined): Tinted {
  const names = new Intl.Collator("en", { numeric: true });
  const counts = new Map(countsOf(values));
  const order = [...counts.keys()]
    .filter((value) => value !== "")
    .sort((a, b) => counts.get(b)! - counts.get(a)! || names.compare(a, b));
  const kept = order.length > mostGroups + 1 ? order.slice(0, mostGroups) : order;
  const shown = kept.sort(
    (a, b) => Number(b === first) - Number(a === first) || names.compare(a, b),
  );
  const groups: MapGroup[] = shown.map((value, g) => ({
    label: plainText(value, 24),
    color: classColors[g % classColors.length]!,
    symbol: symbolNames[g % symbolNames.length] as SymbolName,
  }));
  const others = order.length > shown.length;
  if (others)
    groups.push({ label: words.text("map.otherValues"), color: "class8", symbol: "square" });
  const missingAt = groups.length;
  if (counts.has(""))
    groups.push({ label: words.text("map.missing"), color: "soft", symbol: "cross" });
  const places = new Map(shown.map((value, g) => [value, g]));
  const groupOf = values.map((value) =>
    value === "" ? missingAt : (places.get(value) ?? shown.length),
  );
  return { groups, groupOf };
}
