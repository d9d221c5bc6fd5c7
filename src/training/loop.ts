import type { Engine, Values } from "../engine/engine.ts";
import { Buffers } from "./buffers.ts";
import { evaluateRows } from "./evaluation.ts";
import { addFigures, namedFigures } from "./figures.ts";
import type { Job } from "./job.ts";
import { diverged, exhausted, judge, mutable } from "./judgement.ts";
import { noiseStreams } from "./noise.ts";
import { ruleOf } from "./optimizers.ts";
import type { RowSource } from "./rows.ts";
import { rateAt } from "./schedules.ts";
import type { Checkpoint, Epoch, Vectors } from "./state.ts";

/** How a run is watched and steered. */
export interface Watch {
  onProgress(progress: Progress): void;
  /** `vectors` are the weights after it. */
  onEpoch(epoch: Epoch, vectors: Vectors): void;
  /** Lets messages in; gives true when the run should stop now. May wait, while paused. */
  breathe(): Promise<boolean>;
  /** Called at the end of an epoch and at most once a second; the vectors are copies. */
  save?(checkpoint: () => Checkpoint, endOfEpoch: boolean): Promise<void>;
}

/** How far a run is; `step` of `steps` batches of the epoch are done, `loss` is their mean. */
export interface Progress {
  /** Counted from 1. */
  readonly epoch: number;
  /** Epochs that there are at most. */
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
}

export interface Outcome {
  readonly vectors: Vectors;
  readonly history: readonly Epoch[];
  readonly bestEpoch: number;
  readonly stopped: "epochs" | "patience" | "asked";
  /** Seconds spent on making the engine ready. */
  readonly compileSeconds: number;
}

/** A call of the engine should last about this long, in milliseconds. */
const callTime = { low: 40, high: 100 };

/** Runs epochs until they are done, the loss stops falling, or someone asks for an end. */
export async function runLoop(
  engine: Engine,
  job: Job,
  train: RowSource,
  validation: RowSource | null,
  start: Checkpoint,
  watch: Watch,
): Promise<Outcome> {
  const { options, program, rows } = job;
  const begun = performance.now();
  // the WASM engine would copy all rows into its heap at every call
  const gathers = engine.kind === "native" && train.whole !== undefined && job.gathering !== null;
  const trainer = await engine.load(gathers ? job.gathering! : program.bytes, job.load);
  const evaluator = validation && (await engine.load(job.evaluation.bytes, job.load));
  const compileSeconds = (performance.now() - begun) / 1000;
  const rule = ruleOf(options.optimizer);
  const state = mutable(start);
  const batchSize = Math.min(options.batchSize, train.rows);
  const stepsPerEpoch = Math.ceil(train.rows / batchSize);
  const { noise, figures } = program;
  const feeding = { rows, noise, noiseStream: noiseStreams.training, seed: options.seed };
  const buffers = new Buffers(feeding, batchSize, gathers);
  let asked = false;
  let chunk = job.stepsPerCall ?? 8;

  const checkpoint = (): Checkpoint => ({
    ...state,
    sums: [...state.sums],
    history: [...state.history],
  });
  try {
    epochs: while (state.epoch < options.epochs && !exhausted(state, options)) {
      const epochStart = performance.now();
      await train.start(options.shuffle ? state.epoch : -1, state.step * batchSize);
      while (state.step < stepsPerEpoch) {
        if (await watch.breathe()) {
          asked = true;
          break epochs;
        }
        const full = Math.floor(train.rows / batchSize) - state.step;
        const steps = full > 0 ? Math.min(chunk, full, buffers.steps) : 1;
        const size = full > 0 ? batchSize : train.rows - state.step * batchSize;
        const from = performance.now();
        const feeds = await buffers.fill(train, steps, size, state.totalSteps, (step) =>
          rule.scalars(
            step + 1,
            rateAt(options.schedule, options.learningRate, step) * state.rateFactor,
          ),
        );
        for (const [name, data] of Object.entries(state.vectors))
          feeds[name] = { dtype: "float32", shape: [data.length], data };
        const results = await trainer.run(feeds);
        state.vectors = nextVectors(state.vectors, results);
        for (const { name } of figures.slice(0, program.losses))
          for (const loss of results[name]!.data as Float32Array)
            if (!Number.isFinite(loss)) throw diverged(loss, state.epoch + 1, options.learningRate);
        addFigures(state.sums, figures, results, size);
        state.step += steps;
        state.totalSteps += steps;
        const took = performance.now() - from;
        if (job.stepsPerCall === undefined) {
          if (took < callTime.low && steps === chunk) chunk *= 2;
          else if (took > callTime.high && chunk > 1) chunk /= 2;
        }
        const done = Math.min(state.step * batchSize, train.rows);
        watch.onProgress({
          epoch: state.epoch + 1,
          epochs: options.epochs,
          step: state.step,
          steps: stepsPerEpoch,
          loss: state.sums[0]! / done,
        });
        if (state.step < stepsPerEpoch) await watch.save?.(checkpoint, false);
      }
      const epochRate =
        rateAt(options.schedule, options.learningRate, state.totalSteps - 1) * state.rateFactor;
      const { [figures[0]!.name]: loss, ...metrics } = namedFigures(
        figures,
        state.sums.map((total) => total / train.rows),
      );
      const vectors = Object.fromEntries(
        program.groups.map((name) => [name, state.vectors[name]!]),
      );
      const judged = { program: job.evaluation, rows, vectors, seed: options.seed };
      const figuresAfter = evaluator && (await evaluateRows(evaluator, judged, validation!));
      const epoch: Epoch = {
        epoch: state.epoch + 1,
        loss: loss as number,
        ...(figuresAfter && { validationLoss: figuresAfter[0]! }),
        ...(figures.length > 1 && { metrics }),
        learningRate: epochRate,
        seconds: (performance.now() - epochStart) / 1000,
      };
      state.history.push(epoch);
      state.epoch++;
      state.step = 0;
      state.sums = state.sums.map(() => 0);
      judge(state, options, epoch);
      watch.onEpoch(epoch, vectors);
      await watch.save?.(checkpoint, true);
    }
  } finally {
    await trainer.dispose();
    await evaluator?.dispose();
  }
  const { best, history, vectors } = state;
  return {
    vectors: best?.vectors ?? vectors,
    history,
    bestEpoch: best?.epoch ?? history.length,
    stopped: asked ? "asked" : exhausted(state, options) ? "patience" : "epochs",
    compileSeconds,
  };
}

const nextVectors = (vectors: Vectors, results: Values): Vectors =>
  Object.fromEntries(
    Object.keys(vectors).map((name) => [name, results[`next.${name}`]!.data as Float32Array]),
  );
