import type { Loss } from "../../../../src/studio/api/runs.ts";

/** Epochs in their order, each once: what came last of one counts, whichever way it came. */
export function joined(known: readonly Loss[], more: readonly Loss[]): readonly Loss[] {
  const byEpoch = new Map(known.map((loss) => [loss.epoch, loss]));
  for (const loss of more) byEpoch.set(loss.epoch, loss);
  return [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
}

/** What an epoch is judged by: the rows kept aside, else those that train. */
export const judgedBy = ({ loss, validationLoss }: Loss): number => validationLoss ?? loss;

/** The epoch whose weights are kept, the first of equals; undefined before there is one. */
export function best(losses: readonly Loss[]): Loss | undefined {
  let found: Loss | undefined;
  for (const each of losses)
    if (Number.isFinite(judgedBy(each)) && (!found || judgedBy(each) < judgedBy(found)))
      found = each;
  return found;
}
