import type { TrainingProfile } from "../../preparation/statistics.ts";
import type { Block, Predictor } from "../compress/block.ts";
import type { Filler } from "./filler.ts";
import { fillGaps } from "./gaps.ts";

/** Fills what a model rebuilds, within the range that the column had in training. */
export function rebuiltCells(
  way: "autoencoder" | "PCA",
  rounds: number,
  predictor: Predictor,
  profile: TrainingProfile,
): Filler {
  return {
    ...{ way, rounds },
    async fill({ block }, aparts) {
      const filled = withinRange(profile, block, await fillGaps(predictor, block, rounds));
      return aparts.map(() => filled);
    },
  };
}

/** New numbers within the range that their column had in training; others stay as they are. */
export const withinRange = ({ numeric }: TrainingProfile, before: Block, after: Block): Block => ({
  ...after,
  numbers: after.numbers.map((values, j) => {
    const { minimum, maximum } = numeric[j]!;
    return values.map((value, i) =>
      Object.is(value, before.numbers[j]![i]) ? value : Math.max(minimum, Math.min(maximum, value)),
    );
  }),
});
