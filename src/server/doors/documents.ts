import { z } from "../../schema.ts";
import { scoreQuery } from "../decode/friendly.ts";
import type { DoorName } from "../decode/knock.ts";
import { mlflowRequest } from "../decode/mlflow.ts";
import { v1Request } from "../decode/v1.ts";
import { v2Request } from "../decode/v2.ts";

/** What a reader of /docs finds the addresses by. */
export const tags = {
  score: "Espejo",
  v2: "Open Inference Protocol v2",
  mlflow: "MLflow",
  v1: "TensorFlow Serving and KServe v1",
  repository: "Model repository",
  operations: "Operations",
} as const;
type Tag = keyof typeof tags;

type JsonSchema = Readonly<Record<string, unknown>>;

/** A schema as OpenAPI 3.1 has it: JSON Schema of 2020-12. */
function jsonSchema(schema: z.core.$ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
  return rest;
}

const body = (types: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  required: true,
  content: Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema }])),
});

const text: JsonSchema = { type: "string" };
const anyJson: JsonSchema = {};
/** Bytes, and text that is no JSON: what stands in them no schema says. */
const binary: JsonSchema = {};
const number: JsonSchema = { type: ["number", "null"] };
const list = (items: JsonSchema): JsonSchema => ({ type: "array", items });
const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: true,
});

/** The body of every error. */
const errorBody = object({
  error: text,
  error_code: text,
  message: text,
  code: text,
  request_id: text,
});

const reason: JsonSchema = {
  type: "object",
  additionalProperties: true,
  properties: {
    column: text,
    expected: { type: ["string", "number"] },
    actual: { type: ["string", "number"] },
    share: { type: "number" },
  },
};
const reasons: JsonSchema = { type: ["array", "null"], items: reason };
const prediction = object({ score: number, is_anomaly: { type: "boolean" }, reasons }, ["reasons"]);
const tensor = object(
  {
    name: text,
    datatype: text,
    shape: list({ type: "integer" }),
    data: list(anyJson),
    parameters: { type: "object", additionalProperties: true },
  },
  ["data", "parameters"],
);

/** A form with files: one table, or images; its other fields are the options of the address. */
const form: JsonSchema = {
  ...{ type: "object", additionalProperties: true },
  properties: {
    file: { type: "array", items: { type: "string", format: "binary" } },
    ...(jsonSchema(scoreQuery).properties as object),
  },
};

/** What the protocols take. */
export const requestBodies: Readonly<Record<DoorName, JsonSchema>> = {
  v2: body({ "application/json": jsonSchema(v2Request), "application/octet-stream": binary }),
  mlflow: body({ "application/json": jsonSchema(mlflowRequest), "text/csv": binary }),
  v1: body({ "application/json": jsonSchema(v1Request) }),
  score: body({
    "application/json": anyJson,
    "text/csv": binary,
    "application/x-ndjson": binary,
    "image/png": binary,
    "image/jpeg": binary,
    "image/webp": binary,
    "multipart/form-data": form,
  }),
};

/** What stands behind the address of the friendly door. */
export const scoreQueryDocument: JsonSchema = jsonSchema(scoreQuery);

const json = (schema: JsonSchema): JsonSchema => ({ "application/json": { schema } });

/** What the protocols give. */
export const scoreAnswers: Readonly<Record<DoorName, JsonSchema>> = {
  v2: {
    ...json(
      object({ model_name: text, model_version: text, id: text, outputs: list(tensor) }, ["id"]),
    ),
    "application/octet-stream": { schema: binary },
  },
  mlflow: json(object({ predictions: list(prediction) })),
  v1: json(
    object(
      {
        predictions: list(prediction),
        outputs: { type: "object", additionalProperties: true },
        explanations: list(reasons),
      },
      ["predictions", "outputs", "explanations"],
    ),
  ),
  score: {
    ...json(
      object({
        model: text,
        version: text,
        threshold: object({ value: number, rule: text }),
        anomalies: { type: "integer" },
        rows: list(prediction),
      }),
    ),
    "text/csv": { schema: binary },
    "application/x-ndjson": { schema: binary },
  },
};

const tensors = list(object({ name: text, datatype: text, shape: list({ type: "integer" }) }));

/** What the other addresses give. */
export const answers = {
  server: json(object({ name: text, version: text, extensions: list(text) })),
  live: json(object({ live: { type: "boolean" } })),
  ready: json(object({ ready: { type: "boolean" } })),
  modelReady: json(object({ name: text, ready: { type: "boolean" } })),
  model: json(
    object({ name: text, versions: list(text), platform: text, inputs: tensors, outputs: tensors }),
  ),
  index: json(list(object({ name: text, version: text, state: text, reason: text }))),
  nothing: json(object({})),
  models: json(object({ models: list(text) })),
  v1Model: json(
    object({
      name: text,
      ready: { type: "boolean" },
      model_version_status: list(
        object({
          version: text,
          state: text,
          status: object({ error_code: text, error_message: text }),
        }),
      ),
    }),
  ),
  v1Metadata: json(
    object({
      model_spec: object({ name: text, version: text, signature_name: text }),
      metadata: object({ inputs: tensors, outputs: tensors }),
    }),
  ),
  drift: json(
    object({
      model_name: text,
      model_version: text,
      total: { type: "object", additionalProperties: true },
      window: { type: "object", additionalProperties: true },
    }),
  ),
  plain: { "text/plain": { schema: binary } },
  description: json(
    object(
      {
        ...{ model: text, version: text, content: text, kind: text, threshold: number },
        columns: list(
          object(
            { name: text, type: text, usual: { type: ["string", "number"] }, values: list(text) },
            ["values"],
          ),
        ),
        ...{ shape: list({ type: "integer" }), features: list(text), usual: list(number) },
      },
      ["columns", "shape", "features", "usual"],
    ),
  ),
} as const;

/** What /openapi.json says of an address. */
interface Document {
  readonly tag: Tag;
  readonly summary: string;
  readonly answer: JsonSchema;
  readonly body?: JsonSchema;
  readonly querystring?: JsonSchema;
  /** Whether a token is asked for, where there are some. */
  readonly open?: boolean;
  /** Other answers that are no errors: not ready, say. */
  readonly more?: Readonly<Record<number, JsonSchema>>;
}

const errors: JsonSchema = {
  description: "What is wrong, where, and what to do",
  content: json(errorBody),
};

/** The schema of a route, for documents only: what is asked of a body is looked at where it is read. */
export function documented({ tag, summary, answer, open, more = {}, ...rest }: Document): object {
  return {
    ...rest,
    summary,
    tags: [tags[tag]],
    ...(open && { security: [] }),
    response: {
      200: { description: "Done", content: answer },
      ...Object.fromEntries(
        Object.entries(more).map(([status, content]) => [
          status,
          { description: "Not now", content },
        ]),
      ),
      "4xx": errors,
      "5xx": errors,
    },
  };
}
