import { loadEngine } from "#engine";
import type { Arrays } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import { type Note, noteAbout } from "../../data/terms/notes.ts";
import type { Table } from "../../data/terms/table.ts";
import { tellingOf } from "../../error-items.ts";
import { EspejoError } from "../../errors.ts";
import { cellsOf } from "../../graph/index.ts";
import { mixed } from "../../nn/index.ts";
import { writeProgram } from "../../onnx/index.ts";
import { checkArguments } from "../../options.ts";
import { blocksOf, placesOfCategory, widthOf } from "../../preparation/plan.ts";
import { gatherScale } from "../lesson/array-scale.ts";
import { splitArrays, splitTable } from "../lesson/deal.ts";
import { networkFor } from "../lesson/network.ts";
import {
  featuresOf,
  fitPreparation,
  hasGaps,
  preparer,
  request,
  weightsOf,
} from "../lesson/prepared.ts";
import { defaultSizes } from "../lesson/sizes.ts";
import { checkLabels } from "../lesson/train-notes.ts";
import { checkTrainOptions, type TrainOptions } from "../lesson/train-options.ts";
import { argument } from "../model/arguments.ts";
import { arrayFeeds, precisionFor } from "../model/array-feeds.ts";
import { arrayPreparation } from "../model/array-graph.ts";
import { labelsOf, readLabels } from "../rows/labels.ts";
import { parts, type Split, thinned } from "../rows/split.ts";
import { lossFor } from "../train/train-arrays.ts";
import { BenchRows } from "./bench-rows.ts";
import { Workbench } from "./workbench.ts";

/** Options of opening a workbench; those of the network and of the run may come with each trial. */
export interface BenchOptions extends TrainOptions {
  /** Whether rows are split by class, of which only the normal one trains. */
  readonly labelled?: boolean;
  /** Prepared cells that are held in memory; of more rows a share is drawn from the seed. */
  readonly mostCells?: number;
}

/** 128 MiB of float32. */
const usualCells = 2 ** 25;
/** Rows that each part of a comparison needs. */
const fewestRows = 2;

/**
 * Prepares the rows of a table once, for many trials. With `labelled` they are split as `train` splits them;
 * else eight of ten train, one judges when to stop and one tests. Throws what `train` throws for data that
 * cannot be learnt from.
 */
export async function openTableBench(table: Table, options: BenchOptions = {}): Promise<Workbench> {
  checkTrainOptions(options);
  const { seed = 42, engine, threads, onNote = () => {} } = options;
  const { path } = table;
  const features = featuresOf(table);
  if (features.numeric.length + features.categories.length === 0)
    throw new EspejoError("no_features", { path });
  const labelColumn = table.columns.find(({ role }) => role === "label");
  const labels =
    options.labelled && labelColumn
      ? await readLabels(table, labelColumn.name, options.normal)
      : null;
  if (labels) checkLabels(path, labels, onNote);
  const dealt = await splitTable(table, labels, options, { tests: true });
  const split = bounded(path, dealt.split, roughWidth(table), options);
  const { preparation } = await fitPreparation(table, features, split, {
    ...(options.scaling && { scaling: options.scaling }),
    ...(options.log && { log: options.log }),
    seed,
  });
  const width = widthOf(preparation);
  const blocks = blocksOf(preparation);
  const outputs = blocks.numeric + blocks.categories.reduce((a, b) => a + b, 0);
  const weightColumn = table.columns.find(({ role }) => role === "weight")?.name;
  const rows = new BenchRows(split, width, {
    columns: features.numeric.length + features.categories.length,
    masked: hasGaps(table),
    weighted: weightColumn !== undefined,
  });
  const program = await preparer(features, preparation, { engine, ...(threads && { threads }) });
  try {
    const text = weightColumn === undefined ? [] : [weightColumn];
    for await (const batch of table.batches({ ...request(features), text })) {
      const { start } = batch;
      const { x, mask } = await program.run(batch);
      const weight = weightColumn === undefined ? null : new Float32Array(batch.rows);
      if (weightColumn !== undefined) {
        const learners = learnersOf(split, start, batch.rows);
        const weights = weightsOf(path, weightColumn, batch.text[0]!, learners, start);
        for (const [i, row] of learners.entries()) weight![row] = weights[i]!;
      }
      rows.add(start, x, mask, weight);
    }
  } finally {
    await program.dispose();
  }
  const loss = mixed(blocks);
  const given = { content: "tables", shape: [width], outputSize: outputs } as const;
  const sizes = defaultSizes(preparation);
  return new Workbench(
    {
      ...{ path, content: "tables", split, labels, outputs, blocks },
      network: (wanted) => networkFor({ ...given, sizes }, wanted),
      loss: () => loss,
    },
    rows,
  );
}

