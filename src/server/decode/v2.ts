import { EspejoError, phrase } from "../../errors.ts";
import { requestOf, theBody } from "../../http/request-of.ts";
import { shown, z } from "../../schema.ts";
import type { RawRows } from "../../tasks/model/raw-rows.ts";
import type { ArrayFacts, ServedFacts, TableFacts } from "../models/served.ts";
import { declaredOutputs, type OutputName, wantedBy } from "../outputs.ts";
import type { ServedRows } from "../rows.ts";
import { encodedImages } from "./images.ts";
import { jsonOfBody, longList } from "./json-body.ts";
import type { Decoded, Knock } from "./knock.ts";
import { checkRows } from "./record-columns.ts";
import { type Columns, tableRows, tensorRows } from "./table-rows.ts";
import {
  binaryValues,
  type Datatype,
  datatypes,
  flatValues,
  type RequestTensor,
  sizeOf,
} from "./tensors.ts";

const optional = z.exactOptional;
const parameters = optional(z.record(z.string(), z.any()));
const sizes = z.array(z.int().check(z.minimum(0))).check(z.minLength(1), z.maxLength(8));

/** The JSON of an inference request (Open Inference Protocol v2, with binary tensors). */
export const v2Request: z.ZodMiniObject = z.looseObject({
  id: optional(z.string().check(z.maxLength(512))),
  parameters,
  inputs: z
    .array(
      z.looseObject({
        name: z.string(),
        shape: sizes,
        datatype: z.enum(datatypes),
        parameters,
        data: optional(longList),
      }),
    )
    .check(z.minLength(1), z.maxLength(20_000)),
  outputs: optional(
    z.array(z.looseObject({ name: z.string(), parameters })).check(z.maxLength(64)),
  ),
});

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: Datatype;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly data?: readonly unknown[];
}

interface Request {
  readonly id?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Tensor[];
  readonly outputs?: readonly {
    readonly name: string;
    readonly parameters?: Readonly<Record<string, unknown>>;
  }[];
}

/** What the answer must know of a request. */
export interface V2Context {
  readonly id?: string;
  /** The outputs that were asked for, in that order, and whether each leaves as bytes. */
  readonly outputs: readonly { readonly name: OutputName; readonly binary: boolean }[];
}

/** Reads an inference request: the tensors of the model itself, or, of a table, one for each column by its name. */
export async function decodeV2(knock: Knock, facts: ServedFacts): Promise<Decoded> {
  const { body, headerLength, maxRows } = knock;
  if (headerLength !== null && headerLength > body.length)
    throw new EspejoError("request_invalid", {
      place: "Inference-Header-Content-Length",
      wanted: phrase("body_bytes", { bytes: body.length }),
      got: String(headerLength),
    });
  const json = headerLength === null ? body : body.subarray(0, headerLength);
  const request = requestOf(v2Request, jsonOfBody(json)) as unknown as Request;
  const rest = headerLength === null ? null : body.subarray(headerLength);
  const tensors = tensorsOf(request.inputs, rest);
  const declared = declaredOutputs(facts);
  const asked = request.outputs ?? declared.map(({ name }) => ({ name, parameters: undefined }));
  const all = request.parameters?.binary_data_output === true;
  const outputs = asked.map(({ name, parameters: own }, i) => {
    const known = declared.find((each) => each.name === name);
    if (!known)
      throw new EspejoError("request_invalid", {
        place: `outputs[${i}].name`,
        wanted: phrase("one_of", { names: declared.map((each) => each.name).join(", ") }),
        got: shown(name),
      });
    return { name: known.name, binary: (own?.binary_data as boolean | undefined) ?? all };
  });
  const context: V2Context = {
    ...(request.id !== undefined && { id: request.id }),
    outputs,
  };
  const wanted = wantedBy(
    outputs.map(({ name }) => name),
    request.parameters?.reasons === "all",
  );
  const { rows, ignored } =
    facts.content === "table"
      ? await tableInputs(facts, tensors, knock)
      : { rows: await arrayInput(facts, tensors, maxRows), ignored: [] };
  return { rows, wanted, ignored, context: { ...context } };
}

/** The tensors of a request, those that are bytes taken from behind the JSON in their order. */
function tensorsOf(inputs: readonly Tensor[], rest: Uint8Array | null): RequestTensor[] {
  let at = 0;
  const tensors = inputs.map(({ name, shape, datatype, parameters: own, data }, i) => {
    const place = `inputs[${i}]`;
    const size = own?.binary_data_size;
    if (size === undefined) {
      if (data === undefined)
        throw new EspejoError("request_invalid", {
          ...{ place, wanted: phrase("tensor_data", {}), got: phrase("neither", {}) },
        });
      return { name, shape, datatype, values: flatValues(data, shape, place) };
    }
    const left = rest === null ? 0 : rest.length - at;
    if (!Number.isInteger(size) || (size as number) < 0 || (size as number) > left)
      throw new EspejoError("request_invalid", {
        place: `${place}.parameters.binary_data_size`,
        wanted: phrase("bytes_left", { bytes: left }),
        got: shown(size),
      });
    const bytes = rest!.subarray(at, at + (size as number));
    at += size as number;
    return { name, shape, datatype, values: binaryValues(bytes, datatype, shape, place) };
  });
  if (rest !== null && at < rest.length)
    throw new EspejoError("request_invalid", {
      place: theBody,
      wanted: phrase("bytes_behind", { bytes: at }),
      got: String(rest.length),
    });
  return tensors;
}

