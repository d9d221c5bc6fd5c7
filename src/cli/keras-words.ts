import { parameterCount } from "../models/summary.ts";
import type { ImportedKeras } from "../tasks/keras/import-keras.ts";
import type { Context } from "./context.ts";

type KerasModel = ImportedKeras["keras"];

const sizesText = (sizes: readonly number[]): string => sizes.join("x");

/** What was read of a Keras file, in lines of words. */
export function kerasWords(
  keras: KerasModel,
  path: string,
  divide: number,
  { text, count }: Context,
): readonly string[] {
  const { model, code, version, precision, leftOut } = keras;
  const input = sizesText(model.inputShape);
  return [
    text("import.read", {
      ...{ path, layers: model.layers.length, parameters: count(parameterCount(model)) },
      version: version ?? text("import.unknown"),
    }),
    code === null
      ? text("import.codeInput")
      : text("import.code", { code, size: model.latentDim, input }),
    divide === 1 ? text("import.rows", { input }) : text("import.divided", { input, divide }),
    ...(precision === null ? [] : [text("import.precision", { precision })]),
    ...leftOut.map((each) => text("import.leftOut", { ...each })),
  ];
}

/** The same for programs. */
export const kerasAnswer = ({ model, code, loss, version, precision, leftOut }: KerasModel) => ({
  ...{ input: model.inputShape, latentDim: model.latentDim, code, loss },
  ...{ version, precision, leftOut },
});
