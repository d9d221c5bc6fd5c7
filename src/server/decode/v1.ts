import { EspejoError, phrase } from "../../errors.ts";
import { requestOf, theBody } from "../../http/request-of.ts";
import { z } from "../../schema.ts";
import type { ServedFacts } from "../models/served.ts";
import { instanceRows, namedRows } from "./instances.ts";
import { jsonOfBody, longList } from "./json-body.ts";
import type { Decoded, Knock } from "./knock.ts";

const optional = z.exactOptional;

/** The body of `:predict` and `:explain` (TensorFlow Serving's REST API, KServe v1): rows, or columns. */
export const v1Request: z.ZodMiniObject = z.looseObject({
  instances: optional(longList),
  inputs: optional(z.union([longList, z.record(z.string(), z.any())])),
});

interface Request {
  readonly instances?: readonly unknown[];
  readonly inputs?: readonly unknown[] | Readonly<Record<string, unknown>>;
}

/** What the answer must know: rows go back as they came, or as columns, and with reasons where these were asked for. */
export interface V1Context {
  readonly columnar: boolean;
  readonly explain: boolean;
}

/** Reads `{"instances": [...]}` or `{"inputs": ...}`. */
export async function decodeV1(knock: Knock, facts: ServedFacts): Promise<Decoded> {
  const { instances, inputs } = requestOf(v1Request, jsonOfBody(knock.body)) as Request;
  if ((instances === undefined) === (inputs === undefined))
    throw new EspejoError("request_invalid", {
      place: theBody,
      wanted: phrase("exactly_one_of", { names: "instances, inputs" }),
      got: phrase(instances === undefined ? "neither" : "both", {}),
    });
  const { rows, ignored } =
    instances !== undefined
      ? await instanceRows(facts, instances, knock, "instances")
      : Array.isArray(inputs)
        ? await instanceRows(facts, inputs, knock, "inputs")
        : await namedRows(facts, inputs as Readonly<Record<string, unknown>>, knock, "inputs");
  const { explain } = knock;
  const context: V1Context = { columnar: inputs !== undefined, explain };
  const reasons = explain ? "all" : "none";
  return {
    ...{ rows, ignored, context: { ...context } },
    wanted: { latent: false, reconstruction: false, error: false, reasons },
  };
}