/** Rows of a table from the tensors of the model, or from one for each column. */
async function tableInputs(
  facts: TableFacts,
  tensors: readonly RequestTensor[],
  { maxRows, strictColumns }: Knock,
) {
  const own = tensors.every(({ name, shape }) => isOwn(facts, name, shape));
  const quick = own && quickRows(facts, tensors, maxRows);
  if (quick) return { rows: quick, ignored: [] };
  const columns = own ? ownColumns(facts, tensors) : namedColumns(tensors);
  checkRows(columns.rows, maxRows);
  return tableRows(facts, columns, { strictColumns });
}

/** Whether a tensor is one of the model: all numbers of a row, or all its categories. */
function isOwn(
  { numeric, categories }: TableFacts,
  name: string,
  shape: readonly number[],
): boolean {
  const width = { numeric: numeric.length, categories: categories.length }[name];
  return width !== undefined && shape.length === 2 && shape[1] === width;
}

/** Rows of the tensors of the model, where all are there and no cell has to be read. */
function quickRows(
  facts: TableFacts,
  tensors: readonly RequestTensor[],
  maxRows: number,
): RawRows | null {
  const of = (name: string) => tensors.filter((each) => each.name === name);
  const [numbers, twice] = of("numeric");
  const [texts, again] = of("categories");
  const { numeric, categories } = facts;
  if (twice || again || !numbers !== (numeric.length === 0) || !texts !== (categories.length === 0))
    return null;
  const rows = tensors[0]!.shape[0]!;
  if (tensors.some(({ shape }) => shape[0] !== rows)) return null;
  checkRows(rows, maxRows);
  return tensorRows(facts, rows, numbers?.values ?? [], texts?.values ?? []);
}

function ownColumns(facts: TableFacts, tensors: readonly RequestTensor[]): Columns {
  const cells = new Map<string, ArrayLike<unknown>>();
  const rows = tensors[0]!.shape[0]!;
  tensors.forEach(({ name, shape, values }, i) => {
    const columns = name === "numeric" ? facts.numeric : facts.categories;
    if (shape[0] !== rows) throw unequal(i, shape, rows);
    columns.forEach((column, j) => {
      const own = new Array<unknown>(rows);
      for (let k = 0; k < rows; k++) own[k] = values[k * columns.length + j];
      cells.set(column.name, own);
    });
  });
  return { rows, cells };
}

function namedColumns(tensors: readonly RequestTensor[]): Columns {
  const cells = new Map<string, ArrayLike<unknown>>();
  const rows = tensors[0]!.shape[0]!;
  tensors.forEach(({ name, shape, values }, i) => {
    if (values.length !== rows || shape[0] !== rows) throw unequal(i, shape, rows);
    cells.set(name, values);
  });
  return { rows, cells };
}

const unequal = (i: number, shape: readonly number[], rows: number): EspejoError =>
  new EspejoError("request_invalid", {
    place: `inputs[${i}].shape`,
    wanted: phrase("value_per_row", { rows }),
    got: `[${shape.join(", ")}]`,
  });

/** Images or sequences from the tensor `x`: numbers, or, of images, the bytes of their files. */
async function arrayInput(
  facts: ArrayFacts,
  tensors: readonly RequestTensor[],
  maxRows: number,
): Promise<ServedRows> {
  const [{ name, shape, datatype, values }, more] = tensors as [RequestTensor, RequestTensor?];
  if (name !== "x" || more)
    throw new EspejoError("request_invalid", {
      place: "inputs",
      wanted: phrase("one_tensor", {}),
      got: shown(tensors.map((each) => each.name)),
    });
  const rows = shape[0]!;
  checkRows(rows, maxRows);
  if (datatype === "BYTES" && facts.content === "images") {
    if (values.length !== rows) throw unequal(0, shape, rows);
    return encodedImages(
      facts,
      Array.from(values) as (string | Uint8Array)[],
      (i) => `inputs[0].data[${i}]`,
    );
  }
  const width = facts.shape.reduce((n, size) => n * size, 1);
  if (
    sizeOf(shape, "inputs[0]") !== rows * width ||
    shape.slice(1).some((n, i) => shape.length === facts.shape.length + 1 && n !== facts.shape[i])
  )
    throw new EspejoError("request_invalid", {
      place: "inputs[0].shape",
      wanted: phrase("rows_of_shape", { sizes: facts.shape.join(", ") }),
      got: `[${shape.join(", ")}]`,
    });
  const x =
    facts.precision === "float64"
      ? new Float64Array(values.length)
      : new Float32Array(values.length);
  for (let i = 0; i < x.length; i++) {
    const value = values[i];
    const missing = facts.content === "sequences" && (value === null || Number.isNaN(value));
    if (!missing && !(typeof value === "number" && Number.isFinite(value)))
      throw new EspejoError("request_invalid", {
        ...{ place: `inputs[0].data[${i}]`, wanted: phrase("one_number", {}), got: shown(value) },
      });
    x[i] = missing ? Number.NaN : (value as number);
  }
  return { rows, x };
}
