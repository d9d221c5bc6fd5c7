import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import { EspejoError, type Phrase, phrase } from "../../errors.ts";

/** A file of a form: its name without folders, its type in small letters, its bytes. */
export interface FormFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** What a body of multipart/form-data holds: files in their order, and fields that are texts. */
export interface Form {
  readonly files: readonly FormFile[];
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** Fields that are no files: there are far fewer options. */
const mostFields = 32;
/** Characters of one: no option is so long. */
const mostCharacters = 1000;
/** RFC 2046 allows 70. */
const longestBoundary = 200;
const sliceBytes = 1 << 16;

export const theForm: Phrase = phrase("the_form", {});

const cut = (reason: "form_boundary" | "form_cut", cause?: unknown): EspejoError =>
  new EspejoError("request_cut", { reason: phrase(reason, {}) }, { cause });

const invalid = (place: string | Phrase, wanted: Phrase, got: string | Phrase): EspejoError =>
  new EspejoError("request_invalid", { place, wanted, got });

/**
 * The files and fields of a form (RFC 7578) by the boundary that its Content-Type names. A file without a name and without
 * bytes, as browsers send where none was chosen, is none. Throws `request_cut` for what is no whole form, `request_rows` for
 * more than `maxFiles` files, `request_invalid` for other limits and for parts without a name.
 */
export async function formOfBody(
  body: Uint8Array,
  contentType: string,
  maxFiles: number,
): Promise<Form> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || boundary.length > longestBoundary) throw cut("form_boundary");
  const parser = new Busboy({
    headers: { "content-type": `multipart/form-data; boundary="${boundary}"` },
    limits: {
      ...{ files: maxFiles, fields: mostFields, fieldSize: mostCharacters, fieldNameSize: 100 },
      ...{ headerPairs: 20, headerSize: 8192 },
    },
  });
  const files: { name: string; type: string; chunks: Buffer[] }[] = [];
  const fields: [string, string][] = [];
  const refuse = (error: EspejoError): void => {
    parser.destroy(error);
  };
  let parts = 0;
  parser.on("file", (_field, stream, name = "", _encoding, type) => {
    parts++;
    const chunks: Buffer[] = [];
    files.push({ name, type: type.toLowerCase(), chunks });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    // one that ends too early is told by the parser too
    stream.on("error", () => {});
  });
  parser.on("field", (name, value, longName, longValue) => {
    parts++;
    const wanted = phrase("most_characters", { limit: mostCharacters });
    if (longName || longValue) refuse(invalid(name, wanted, phrase("more", {})));
    else fields.push([name, value]);
  });
  parser.on("filesLimit", () => refuse(new EspejoError("request_rows", { limit: maxFiles })));
  parser.on("fieldsLimit", () =>
    refuse(invalid(theForm, phrase("most_fields", { limit: mostFields }), phrase("more", {}))),
  );
  try {
    await pipeline(Readable.from(slicesOf(body)), parser);
  } catch (error) {
    throw error instanceof EspejoError ? error : cut("form_cut", error);
  }
  // the parser passes over parts whose head it cannot read
  if (parts < partsOf(body, boundary))
    throw invalid(theForm, phrase("form_names", {}), phrase("neither", {}));
  return {
    files: files.flatMap(({ name, type, chunks }) => {
      const bytes = Buffer.concat(chunks);
      return name === "" && bytes.length === 0 ? [] : [{ name, type, bytes }];
    }),
    fields,
  };
}

/** A body piece by piece, so that what is refused early is not read to its end. */
function* slicesOf({ buffer, byteOffset, byteLength }: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < byteLength; at += sliceBytes)
    yield Buffer.from(buffer, byteOffset + at, Math.min(sliceBytes, byteLength - at));
}

/** How many parts a form has: their boundaries, without the last one, which has two dashes more. */
function partsOf({ buffer, byteOffset, byteLength }: Uint8Array, boundary: string): number {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const mark = Buffer.from(`--${boundary}`);
  let parts = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
    const own = at === 0 || (bytes[at - 2] === 0x0d && bytes[at - 1] === 0x0a);
    if (!own) continue;
    if (bytes.toString("latin1", at + mark.length, at + mark.length + 2) === "--") return parts;
    parts++;
  }
  return parts;
}
