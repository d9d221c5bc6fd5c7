import { cellsOf } from "../graph/index.ts";
import { checkModel, type Model } from "../nn/index.ts";

/** Numbers that a model's parameters hold in all. */
export function parameterCount(model: Model): number {
  checkModel("parameterCount", model);
  return model.layers.reduce((total, line) => total + line.parameters, 0);
}

/** The layers of a model as a table: name, layer, output shape, parameters, activation. */
export function summary(model: Model): string {
  checkModel("summary", model);
  const head = ["layer", "kind", "output", "parameters", "activation"];
  const rows = model.layers.map((line) => [
    line.name,
    line.layer,
    `[rows, ${line.output.join(", ")}]`,
    String(line.parameters),
    line.activation,
  ]);
  const start = ["input", "", `[rows, ${model.inputShape.join(", ")}]`, "0", ""];
  const table = [head, start, ...rows];
  const widths = head.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  const text = table.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join("  ")
      .trimEnd(),
  );
  return [...text, `${parameterCount(model)} parameters`].join("\n");
}

/** What may go wrong with a model of this size on that many rows. */
export type SizeWarning = "overcomplete" | "few_rows";

/** Kinds that cannot just copy their input. */
const restricting = new Set([
  ...["sparse", "contractive", "denoising", "variational", "adversarial", "wasserstein"],
]);

/**
 * An overcomplete code without any restriction can copy its input and learn nothing; with more parameters
 * than cells of data a model can learn the rows by heart.
 */
export function sizeWarnings(model: Model, rows: number): readonly SizeWarning[] {
  const width = cellsOf(model.inputShape);
  const { l1, l2, dropout, noise } = model.architecture;
  const kind = model.kind.split("+").some((name) => restricting.has(name));
  const restricted = kind || [l1, l2, dropout, noise].some((strength) => Number(strength ?? 0) > 0);
  return [
    ...(model.latentDim >= width && !restricted ? (["overcomplete"] as const) : []),
    ...(parameterCount(model) > rows * width ? (["few_rows"] as const) : []),
  ];
}
