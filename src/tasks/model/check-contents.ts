import type { ColumnPlan } from "../../data/terms/table.ts";
import { cellsOf, elementTypes } from "../../graph/index.ts";
import { makeModel } from "../../models/kinds.ts";
import { parameterCount } from "../../models/summary.ts";
import type { Model } from "../../nn/index.ts";
import type { DimensionProto, ModelProto, ValueProto } from "../../onnx/index.ts";
import { precisionOf } from "./array-feeds.ts";
import type { AnyMetadata, ArrayMetadata, Metadata, PcaMetadata } from "./metadata.ts";

type Refuse = (reason: string) => never;

/** Refuses metadata that do not agree with the graph beside them, or with each other. */
export function checkContents(metadata: AnyMetadata, proto: ModelProto, refuse: Refuse): void {
  const { latentDim: code, kind } = remade(metadata, refuse);
  if (kind !== metadata.kind)
    refuse(`espejo.kind must be "${kind}", as espejo.architecture has it, got "${metadata.kind}"`);
  if (metadata.pca) checkPca(metadata.pca, refuse);
  if ("columns" in metadata) checkTable(metadata, proto, code, refuse);
  else checkArrays(metadata, proto, code, refuse);
}

/** Numbers that one network may hold, and values in the plain data that describe it. */
const mostParameters = 2 ** 31;
const mostValues = 100_000;

/** The network, made again. */
function remade({ architecture }: AnyMetadata, refuse: Refuse): Model {
  const left: unknown[] = [architecture];
  for (let values = 0; left.length > 0; values++) {
    const value = left.pop();
    if (values > mostValues) refuse(`espejo.architecture holds more than ${mostValues} values`);
    if (typeof value === "number" && Math.abs(value) > mostParameters)
      refuse(`espejo.architecture holds the size ${value}, at most ${mostParameters} is expected`);
    if (typeof value === "object" && value !== null)
      for (const part of Object.values(value)) left.push(part);
  }
  let model: Model;
  try {
    model = makeModel(architecture as unknown as Parameters<typeof makeModel>[0]);
  } catch (error) {
    return refuse(`espejo.architecture makes no network: ${(error as Error).message}`);
  }
  const parameters = parameterCount(model);
  if (!(parameters <= mostParameters))
    refuse(`espejo.architecture makes a network of ${parameters} parameters`);
  return model;
}

function checkPca({ components, mean, axes }: PcaMetadata, refuse: Refuse): void {
  const [columns, cells] = [mean, axes].map((text) => Buffer.from(text, "base64").length / 4);
  if (!Number.isInteger(columns)) refuse("espejo.pca.mean is not base64 of float32 numbers");
  if (cells !== columns! * components)
    refuse(
      `espejo.pca.axes must hold ${components} x ${columns} float32 numbers in base64, got ${cells}`,
    );
}

function checkTable(metadata: Metadata, proto: ModelProto, code: number, refuse: Refuse): void {
  const { columns, profile, golden, latentDim } = metadata;
  const counts = {
    numeric: columns.filter(({ input }) => input === "numeric").length,
    categories: columns.filter(({ input }) => input === "categories").length,
  };
  const { numeric, categories } = counts;
  checkCode(latentDim ?? code, code, refuse);
  for (const name of ["numeric", "categories"] as const) {
    if (profile[name].length !== counts[name])
      refuse(
        `espejo.profile.${name} must tell of ${counts[name]} columns, got ${profile[name].length}`,
      );
    golden[name].forEach((row, i) => {
      if (row.length !== counts[name])
        refuse(`espejo.golden.${name}[${i}] must hold ${counts[name]} cells, got ${row.length}`);
    });
  }
  checkProfile(profile, refuse);
  checkScores(golden.scores, golden.numeric.length, refuse);
  if (golden.categories.length !== golden.numeric.length)
    refuse(`espejo.golden.categories must hold ${golden.numeric.length} rows`);
  const plain = proto.graph.input?.[0]?.name === "x";
  checkInputs(
    proto,
    plain
      ? { x: ["float32", numeric] }
      : {
          ...(numeric > 0 && { numeric: ["float64", numeric] as const }),
          ...(categories > 0 && { categories: ["string", categories] as const }),
        },
    refuse,
  );
  checkOutputs(
    proto,
    {
      latent: ["float32", code],
      ...(numeric > 0 && { reconstruction: [plain ? "float32" : "float64", numeric] as const }),
      ...(categories > 0 && { reconstruction_categories: ["string", categories] as const }),
      error: ["float32", numeric + categories],
      score: ["float32"],
      is_anomaly: ["bool"],
    },
    refuse,
  );
}

