import { isUtf8 } from "node:buffer";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { EspejoError } from "../errors.ts";
import type { SourceFile } from "./files.ts";
import type { Encoding } from "./table.ts";
import type { Workspace } from "./workspace.ts";

/** A text file as UTF-8, with the encoding that it has. */
export interface TextFile extends SourceFile {
  readonly encoding: Encoding;
  /** The decoded head, cut after its last whole line, without byte order mark. */
  readonly text: string;
}

/** Decodes a file to UTF-8 where it is not; anything that is not text is an error. */
export async function readText(
  file: SourceFile,
  workspace: Workspace,
  stated?: Encoding,
): Promise<TextFile> {
  const label = await textEncoding(file, stated);
  const encoding = label.startsWith("utf-16")
    ? "utf-16"
    : label === "windows-1252"
      ? "latin-1"
      : "utf-8";
  let path = file.path;
  if (encoding !== "utf-8") {
    path = await workspace.file(".csv");
    await pipeline(createReadStream(file.path), decoder(label), createWriteStream(path));
  }
  const decoded = new TextDecoder(label).decode(file.head);
  const end = file.whole ? decoded.length : decoded.lastIndexOf("\n") + 1 || decoded.length;
  return { ...file, path, encoding, text: decoded.slice(0, end) };
}

/** A label of the Encoding Standard. */
async function textEncoding(file: SourceFile, stated?: Encoding): Promise<string> {
  const { head } = file;
  const wide = wideEncoding(head);
  if (stated === "utf-16") return wide ?? "utf-16le";
  if (stated === "latin-1") return "windows-1252";
  if (stated === "utf-8") return "utf-8";
  if (wide) return wide;
  const controls = head.reduce((n, byte) => n + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0);
  if (head.includes(0) || controls > head.length / 100) {
    throw new EspejoError("file_binary", { path: file.shown, kind: kindOf(head) });
  }
  return (await isAllUtf8(file.path)) ? "utf-8" : "windows-1252";
}

/** UTF-16 by its byte order mark, or by where the zero bytes of Western text are. */
function wideEncoding(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const pairs = Math.min(head.length >> 1, 2000);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even++;
    if (head[2 * i + 1] === 0) odd++;
  }
  if (pairs >= 2 && odd > 0.7 * pairs && even < 0.05 * pairs) return "utf-16le";
  if (pairs >= 2 && even > 0.7 * pairs && odd < 0.05 * pairs) return "utf-16be";
  return undefined;
}

/** Names common files that are not tables of text, by their first bytes. */
function kindOf(head: Buffer): string {
  const start = head.subarray(0, 8).toString("latin1");
  if (start.startsWith("PK")) return "a zip archive or an Excel workbook";
  if (start.startsWith("\x93NUMPY")) return "a NumPy array";
  if (start.startsWith("\x89PNG") || start.startsWith("\xff\xd8")) return "an image";
  if (start.startsWith("%PDF")) return "a PDF";
  if (start.startsWith("\xd0\xcf\x11\xe0")) return "an old Excel workbook";
  return "binary data";
}

async function isAllUtf8(path: string): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    // A newline never is inside a character.
    const end = bytes.lastIndexOf(10) + 1;
    if (!isUtf8(bytes.subarray(0, end))) return false;
    rest = bytes.subarray(end);
  }
  return isUtf8(rest);
}

function decoder(label: string): (source: AsyncIterable<Buffer>) => AsyncGenerator<string> {
  return async function* (source) {
    const text = new TextDecoder(label);
    for await (const bytes of source) yield text.decode(bytes, { stream: true });
    yield text.decode();
  };
}
