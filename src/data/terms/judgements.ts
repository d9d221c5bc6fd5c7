import type { Column } from "./table.ts";

const judgementName =
  /^(is_?)?(anomal(y|ies|ous|[ií]as?)|outliers?|labels?|etiquetas?|change_?points?|ground_?truth|fraude?)$/i;

/** Whether a column is by its name a judgement of rows, such as `anomaly` or `label`. */
export const isJudgement = ({ name }: Pick<Column, "name">): boolean => judgementName.test(name);

/** Whether nothing should be learnt from a column that could be: a judgement that nobody stated as a feature. */
export const isUnfair = (column: Column): boolean =>
  isJudgement(column) &&
  column.role === "feature" &&
  column.why.code !== "why_stated" &&
  column.why.code !== "why_type_stated";