/** What drift is told from: bins, counts and pairs of columns that belong together. */
function checkProfile({ numeric, categories, alike }: Metadata["profile"], refuse: Refuse): void {
  numeric.forEach(({ bins }, j) => {
    if (!bins) return;
    const { edges, counts } = bins;
    const at = `espejo.profile.numeric[${j}].bins`;
    if (edges.some((edge, i) => i > 0 && !(edge > edges[i - 1]!))) refuse(`${at}.edges must rise`);
    if (counts.length !== 2 * edges.length + 1)
      refuse(`${at}.counts must hold ${2 * edges.length + 1} counts, got ${counts.length}`);
  });
  categories.forEach(({ values, counts }, j) => {
    if (counts?.some((count, k) => k > 0 && count > counts[k - 1]!))
      refuse(`espejo.profile.categories[${j}].counts must not rise`);
    if (counts && counts.length !== values.length)
      refuse(
        `espejo.profile.categories[${j}].counts must hold ${values.length} counts, got ${counts.length}`,
      );
  });
  const columns = numeric.length + categories.length;
  for (const [i, j, equal] of alike?.pairs ?? [])
    if (!(i < j && j < columns && equal <= alike!.rows))
      refuse(`espejo.profile.alike.pairs tells of columns ${i} and ${j}, of ${columns}`);
}

const isNumber = (columns: readonly ColumnPlan[], name: string): boolean =>
  columns.some(
    (column) => column.name === name && column.type === "number" && column.role === "feature",
  );

function checkArrays(
  metadata: ArrayMetadata,
  proto: ModelProto,
  code: number,
  refuse: Refuse,
): void {
  const { source, scale, golden, latentDim } = metadata;
  checkCode(latentDim, code, refuse);
  const { shape, content, features } = source;
  const wanted = content === "images" ? 3 : 2;
  if (shape.length !== wanted) refuse(`espejo.source.shape must hold ${wanted} sizes`);
  if (!(cellsOf(shape) <= mostParameters)) refuse(`espejo.source.shape is too large: ${shape}`);
  const last = shape.at(-1)!;
  for (const name of ["mean", "deviation"] as const)
    if (scale[name].length !== last)
      refuse(`espejo.scale.${name} must hold ${last} numbers, got ${scale[name].length}`);
  if (features && features.length !== last)
    refuse(`espejo.source.features must hold ${last} names, got ${features.length}`);
  if (source.clock !== undefined && source.time === null)
    refuse("espejo.source.clock needs the days of espejo.source.time");
  const unread = features?.find((name) => source.columns && !isNumber(source.columns, name));
  if (unread !== undefined) refuse(`espejo.source.columns must hold "${unread}" as a number`);
  if (source.range && !(source.range.low < source.range.high))
    refuse(`espejo.source.range goes from ${source.range.low} to ${source.range.high}`);
  checkScores(golden.scores, golden.deviations.length, refuse);
  const precision = precisionOf(metadata);
  checkInputs(proto, { x: [precision, ...shape] }, refuse);
  checkOutputs(
    proto,
    {
      latent: ["float32", latentDim],
      reconstruction: [precision, ...shape],
      error: ["float32", ...shape],
      score: ["float32"],
      is_anomaly: ["bool"],
    },
    refuse,
  );
}

function checkCode(latentDim: number, code: number, refuse: Refuse): void {
  if (latentDim !== code)
    refuse(`espejo.latentDim is ${latentDim}, and espejo.architecture has a code of ${code}`);
}

/** A draft has example rows without scores. */
function checkScores(scores: readonly unknown[], rows: number, refuse: Refuse): void {
  if (scores.length !== 0 && scores.length !== rows)
    refuse(`espejo.golden.scores must hold ${rows} scores, got ${scores.length}`);
}

/** The type of an input or output, and its sizes after that of its rows. */
type Wanted = Readonly<Record<string, readonly [type: keyof typeof elementTypes, ...number[]]>>;

function checkInputs(proto: ModelProto, wanted: Wanted, refuse: Refuse): void {
  for (const { name } of proto.graph.input ?? [])
    if (!(name in wanted))
      refuse(`its graph takes "${name}", and espejo.columns or espejo.source tells nothing of it`);
  for (const name of Object.keys(wanted))
    checkValue(proto.graph.input, "takes", name, wanted, refuse);
}

function checkOutputs(proto: ModelProto, wanted: Wanted, refuse: Refuse): void {
  for (const name of Object.keys(wanted))
    checkValue(proto.graph.output, "gives", name, wanted, refuse);
}

function checkValue(
  values: readonly ValueProto[] | undefined,
  verb: "takes" | "gives",
  name: string,
  wanted: Wanted,
  refuse: Refuse,
): void {
  const value = values?.find((each) => each.name === name);
  const [dtype, ...sizes] = wanted[name]!;
  const text = `${dtype} [${["rows", ...sizes].join(", ")}]`;
  if (!value) refuse(`its graph ${verb} no "${name}", ${text}`);
  const { elemType, shape } = value?.type?.tensorType ?? {};
  const dims = shape?.dim ?? [];
  const fits =
    elemType === elementTypes[dtype] &&
    dims.length === sizes.length + 1 &&
    dims[0]!.value === undefined &&
    sizes.every((size, i) => mayBe(dims[i + 1]!, size));
  if (!fits) {
    const type = Object.entries(elementTypes).find(([, number]) => number === elemType)?.[0];
    const found = dims.map((dim) => dim.value ?? dim.name ?? "?").join(", ");
    refuse(`its graph ${verb} "${name}" as ${type ?? "?"} [${found}], ${text} is expected`);
  }
}

/** Sizes that a graph leaves open are measured when it runs. */
const mayBe = ({ value }: DimensionProto, size: number): boolean =>
  value === undefined || value === size;
