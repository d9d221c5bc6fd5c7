import { optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { argument } from "../tasks/model/arguments.ts";

const optional = z.exactOptional;
const name = z.string().check(z.minLength(1));

/** What functions of a cluster take beside options, as it comes from a caller. */
export const clusterArgument = {
  connection: z.custom<unknown>(
    (value) => ["ask", "end"].every((each) => typeof Object(value)[each] === "function"),
    "a connection, as connectToCluster gives one",
  ),
  data: z.custom<unknown>(
    (value) =>
      ["path", "table", "sql", "held"].some((each) => typeof Object(value)[each] === "string"),
    "data of a cluster: { path }, { table } or { sql }",
  ),
};

/** A model and data that it is used on. */
export const usePart: z.ZodMiniType = z.looseObject({
  connection: clusterArgument.connection,
  model: argument.tableModel,
  data: clusterArgument.data,
});

const overwrite = optional(z.boolean());

/** Where rows go. */
export const outputPart: z.ZodMiniType = z.union([
  z.strictObject({ path: name, format: z.enum(["csv", "json", "parquet"]), overwrite }),
  z.strictObject({ table: name, overwrite }),
]);

/** How data of a model are looked at first. */
export const matchShape = {
  read: optional(z.looseObject({})),
  onNote: optional(optionParts.listener),
};

/** Options of a training on a cluster, beside those of a training. */
export const clusterTrainShape = {
  partitions: optional(optionParts.whole(1)),
  localSteps: optional(optionParts.whole(1)),
  read: optional(z.looseObject({})),
  onPhase: optional(optionParts.listener),
  onTable: optional(optionParts.listener),
};

/** Where a cluster is. */
export const placePart: z.ZodMiniObject = z.object({
  master: optional(name),
  connect: optional(name),
  conf: optional(z.record(z.string(), z.string())),
  python: optional(name),
  log: optional(name),
  onWaiting: optional(optionParts.listener),
});
