import { isJudgement } from "../terms/judgements.ts";
import type { LikelyLabel } from "../terms/shape.ts";
import type { Column } from "../terms/table.ts";

/** Fewer rows of the rarer value teach nothing about it. */
const fewestRare = 10;
/** Classes that are nearer to halves are no anomalies. */
const greatestShare = 0.45;
/** Of more columns of two values none is told from the others by being the rarest. */
const mostAlike = 10;
/** A status has at most so many values. */
const mostStatus = 20;

const labelName =
  /^(class|clase|label|labels|etiqueta|target|objetivo|outcome|resultado|y|response|respuesta|churn|exited|abandono|baja|attrition|survived|default|impago|moroso|morosidad|mora|deposit|subscribed|income|risk|riesgo|attack|ataque)$|(^|[ _.-])(fraud|fraude|fraudulent[oa]?|anomaly|anomalies|anomal[ií]a|anomalous|outlier|at[ií]pic[oa]|default|defaulted|bankrupt|quiebra|label|target|churned)($|[ ?_.-])/i;
const statusName =
  /(^|[ _.-])(status|estado|situaci[oó]n|state of (the )?loan|outcome|result)($|[ _.-])/i;
const goodWord =
  /^(fully paid|paid|paid off|current|ok|normal|good|active|approved|completed|delivered|al corriente|pagad[oa]|vigente|activ[oa]|aprobad[oa]|complet[oa]|entregad[oa]|bueno|buena)$/i;
/**
 * Columns that may be the label of a table, the likeliest first: two values with at least 10 of the rarer, chosen by
 * name, else the last column with up to 45 % of the rarer, else the rarest of at most 10; a status of several values by its name
 * only. `byNameOnly` where rows belong to times or keys: two-valued columns are then facts like others.
 */
export function likelyLabels(
  columns: readonly Column[],
  rows: number,
  byNameOnly: boolean,
): readonly LikelyLabel[] {
  const open = columns.filter(({ role }) => role === "feature" || role === "label");
  const found = open.flatMap((column): LikelyLabel[] => {
    const values = valuesOf(column, rows);
    if (values.length < 2) return [];
    const status = values.length > 2;
    const named =
      isJudgement(column) || labelName.test(column.name) || statusName.test(column.name);
    if (status && !named) return [];
    if (status && (column.type === "number" || values.length > mostStatus)) return [];
    const normal = normalOf(values);
    const total = values.reduce((sum, [, count]) => sum + count, 0);
    const rare = values.reduce((sum, [v, n]) => sum + (normal.includes(v) ? 0 : n), 0);
    if (rare < fewestRare || normal.length === values.length) return [];
    const share = rare / total;
    if (status && share > greatestShare) return [];
    return [{ column: column.name, values, share, normal, by: named ? "name" : "rarest" }];
  });
  const named = found.filter(({ by }) => by === "name");
  const others = found.filter(({ by, share }) => by !== "name" && share <= greatestShare);
  if (byNameOnly) return named;
  const lastName = open.at(-1)?.name;
  const last = others.filter(({ column }) => column === lastName);
  const rarest = others
    .filter(({ column }) => column !== lastName)
    .sort((a, b) => a.share - b.share);
  const told = rarest.length <= mostAlike ? rarest : [];
  return [
    // labels use to come last
    ...[...named].reverse(),
    ...last.map((label): LikelyLabel => ({ ...label, by: "last" })),
    ...told,
  ];
}

/** The values of a column where they are few and all known. */
function valuesOf({ type, profile }: Column, rows: number): LikelyLabel["values"] {
  const { top, distinct, minimum, maximum, mean, missing } = profile;
  const cells = rows - missing;
  if (top) return top.length === distinct || distinct <= top.length ? top : [];
  if (type !== "number" || distinct !== 2 || mean === undefined) return [];
  const high = Math.round((cells * (mean - minimum!)) / (maximum! - minimum!));
  const both = [
    [String(minimum), cells - high],
    [String(maximum), high],
  ] as const;
  return [...both].sort((a, b) => b[1] - a[1]);
}

/** The commonest value; of several also those whose words say that all is well, where its own do. */
function normalOf(values: LikelyLabel["values"]): readonly string[] {
  const [[commonest]] = values as [readonly [string, number]];
  if (values.length === 2 || !goodWord.test(commonest)) return [commonest];
  return values.flatMap(([value]) => (goodWord.test(value) ? [value] : []));
}
