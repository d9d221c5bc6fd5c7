import type { Items } from "../../language.ts";
import type { Labels } from "../rows/labels.ts";
import { parts, type Split } from "../rows/split.ts";
import type { SplitUnits } from "../rows/split-units.ts";
import type { Scores } from "../score/scores.ts";
import { newerThreshold } from "../verdicts/newer-threshold.ts";
import type { Verdict } from "../verdicts/verdict.ts";

/** A threshold, with the rows that chose it and how all rows were dealt. */
interface Chosen {
  readonly threshold: number;
  /** Scores of the rows that did not train. */
  readonly held: Scores;
  readonly split: Split;
  readonly units: SplitUnits | null;
  readonly labels: Labels | null;
  /** What the rows are; a table has rows. */
  readonly items?: Items;
}

/** Rows that trained of which so many are scored: their share is told, no more. */
const mostScored = 5000;

/**
 * Whether a threshold that was chosen on newer rows suits those that trained, of which some are scored, normal ones where
 * labels are known. Null where the rows were not dealt by time.
 */
export async function newerThresholdAmong(
  { threshold, held, split, units, labels, items }: Chosen,
  score: (keep: (row: number) => boolean) => Promise<Scores>,
): Promise<Verdict | null> {
  if (units?.by !== "time") return null;
  const { partOf, counts } = split;
  const calibrates = labels ? parts.calibrate : parts.validate;
  const flaggedOf = ({ rows, model }: Scores, holds: (row: number) => boolean) => {
    const own = model.filter((_, i) => holds(rows[i]!));
    return { rows: own.length, flagged: own.filter((value) => value > threshold).length };
  };
  const normal = (row: number): boolean => !labels || labels.classes[row] === 0;
  const newer = flaggedOf(held, (row) => partOf[row] === calibrates && normal(row));
  const every = Math.ceil(counts.train / mostScored);
  let seen = 0;
  const drawn = partOf.map((part) => (part === parts.train && seen++ % every === 0 ? 1 : 0));
  const older = await score((row) => drawn[row] === 1);
  return newerThreshold(
    newer,
    flaggedOf(older, () => true),
    items,
  );
}
