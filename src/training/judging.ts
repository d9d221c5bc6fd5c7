import { mistake } from "../errors.ts";
import type { Loss, Model } from "../nn/index.ts";
import { writeProgram } from "../onnx/index.ts";
import {
  type Figure,
  figuresOf,
  type NoiseInput,
  noiseRecorder,
  objectivesOf,
  type RowShapes,
} from "./sketch.ts";

/** A program that judges rows. */
export interface EvaluationProgram {
  readonly bytes: Uint8Array;
  readonly noise: readonly NoiseInput[];
  /** The first is the loss. */
  readonly figures: readonly Figure[];
}

/**
 * The program that gives the figures of rows with given parameters, without learning. What belongs to the
 * objective draws its noise here too; dropout and the like are at rest.
 */
export function evaluationProgram(model: Model, loss: Loss, rows: RowShapes): EvaluationProgram {
  const { context, recorded } = noiseRecorder(false);
  const { vectors, batch, objectives } = objectivesOf(model, loss, rows, context);
  const { x, target, mask, weight } = batch;
  const given = [x, rows.target ? target : null, mask, weight].filter((array) => array !== null);
  const figures = figuresOf(objectives);
  return {
    bytes: writeProgram(
      {
        inputs: [...vectors, ...given, ...recorded.map(({ tensor }) => tensor)],
        outputs: Object.fromEntries(figures.map(({ name, value }) => [name, value])),
      },
      { name: "evaluation" },
    ),
    noise: recorded.map(({ noise }) => noise),
    figures: figures.map(({ name, cells }) => ({ name, cells })),
  };
}

/** The program that draws codes of rows that do not exist from the prior of a kind. */
export function priorProgram(model: Model): Pick<EvaluationProgram, "bytes" | "noise"> {
  if (!model.prior)
    throw mistake(
      `generate: the codes of "${model.kind}" follow no distribution; train a variational, adversarial or wasserstein one`,
    );
  const { context, recorded } = noiseRecorder(false);
  const codes = model.prior(context);
  const inputs = recorded.map(({ tensor }) => tensor);
  return {
    bytes: writeProgram({ inputs, outputs: { codes } }, { name: "prior" }),
    noise: recorded.map(({ noise }) => noise),
  };
}
