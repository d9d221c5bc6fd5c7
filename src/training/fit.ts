import { defaultThreads, loadEngine } from "#engine";
import { withCallbacks } from "../callbacks.ts";
import { arrivedError } from "../carried-errors.ts";
import type { EngineChoice } from "../engine/engine.ts";
import { EspejoError, mistake } from "../errors.ts";
import { checkModel, type Loss, type LossName, lossNamed, type Model } from "../nn/index.ts";
import { checkOptions } from "../options.ts";
import { permutation, random } from "../random.ts";
import type { RowsFile } from "./file-source.ts";
import { fitOptions } from "./fit-options.ts";
import { Fitted } from "./fitted.ts";
import type { LoopOptions } from "./job.ts";
import { evaluationProgram } from "./judging.ts";
import type { Progress } from "./loop.ts";
import type { FromWorker, SourceMessage, StartMessage } from "./messages.ts";
import { type Optimizer, type OptimizerName, ruleOf } from "./optimizers.ts";
import { type TrainingProgram, trainingProgram } from "./program.ts";
import { type RowsInput, toRows } from "./rows.ts";
import type { Plateau, Schedule } from "./schedules.ts";
import type { RowShapes } from "./sketch.ts";
import type { Checkpoint, Epoch, Vectors } from "./state.ts";
import { initialState, parametersOf } from "./vectors.ts";
import { hireWorker } from "./workers.ts";

/** Options of `fit`; names and defaults are those of Keras and scikit-learn where they have them. */
export interface FitOptions {
  readonly loss?: LossName | Loss | undefined;
  readonly optimizer?: OptimizerName | Optimizer;
  readonly learningRate?: number;
  readonly schedule?: Schedule;
  readonly plateau?: Plateau;
  /** Gradients are scaled down to this joint length. */
  readonly clipNorm?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  /** Share of the rows, drawn from the seed, that judges and does not learn; 0 for none. */
  readonly validationSplit?: number;
  /** Rows that judge, instead of a share. */
  readonly validationRows?: Uint32Array;
  /** Epochs without improvement on the validation rows before the run stops; 0: never. */
  readonly patience?: number;
  readonly minimumDelta?: number;
  readonly shuffle?: boolean;
  readonly seed?: number;
  /** What the output should be, row by row, instead of the input. */
  readonly target?: RowsInput;
  /** 1 for observed and 0 for missing source columns [rows, columns]; missing ones do not count. */
  readonly mask?: { readonly data: Float32Array; readonly columns: number };
  /** How much each row counts [rows]; its loss is multiplied by it, as with Keras' sample_weight. */
  readonly sampleWeight?: Float32Array;
  /** Weights to start from, instead of drawn ones. */
  readonly initial?: Vectors;
  readonly threads?: number;
  readonly engine?: EngineChoice;
  readonly provider?: string;
  /** Stops the run; the best weights so far are kept and `fit` resolves. */
  readonly signal?: AbortSignal;
  /** Hears the line of the history after each epoch. */
  readonly onEpoch?: (epoch: Epoch) => void;
  /** Hears the weights after each epoch, by name, so that what the network does can be watched: `trained` takes them. */
  readonly onWeights?: (parameters: Vectors, epoch: number) => void;
  /** Milliseconds that pass at least from one call of `onWeights` to the next; 0, by default, for all epochs. */
  readonly weightsEvery?: number;
  /** Hears how far the run is after each call of the engine, 40 to 100 ms of steps. */
  readonly onProgress?: (progress: Progress) => void;
  /** A file that is replaced by the state of the run, whole, about once a second. */
  readonly checkpointPath?: string;
  /** Where to go on; data and options must be the same. */
  readonly resume?: Checkpoint;
}

/** A run under way. */
export interface Training {
  readonly done: Promise<Fitted>;
  /** Halts before the next call of the engine; nothing that was learnt is lost. */
  pause(): void;
  /** Goes on after `pause`, with the numbers of a run that never halted. */
  resume(): void;
  /** Ends the run soon; the best weights so far are kept. */
  stop(): void;
}

/**
 * Trains a model on rows and gives the fitted one. The work is done in a worker thread; the rows are copied
 * to it once. A callback may be async: the run does not wait for it, but it is over only when its callbacks are.
 * What one throws or rejects with stops the run, and is its error. Throws `argument_wrong` for options or shapes that
 * do not fit, `not_finite` when the loss diverges.
 */
export async function fit(model: Model, x: RowsInput, options: FitOptions = {}): Promise<Fitted> {
  return startFit(model, x, options).done;
}

