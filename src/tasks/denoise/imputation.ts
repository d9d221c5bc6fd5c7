import type { Table } from "../../data/terms/table.ts";
import { checkArguments, checkOptions, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import { tableSource } from "../compress/table-source.ts";
import { argument } from "../model/arguments.ts";
import type { TableModel } from "../model/table-model.ts";
import { bestRounds, chosenFigures, type Imputation, imputations } from "./fill-choice.ts";
import { fillTrial } from "./fill-trial.ts";
import { triedRounds } from "./filling.ts";
import { keepRows } from "./kept-rows.ts";
import { seriesPlaces } from "./series-places.ts";

export interface ImputationOptions {
  /** Of the cells that are there, how many are hidden. */
  readonly share?: number;
  readonly seed?: number;
}

/** What came of hiding cells. */
export interface ImputationComparison {
  /** How many had cells hidden. */
  readonly rows: number;
  readonly hidden: number;
  /**
   * The autoencoder and PCA after each of several numbers of rounds, the five nearest rows, medians, and, where rows lie in
   * time, interpolation.
   */
  readonly ways: readonly Imputation[];
  /** The best of them for each column, on other hidden cells than those that chose. */
  readonly chosen: Pick<Imputation, "rmse" | "accuracy">;
}

const most = 2000;
const turns = 3;

const imputationOptions: z.ZodMiniObject = z.object({
  share: z.exactOptional(optionParts.share),
  seed: z.exactOptional(z.int()),
});

/**
 * Hides cells of up to 2,000 rows from all over a table, three times, and compares ways to fill them. The rows may have trained
 * the model: for a fair figure give rows that did not.
 */
export async function compareImputation(
  model: TableModel,
  table: Table,
  options: ImputationOptions = {},
): Promise<ImputationComparison> {
  checkArguments("compareImputation", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
  });
  checkOptions("compareImputation", imputationOptions, options);
  const { share = 0.1, seed = 42 } = options;
  const source = await tableSource(model, table);
  const from = { model, source, places: await seriesPlaces(table), rounds: triedRounds };
  const kept = await keepRows(source, async (block) => block);
  const trial = await fillTrial(from, kept, { most, share, seed }, turns);
  const { rows, hidden } = trial;
  const ways = imputations(trial);
  return { rows, hidden, ways, chosen: chosenFigures(trial, bestRounds(trial)) };
}
