import { mean } from "../../metrics/statistics.ts";
import type { Separation } from "../verdicts/separation.ts";
import type { Figures } from "./contest.ts";

/** The contender that did best on rows that do not test, with how well it separates those that do: means over seeds. */
export interface Best extends Separation {
  readonly name: string;
}

interface Judged {
  readonly name: string;
  readonly runs: readonly Figures[];
}

/** The best of contenders with a label, on so many rows that test; null where none came to an end. */
export function bestOf(
  contenders: readonly Judged[],
  counts: Pick<Separation, "rows" | "anomalies">,
): Best | null {
  const merit = ({ runs }: Judged): number => mean(runs.map((run) => run.merit));
  const [best] = contenders
    .filter(({ runs }) => runs.length > 0)
    .sort((a, b) => merit(b) - merit(a));
  if (!best) return null;
  const judged = best.runs.flatMap(({ rocAuc, rocAucInterval }) =>
    rocAuc === null || rocAucInterval === null ? [] : [[rocAuc, ...rocAucInterval] as const],
  );
  const [rocAuc, low, high] = [0, 1, 2].map((place) => mean(judged.map((each) => each[place]!)));
  return { name: best.name, ...counts, rocAuc: rocAuc!, rocAucInterval: [low!, high!] };
}