/** As `fit`, and hands back the run at once, to pause it, go on or stop it. */
export function startFit(model: Model, x: RowsInput, options: FitOptions = {}): Training {
  checkModel("fit", model);
  checkOptions("fit", fitOptions, options);
  const { validationSplit = 0.1, seed = defaultSeed } = options;
  const cells = toRows("fit", x, model.inputShape, model);
  const target = options.target && toRows("fit: target", options.target, model.outputShape, model);
  if (target && target.rows !== cells.rows)
    throw mistake(`fit: target must have ${cells.rows} rows, got ${target.rows}`);
  const [train, validation] = options.validationRows
    ? withoutRows(cells.rows, options.validationRows)
    : splitRows(cells.rows, validationSplit, seed);
  const { mask, sampleWeight } = options;
  if (sampleWeight && sampleWeight.length !== cells.rows)
    throw mistake(`fit: sampleWeight must have ${cells.rows} numbers, got ${sampleWeight.length}`);
  if (mask && mask.data.length !== cells.rows * mask.columns)
    throw mistake(
      `fit: mask must have ${cells.rows} rows of ${mask.columns}, got ${mask.data.length} numbers`,
    );
  const arrays = {
    x: { data: cells.data, width: widthOf(model.inputShape) },
    ...(target && { target: { data: target.data, width: widthOf(model.outputShape) } }),
    ...(mask && { mask: { data: mask.data, width: mask.columns } }),
    ...(sampleWeight && { weight: { data: sampleWeight, width: 1 } }),
  };
  const shapes: RowShapes = {
    x: model.inputShape,
    ...(target && { target: model.outputShape }),
    ...(mask && { mask: [mask.columns] }),
    ...(sampleWeight && { weight: [1] }),
  };
  return startRun(model, shapes, { kind: "memory", arrays, train, validation }, options);
}

/** Prepared rows in files, for data larger than memory; each row is x, then what `extras` names. */
export interface FilesInput {
  readonly train: RowsFile;
  readonly validation: RowsFile | null;
  /** Cells of each row beyond x: source columns of the mask, one for the weight, those of the target. */
  readonly extras: { readonly mask?: number; readonly weight?: 1; readonly target?: number };
}

/** As `fit`, with rows from files: memory stays bounded however many there are. */
export function fitFiles(
  model: Model,
  files: FilesInput,
  options: FitOptions = {},
): Promise<Fitted> {
  const { train, validation, extras } = files;
  const { target, ...others } = extras;
  const shapes = {
    ...Object.fromEntries(Object.entries(others).map(([name, cells]) => [name, [cells]])),
    ...(target && { target: model.outputShape }),
  };
  const widths = { x: widthOf(model.inputShape), ...extras };
  const source = { kind: "files", widths, train, validation } as const;
  return startRun(model, { x: model.inputShape, ...shapes }, source, options).done;
}

