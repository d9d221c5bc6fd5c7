import { type Plain, z } from "../../schema.ts";
import { arraysSource, columnPlan, tableSource } from "../model/metadata.ts";
import type { BlockPlan } from "./block.ts";

const text = z.string();
const number = z.number();
/** Streams, columns and numbers of a row: no honest file has more. */
const count = z.int().check(z.minimum(0), z.maximum(2 ** 24));

const grid = z.object({
  perUnit: number,
  whole: z.boolean(),
  step: number,
  coarse: number,
  margin: number,
  center: number,
  single: z.boolean(),
  // without any value neither is a number
  bounds: z.tuple([z.nullable(number), z.nullable(number)]),
}) as unknown as z.ZodMiniType<BlockPlan["grids"][number]>;

const blockPlan: z.ZodMiniType<BlockPlan> = z.object({
  grids: z.array(grid),
  codeSteps: z.nullable(z.array(number)),
  lags: z.array(count),
  perRow: count,
  categories: count,
  texts: count,
});

/** What every compressed file says of itself. */
const common = {
  rows: z.int().check(z.minimum(0)),
  /** SHA-256 of the bytes of the model file; null where its code did not pay and none is kept. */
  model: z.nullable(text),
  engine: text,
  plan: blockPlan,
  /** The greatest error of each stream of numbers, by name, in its own units. */
  errors: z.array(z.tuple([text, number])),
};

/** What a file of a compressed table says of itself. */
const tableHeader = z.object({
  ...common,
  content: z.literal("table"),
  /** All columns in the order of the source. */
  columns: z.array(columnPlan),
  /** Names of the columns of categories and of text, in the order of the blocks. */
  categories: z.array(text),
  texts: z.array(text),
  source: tableSource,
});

/** What a file of compressed images or sequences says of itself. */
const arraysHeader = z.object({
  ...common,
  content: z.literal("arrays"),
  source: arraysSource,
  names: z.nullable(z.array(text)),
  labels: z.nullable(z.array(text)),
  /** Images are packed with the values of their files, not brought to 0..255; absent where these are the same. */
  own: z.exactOptional(z.literal(true)),
});

export interface TableHeader extends Plain<typeof tableHeader> {}
export interface ArraysHeader extends Plain<typeof arraysHeader> {}
export type CommonHeader = Pick<TableHeader, keyof typeof common>;
export type Header = TableHeader | ArraysHeader;

/** One of both headers, by its content. */
export const header = z.discriminatedUnion("content", [tableHeader, arraysHeader]);

/** Whether the parts of a header agree with each other: columns with streams, streams with blocks. */
export function agrees(header: Header): boolean {
  const { plan, errors, rows } = header;
  if (plan.grids.length !== errors.length) return false;
  if (header.content === "arrays")
    return (
      [header.names, header.labels].every((list) => list === null || list.length === rows) &&
      !(header.own && !header.source.range)
    );
  const { columns, categories, texts } = header;
  const streams = errors.map(([name]) => name);
  return (
    plan.categories === categories.length &&
    plan.texts === texts.length &&
    columns.every(({ name, input }) =>
      (input === null ? texts : input === "numeric" ? streams : categories).includes(name),
    )
  );
}
