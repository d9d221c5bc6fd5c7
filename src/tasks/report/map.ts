import type { Figure } from "../../charts/figure.ts";
import { latentMap, type MapPoint } from "../../charts/latent-map.ts";
import { plainText, type Words } from "../../charts/words.ts";
import { fitPca } from "../../metrics/pca.ts";
import { transform } from "../../metrics/projection.ts";
import type { Findings, SeenRow } from "./findings.ts";
import { topShown } from "./options.ts";
import { tinted } from "./tints.ts";

/** The map of the codes of the rows that were seen; null for a model without codes. */
export async function mapFigure(findings: Findings, words: Words): Promise<Figure | null> {
  const { seen, drawn, rows, tint, labels } = findings;
  const dims = seen[0]?.code.length ?? 0;
  if (dims === 0) return null;
  const { text } = words;
  const plane = planeOf(seen, drawn, dims, words);
  const { groups, groupOf } = tinted(
    seen.map((row) => row.tint),
    words,
    { classified: tint.by === "label", first: labels?.normalValues[0] },
  );
  const coloring =
    tint.by === "column"
      ? text("map.column", { column: plainText(tint.column) })
      : text(`map.${tint.by}`);
  const points: MapPoint[] = seen.map(({ row, score, flagged, name, tint: value }, i) => ({
    x: plane.x[i]!,
    y: plane.y[i]!,
    group: groupOf[i]!,
    ...{ flagged, score },
    told: text("map.told", {
      row: name === "" ? text("row.numbered", { row: words.count(row + 1) }) : plainText(name),
      score: words.short(score),
      flag: flagged ? text("map.flag") : "",
      more:
        tint.by === "score"
          ? ""
          : ` · ${plainText(tint.column)} = ${typeof value === "number" ? words.short(value) : plainText(value)}`,
    }),
  }));
  const which =
    drawn < rows
      ? text("map.sample", {
          sample: words.count(drawn),
          rows: words.count(rows),
          top: words.count(Math.min(topShown, rows)),
        })
      : text("map.everyRow", { rows: words.count(rows) });
  return latentMap(
    {
      ...{ points, groups, coloring },
      legend: tint.by === "score" ? text("scores.score") : plainText(tint.column, 30),
      axes: plane.axes,
      about: `${plane.about} ${which}`,
    },
    words,
  );
}

interface Plane {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly axes: readonly [string, string];
  readonly about: string;
}

/** Two numbers of each code: the code itself, or its main directions over the rows drawn at random. */
function planeOf(seen: readonly SeenRow[], drawn: number, dims: number, words: Words): Plane {
  const { text } = words;
  const codes = new Float32Array(seen.length * dims);
  seen.forEach(({ code }, i) => {
    codes.set(code, i * dims);
  });
  const column = (data: Float32Array, width: number, j: number): number[] =>
    seen.map((_, i) => data[i * width + j]!);
  if (dims === 1)
    return {
      x: column(codes, 1, 0),
      y: seen.map(({ score }) => score),
      axes: [text("map.code", { i: 1 }), text("scores.score")],
      about: text("map.line"),
    };
  if (dims === 2)
    return {
      x: column(codes, 2, 0),
      y: column(codes, 2, 1),
      axes: [text("map.code", { i: 1 }), text("map.code", { i: 2 })],
      about: text("map.plane"),
    };
  const pca = fitPca(codes.slice(0, drawn * dims), drawn, dims, 2);
  const flat = transform(pca, codes);
  const [first = 0, second = 0] = pca.explainedVarianceRatio;
  const name = (i: number, share: number): string =>
    text("map.component", { i, percent: words.percent(share) });
  return {
    x: column(flat, 2, 0),
    y: column(flat, 2, 1),
    axes: [name(1, first), name(2, second)],
    about: text("map.components", { dims, percent: words.percent(first + second) }),
  };
}
