import { type Description, messageOf, type Reason, type Row } from "./asking.ts";
import { curves } from "./curves.ts";
import { byId, decimals, digits, element, percent, text } from "./elements.ts";
import { pictures } from "./pictures.ts";

const result = byId("result");
/** Sequences that are shown, each with its curves. */
const mostShown = 24;

export const clear = (): void => result.replaceChildren();

export const fail = (error: unknown): void => result.replaceChildren(complaint(error));

const complaint = (error: unknown): HTMLElement =>
  element("p", { class: "error", role: "alert" }, messageOf(error));

/** What is said of one row of a table. */
export function tellRow(row: Row, described: Description): void {
  result.replaceChildren(
    ...verdictOf(row, described),
    element("h3", {}, text("reasons")),
    reasonsOf(row.reasons ?? []),
  );
  result.scrollIntoView({ block: "nearest" });
}

/** What is said of sequences: all of them, or, of very many, those with the highest scores. */
export function tellSequences(rows: readonly Row[], described: Description): void {
  const numbered = rows.map((row, i) => ({ row, i }));
  const shown =
    rows.length > mostShown
      ? numbered.sort((a, b) => b.row.score - a.row.score).slice(0, mostShown)
      : numbered;
  const odd = rows.filter((row) => row.is_anomaly).length;
  result.replaceChildren();
  if (rows.length > 1) result.append(element("p", {}, text("summary", { odd, rows: rows.length })));
  if (shown.length < rows.length)
    result.append(element("p", {}, text("highest", { shown: shown.length })));
  for (const { row, i } of shown)
    result.append(
      element(
        "article",
        {},
        ...(rows.length > 1 ? [element("h3", {}, text("sequenceOf", { number: i + 1 }))] : []),
        ...verdictOf(row, described),
        ...whereInSequence(row, described),
      ),
    );
  result.scrollIntoView({ block: "nearest" });
}

/** A place for what will be said of an image. */
export function tellImage(name: string): (told: Row | Error, described: Description) => void {
  const card = element("article", { "aria-busy": "true" }, element("h3", {}, name));
  result.append(card);
  return (told, described) => {
    card.removeAttribute("aria-busy");
    if (told instanceof Error) return card.append(complaint(told));
    const [reason] = told.reasons ?? [];
    card.append(...verdictOf(told, described));
    if (told.reconstruction) card.append(pictures(told));
    if (reason) card.append(element("p", { class: "where" }, whereInImage(reason)));
  };
}

function verdictOf(
  { score, is_anomaly: odd }: Row,
  { threshold }: Description,
): readonly HTMLElement[] {
  if (threshold === null)
    return [
      element("p", { class: "verdict" }, `${text("scoreIs")} ${digits(score)}`),
      element("p", { class: "remark" }, text("noThreshold")),
    ];
  const most = Math.max(score, threshold) * 1.15;
  const bar = element("div", { class: "bar", "aria-hidden": "true" });
  const filled = element("span", { class: odd ? "filled odd" : "filled" });
  filled.style.width = `${(100 * score) / most}%`;
  const mark = element("i");
  mark.style.left = `${(100 * threshold) / most}%`;
  bar.append(filled, mark);
  const word = element("strong", odd ? { class: "odd" } : {}, text(odd ? "anomaly" : "normal"));
  const told = ` ${text("scoreIs")} ${digits(score)}, ${text("threshold")} ${digits(threshold)}`;
  return [element("p", { class: "verdict" }, word, told), bar];
}

function whereInImage({ top = 0, bottom = 0, left = 0, right = 0, share }: Reason): string {
  const ends = { top: top + 1, bottom: bottom + 1, left: left + 1, right: right + 1 };
  return `${text("where")}: ${text("place", { ...ends, share: percent(share) })}`;
}

function whereInSequence(row: Row, { features, shape = [] }: Description): readonly HTMLElement[] {
  const [reason] = row.reasons ?? [];
  if (reason?.step === undefined) return [element("p", {}, text("allRebuilt"))];
  const { step, feature = 0, share } = reason;
  const name = features?.[feature] ?? text("variable", { number: feature + 1 });
  const [actual, expected] = [reason.actual, reason.expected].map((n) => digits(Number(n)));
  const told = text(shape[1] === 1 ? "stepAlone" : "step", {
    ...{ step: step + 1, variable: name, share: percent(share) },
    ...{ actual: actual!, expected: expected! },
  });
  const where = element("p", { class: "where" }, `${text("where")}: ${told}`);
  return row.reconstruction ? [where, curves(row, feature, step, name)] : [where];
}

function reasonsOf(reasons: readonly Reason[]): HTMLElement {
  if (reasons.length === 0) return element("p", {}, text("none"));
  const value = (cell: string | number, numeric?: boolean): string =>
    cell === "" ? text("missing") : numeric ? decimals(String(cell)) : String(cell);
  const heads = ["column", "actual", "expected", "share"].map((key) =>
    element("th", {}, text(key)),
  );
  const lines = reasons.map((reason) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, reason.column!),
      ...[
        value(reason.actual, reason.numeric),
        value(reason.expected, reason.numeric),
        percent(reason.share),
      ].map((cell) => element("td", {}, cell)),
    ),
  );
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...lines),
  );
}