/** As `openTableBench`, for images and sequences. Throws `labels_absent` where they have no classes. */
export async function openArraysBench(
  arrays: Arrays,
  options: BenchOptions = {},
): Promise<Workbench> {
  checkArguments("arrays", { data: [arrays, argument.arrays] });
  checkTrainOptions(options);
  return tellingOf(itemsOf(arrays.detected), () => benchOf(arrays, options));
}

async function benchOf(arrays: Arrays, options: BenchOptions): Promise<Workbench> {
  const { engine: choice } = options;
  const { path, detected } = arrays;
  const onNote = (told: Note) => options.onNote?.(noteAbout(told, itemsOf(detected)));
  const { content, shape } = detected;
  if (options.labelled && !arrays.labels) throw new EspejoError("labels_absent", { path });
  const labels = options.labelled ? labelsOf(path, "class", arrays.labels!, options.normal) : null;
  if (labels) checkLabels(path, labels, onNote);
  const outputs = cellsOf(shape);
  const { split: dealt } = splitArrays(arrays, labels, options, { tests: true });
  const split = bounded(path, dealt, outputs, options);
  const { scale, missing, notes } = await gatherScale(arrays, split);
  for (const noticed of notes) onNote(noticed);
  const rows = new BenchRows(split, outputs);
  const precision = precisionFor(content);
  const program = await (await loadEngine(choice)).load(
    writeProgram(arrayPreparation(shape, { scale, precision })),
    { threads: 1 },
  );
  try {
    for await (const batch of arrays.batches({ size: 256 })) {
      const feeds = arrayFeeds(precision, batch.x, batch.rows, shape);
      const { prepared } = await program.run(feeds);
      rows.add(batch.start, prepared!.data as Float32Array, null, null);
    }
  } finally {
    await program.dispose();
  }
  return new Workbench(
    {
      ...{ path, content, split, labels, outputs, blocks: null },
      network: (wanted) => networkFor({ content, shape, masked: missing > 0 }, wanted),
      loss: (network) => lossFor(content, network),
    },
    rows,
  );
}

/** A split of no more rows than fit into memory; throws `too_few_rows`. */
function bounded(
  path: string,
  whole: Split,
  width: number,
  { seed = 42, mostCells = usualCells }: BenchOptions,
): Split {
  const split = thinned(whole, Math.max(fewestRows, Math.floor(mostCells / width)), seed);
  const { train, test } = split.counts;
  if (train < fewestRows || test < 1)
    throw new EspejoError("too_few_rows", { path, rows: train, least: fewestRows });
  return split;
}

/** About how wide a prepared row will be, before the preparation is known. */
const roughWidth = ({ columns }: Table): number =>
  columns.reduce((width, { input, profile }) => {
    if (input === null) return width;
    return width + (input === "numeric" ? 1 : Math.min(profile.distinct, placesOfCategory) + 1);
  }, 0);

/** The rows of a batch that learn: the others need no weight. */
function learnersOf({ partOf }: Split, start: number, rows: number): readonly number[] {
  return Array.from({ length: rows }, (_, i) => i).filter((i) => {
    const part = partOf[start + i];
    return part === parts.train || part === parts.validate;
  });
}
