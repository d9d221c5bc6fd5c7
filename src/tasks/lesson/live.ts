import { readFile } from "node:fs/promises";
import { loadEngine } from "#engine";
import type { EngineChoice, Program, Values } from "../../engine/engine.ts";
import { writeWhole } from "../../files.ts";
import type { Model } from "../../nn/index.ts";
import { writeProgram } from "../../onnx/index.ts";
import type { Preparation } from "../../preparation/plan.ts";
import type { FitOptions } from "../../training/fit.ts";
import type { Fitted } from "../../training/fitted.ts";
import type { Vectors } from "../../training/state.ts";
import { tableFeeds } from "../model/table-feeds.ts";
import { watchSignature } from "../model/table-graph.ts";
import type { LiveFrame, LiveMap, LiveRow } from "./live-frame.ts";
import { liveMap } from "./live-map.ts";
import type { LiveRows } from "./live-rows.ts";
import type { Features } from "./prepared.ts";
import type { RunLength } from "./sizes.ts";

/** Milliseconds from one frame to the next at least: four a second look alive. */
const frameMs = 250;
/** The share of the time of training that frames may take, here beside the thread that trains. */
const mostShare = 0.03;
/** Columns of a row that are told. */
const mostColumns = 200;
/** Rows of a map at least. */
const fewestPoints = 3;

/** What a network that learns is watched by. */
interface Watched {
  /** Where frames go; nothing is watched without it. */
  readonly path: string | undefined;
  readonly model: Model;
  readonly length: Pick<RunLength, "epochs" | "patience">;
  readonly lesson: {
    readonly features: Features;
    readonly preparation: Preparation;
    readonly live: LiveRows | null;
  };
  readonly engine?: EngineChoice | undefined;
}

/** Options of a fit that is watched. */
type Watching = Pick<FitOptions, "onWeights" | "weightsEvery">;

/**
 * Fits a network and watches it meanwhile: what it makes of some rows is written to a file, whole, after some epochs, and of
 * the weights that are kept. Frames are made here from copies of the weights that the training tells; nothing of it changes.
 */
export async function fitWatched(
  { path, lesson: { live, ...lesson }, ...watched }: Watched,
  fit: (options: Watching) => Promise<Fitted>,
): Promise<Fitted> {
  if (path === undefined || !live) return fit({});
  const frames = framesOf({ ...watched, ...lesson, path, rows: live });
  try {
    const fitted = await fit(frames.options);
    await frames.finish(fitted.parameters, fitted.bestEpoch);
    return fitted;
  } finally {
    await frames.dispose();
  }
}

interface Frames extends Omit<Watched, "lesson"> {
  readonly path: string;
  readonly features: Features;
  readonly preparation: Preparation;
  readonly rows: LiveRows;
}

function framesOf(watched: Frames) {
  const { model, preparation, rows, path } = watched;
  const { numeric, categories } = preparation;
  const feeds = tableFeeds(rows.raw, numeric.length, categories.length);
  let place: ReturnType<typeof liveMap> | undefined;
  let program: Promise<Program> | undefined;
  let next = 0;
  let writing: Promise<void> = Promise.resolve();

  async function write(parameters: Vectors, epoch: number): Promise<void> {
    place ??= liveMap(model.kind, await pointsIn(path, rows.rows));
    program ??= loadEngine(watched.engine).then((engine) =>
      engine.load(writeProgram(watchSignature({ preparation, model })), { threads: 1 }),
    );
    const loaded = await program;
    const from = performance.now();
    const weights = Object.entries(model.parameters).map(
      ([name, { shape }]) =>
        [name, { dtype: "float32", shape: [...shape], data: parameters[name]! }] as const,
    );
    const results = await loaded.run({ ...feeds, ...Object.fromEntries(weights) });
    const codes = results.latent!.data as Float32Array;
    const frame: LiveFrame = {
      ...{ epoch, epochs: watched.length.epochs, patience: watched.length.patience },
      columns: columnsOf(watched.features),
      rows: rows.told.map((at) => rowOf(rows, at, preparation, results)),
      map:
        rows.rows.length < fewestPoints || !codes.every(Number.isFinite)
          ? null
          : { ...rounded(place(codes, rows.rows)), rows: rows.rows, odd: rows.odd },
    };
    const spent = performance.now() - from;
    await writeWhole(path, [JSON.stringify(frame)]);
    next = performance.now() + Math.max(frameMs, spent / mostShare);
  }

  return {
    options: {
      weightsEvery: frameMs,
      onWeights(parameters: Vectors, epoch: number) {
        if (performance.now() < next) return;
        // until this one is written no other is begun
        next = Number.POSITIVE_INFINITY;
        writing = write(parameters, epoch);
        return writing;
      },
    },
    async finish(parameters: Vectors, epoch: number) {
      await writing;
      await write(parameters, epoch);
    },
    async dispose() {
      await writing.catch(() => {});
      await (await program)?.dispose();
    },
  };
}

/** Where points of the same rows lay in an earlier try; null where there was none. */
async function pointsIn(path: string, rows: readonly number[]): Promise<LiveMap["points"] | null> {
  try {
    const { map } = JSON.parse(await readFile(path, "utf8")) as LiveFrame;
    return map?.axes === "components" && String(map.rows) === String(rows) ? map.points : null;
  } catch {
    return null;
  }
}

const columnsOf = ({ numeric, categories }: Features): LiveFrame["columns"] =>
  [
    ...numeric.map(({ name, date }) => ({ name, type: date ? "date" : "number" }) as const),
    ...categories.map(({ name }) => ({ name, type: "category" }) as const),
  ].slice(0, mostColumns);

/** What a row holds and what is made of it, cell by cell. */
function rowOf(
  { raw, rows }: LiveRows,
  at: number,
  { numeric, categories }: Preparation,
  results: Values,
): LiveRow {
  const [p, q] = [numeric.length, categories.length];
  const numbers = results.reconstruction?.data as Float64Array | undefined;
  const names = results.reconstruction_categories?.data as readonly string[] | undefined;
  return {
    row: rows[at]!,
    cells: [
      ...numeric.map((_, j) => ({
        actual: finite(raw.numeric[at * p + j]!),
        rebuilt: finite(numbers![at * p + j]!),
      })),
      ...categories.map((_, j) => ({
        actual: raw.categories[at * q + j] || null,
        rebuilt: names![at * q + j] ?? null,
      })),
    ].slice(0, mostColumns),
  };
}

const short = (value: number): number => Number(value.toPrecision(6));
const finite = (value: number): number | null => (Number.isFinite(value) ? short(value) : null);
const rounded = ({ axes, points }: ReturnType<ReturnType<typeof liveMap>>) => ({
  axes,
  points: points.map(([x, y]) => [short(x), short(y)] as const),
});