const defaultSeed = 42;
const widthOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Compiles the programs and starts the worker. */
function startRun(
  model: Model,
  shapes: RowShapes,
  source: SourceMessage,
  options: FitOptions,
): Training {
  const {
    loss: lossOption = "mse",
    optimizer: optimizerOption = "adam",
    learningRate = 1e-3,
    schedule = { kind: "constant" },
    plateau = null,
    clipNorm = 0,
    epochs = 20,
    batchSize = 32,
    patience = 5,
    minimumDelta = 0,
    shuffle = true,
    seed = defaultSeed,
    threads = threadsFor(model, batchSize),
  } = options;
  const loss = lossNamed(lossOption);
  const optimizer =
    typeof optimizerOption === "string" ? { name: optimizerOption } : optimizerOption;
  const rule = ruleOf(optimizer);
  const program = trainingProgram(model, loss, rule, shapes, { clipNorm });
  const gathering =
    source.kind === "memory"
      ? trainingProgram(model, loss, rule, shapes, { clipNorm, gathers: true }).bytes
      : null;
  const loop: LoopOptions = {
    epochs,
    batchSize,
    seed,
    learningRate,
    optimizer,
    schedule,
    plateau,
    patience,
    minimumDelta,
    shuffle,
  };
  const start: Omit<StartMessage, "stopped"> = {
    type: "start",
    job: {
      program,
      gathering,
      evaluation: evaluationProgram(model, loss, shapes),
      rows: shapes,
      options: loop,
      load: { threads, ...(options.provider && { provider: options.provider }) },
    },
    engine: options.engine,
    source,
    start: options.resume
      ? fitting(options.resume, program)
      : initialState(model, program, seed, options.initial),
    checkpointPath: options.checkpointPath ?? null,
    weightsEvery: options.onWeights ? (options.weightsEvery ?? 0) : null,
  };
  const port = hireWorker();
  const stop = (): void => port.post({ type: "stop" });
  const { engine } = options;
  /** Turns the messages of the worker into a `Fitted`. */
  const hear = ({ signal, onProgress, onEpoch, onWeights }: FitOptions): Promise<Fitted> =>
    new Promise((resolve, reject) => {
      let failed = false;
      const tell = (message: FromWorker): void => {
        if (message.type === "progress") onProgress?.(message.progress);
        else if (message.type === "epoch") onEpoch?.(message.epoch);
        else if (message.type === "weights")
          onWeights?.(parametersOf(model, message.vectors), message.epoch);
      };
      const onMessage = (message: FromWorker): void => {
        if (message.type === "failed") {
          port.release("ends");
          reject(arrivedError(message));
        } else if (message.type === "done") {
          port.release(bytesOf(source) <= mostBytesKept ? "rests" : "ends");
          if (failed) return;
          const { outcome, engine: engineVersion, note: engineNote } = message;
          // the worker cannot warn in the name of the process: loading the engine here does, once
          if (engineNote) void loadEngine(engine);
          const made = { loss, threads: options.threads, engine, engineVersion, engineNote };
          resolve(new Fitted(model, parametersOf(model, outcome.vectors), outcome, made));
        } else if (!failed) {
          try {
            tell(message);
          } catch (error) {
            // the worker is let go when it has heard of it, and says that it is done
            failed = true;
            stop();
            reject(error);
          }
        }
      };
      port.listen(onMessage, (error) => {
        port.release("ends");
        reject(error);
      });
      try {
        port.post({ ...start, stopped: signal?.aborted ?? false });
      } catch (error) {
        // an option that cannot be copied to another thread, such as a function
        port.release("ends");
        throw mistake(`fit: an option is no plain value: ${(error as Error).message}`);
      }
      signal?.addEventListener("abort", stop, { once: true });
    });
  const done = withCallbacks(options, hear);
  return {
    done,
    pause: () => port.post({ type: "pause" }),
    resume: () => port.post({ type: "resume" }),
    stop,
  };
}

/** A checkpoint whose vectors are those of a program. */
function fitting(resume: Checkpoint, { state }: TrainingProgram): Checkpoint {
  for (const vectors of [resume.vectors, ...(resume.best ? [resume.best.vectors] : [])])
    for (const [name, held] of Object.entries(vectors))
      if (held.length !== state[name])
        throw mistake(
          `fit: resume: "${name}" must have ${state[name] ?? 0} numbers, got ${held.length}`,
        );
  const absent = Object.keys(state).find((name) => !(name in resume.vectors));
  if (absent === undefined) return resume;
  throw mistake(`fit: resume: "${absent}" is not there: it is of another network or optimizer`);
}

/** A worker that held more rows than this ends with its training, so that their memory is free at once. */
const mostBytesKept = 64 * 2 ** 20;

const bytesOf = (source: SourceMessage): number =>
  source.kind === "files"
    ? 0
    : Object.values(source.arrays).reduce((total, { data }) => total + data.byteLength, 0);

/** Multiplications of a step from which on a second thread is worth its while. */
const worthThreads = 2e7;

const stepByStep = new Set(["simpleRnn", "gru", "lstm"]);

/** All cores for large networks; one for small ones, whose operators are too short to be shared. */
function threadsFor(model: Model, batchSize: number): number {
  // each weight acts at every place of its layer's output, of which a dense layer has one; a recurrent one
  // goes from place to place, and a step of it is short
  const products = model.layers.reduce((total, { layer, parameters, output }) => {
    const places = stepByStep.has(layer) ? 1 : widthOf(output.slice(0, -1));
    return total + parameters * places;
  }, 0);
  return 3 * products * batchSize < worthThreads ? 1 : defaultThreads();
}

/** Rows to learn from and rows to judge by, both in the order of the source. */
function splitRows(rows: number, share: number, seed: number): [Uint32Array, Uint32Array] {
  const count = Math.min(Math.round(rows * share), rows - 1);
  return withoutRows(rows, permutation(rows, random(seed, 0)).slice(0, count));
}

function withoutRows(rows: number, validation: Uint32Array): [Uint32Array, Uint32Array] {
  const judges = new Set(Array.from(validation));
  for (const row of judges)
    if (!Number.isInteger(row) || row < 0 || row >= rows)
      throw new EspejoError("argument_value", {
        argument: "fit: validationRows",
        ...{ wanted: `numbers of rows from 0 to ${rows - 1}`, got: String(row) },
      });
  const train = new Uint32Array(rows - judges.size);
  let at = 0;
  for (let i = 0; i < rows; i++) if (!judges.has(i)) train[at++] = i;
  return [train, Uint32Array.from(judges).sort()];
}
