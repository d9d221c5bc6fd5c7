import { tableFromRows } from "../../data/memory/memory.ts";
import type { MemoryValue } from "../../data/memory/memory-column.ts";
import { openTable } from "../../data/tables/open.ts";
import type { Address } from "../../data/terms/address.ts";
import { flagOf, refuseIdle } from "../../data/terms/idle-options.ts";
import { memoryOptions, openOptions } from "../../data/terms/open-options.ts";
import type { OpenOptions, Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { checkObject } from "../../options.ts";
import type { TableModel } from "../model/table-model.ts";
import type { TrainOptions } from "./train-options.ts";

/**
 * Where rows come from: a path (or glob), a `file:` address, the bytes of a file, a list of objects, or a table that was
 * opened before.
 */
export type DataSource = Address | Table | readonly Readonly<Record<string, MemoryValue>>[];

/** Options of reading and of training, side by side. */
export type JobOptions = OpenOptions & TrainOptions;

/** Opens a source unless it is open, does something with its table, and closes what it opened. */
export async function withTable<T>(
  data: DataSource,
  options: OpenOptions,
  use: (table: Table) => Promise<T>,
): Promise<T> {
  checkObject("a job", options);
  if (isTable(data)) {
    refuseLate(data, options);
    return use(data);
  }
  const table = Array.isArray(data)
    ? tableInMemory(data, options)
    : await openTable(data as Address, ofNames(options, Object.keys(openOptions.shape)));
  try {
    return await use(table);
  } finally {
    await table.dispose();
  }
}

/** What a table that is open need not obey: limits of reading, and the model that scoring brings. */
const anyTime: readonly (keyof OpenOptions)[] = [
  ...(["memoryLimit", "threads", "tempDirectory", "exact", "expect", "prior"] as const),
];

function tableInMemory(rows: Parameters<typeof tableFromRows>[0], options: OpenOptions): Table {
  refuseIdle("rows", { table: "memory" }, ofNames(options, Object.keys(openOptions.shape)));
  return tableFromRows(rows, ofNames(options, Object.keys(memoryOptions.shape)));
}

/** Throws `option_late` for an option of reading where the table was read before. */
function refuseLate({ path }: Table, options: OpenOptions): void {
  const late = Object.keys(
    ofNames(options, Object.keys(openOptions.shape)),
  ) as (keyof OpenOptions)[];
  const name = late.find((each) => options[each] !== undefined && !anyTime.includes(each));
  if (name) throw new EspejoError("option_late", { path, option: flagOf(name, options) });
}

/** What opening data is told, of options that tell a training more. */
const ofNames = (options: OpenOptions, names: readonly string[]): OpenOptions =>
  Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));

const isTable = (data: DataSource): data is Table => typeof Object(data).batches === "function";

/** As `withTable`, for data that must match a model. */
export function withMatchingTable<T>(
  data: DataSource,
  { metadata }: TableModel,
  use: (table: Table) => Promise<T>,
): Promise<T> {
  return withTable(data, { expect: metadata.columns, prior: metadata.source }, use);
}
