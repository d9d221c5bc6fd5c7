import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { EspejoError, phrases } from "../../errors.ts";
import { readHead, type SourceFile } from "../files/files.ts";
import { foreignError } from "../files/foreign.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Encoding } from "../terms/table.ts";

/** A text file as UTF-8, with the encoding that it has. */
export interface TextFile extends SourceFile {
  readonly encoding: Encoding;
  /** The decoded head, cut after its last whole line, without byte order mark. */
  readonly text: string;
  /** What was mended on the way, which a copy of the rows must do as well. */
  readonly mended: Note | null;
}

/** Bytes of the longest line that is read. */
export const longestLine = 32_000_000;
/** Lines that the head must have, to tell what the columns are. */
const fewestLines = 20;

/** A file whose head has some lines, however long they are. */
async function withLines(file: SourceFile): Promise<SourceFile> {
  let { head, whole } = file;
  while (!whole && head.length < 2 * longestLine && countLines(head) < fewestLines) {
    const longer = await readHead(file.path, 4 * head.length);
    head = longer.head;
    whole = longer.size === head.length;
  }
  return { ...file, head, whole };
}

function countLines(head: Buffer): number {
  let lines = 0;
  for (let at = head.indexOf(10); at >= 0 && lines < fewestLines; at = head.indexOf(10, at + 1))
    lines++;
  return lines;
}

/** Decodes a file to UTF-8 with one kind of line end where it is not; what is not text is an error. */
export async function readText(
  source: SourceFile,
  workspace: Workspace,
  stated?: Encoding,
): Promise<TextFile> {
  const file = await withLines(source);
  const { label, mixed } = await textEncoding(file, stated);
  const encoding = label.startsWith("utf-16")
    ? "utf-16"
    : label === "windows-1252"
      ? "latin-1"
      : "utf-8";
  let path = file.path;
  const decoded = new TextDecoder(label).decode(file.head);
  const strays = encoding === "utf-8" ? (decoded.match(strayControls)?.length ?? 0) : 0;
  if (encoding !== "utf-8" || mixed || strays > 0) {
    path = await workspace.receive(".csv", createReadStream(file.path), decoder(label));
  }
  const end = file.whole ? decoded.length : decoded.lastIndexOf("\n") + 1 || decoded.length;
  const text = mend(decoded.slice(0, end)).replaceAll("\0", "");
  return { ...file, path, encoding, text, mended: mendedNote(decoded, strays) };
}

/** Control characters that no text has: what Windows-1252 has there was saved as if it were Latin-1. */
const strayControls = /[\u0080-\u009f]/g;
/** What Windows-1252 has from 0x80 on, where Latin-1 has control characters; Node's decoder of that name gives those. */
const windows = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** A text with the quotes and dashes of Windows-1252 where stray control characters stand for them. */
const mend = (text: string): string =>
  text.replace(strayControls, (c) => windows[c.charCodeAt(0) - 0x80]!);

function mendedNote(decoded: string, strays: number): Note | null {
  const zero = decoded.indexOf("\0");
  if (zero >= 0)
    return note("zeros_left_out", {
      count: decoded.split("\0").length - 1,
      line: decoded.slice(0, zero).split("\n").length,
    });
  if (strays === 0) return null;
  const first = decoded.search(strayControls);
  return note("characters_mended", {
    count: strays,
    line: decoded.slice(0, first).split("\n").length,
    value: mend(decoded[first]!),
  });
}

/** A label of the Encoding Standard, and whether line ends are of several kinds. */
async function textEncoding(
  file: SourceFile,
  stated?: Encoding,
): Promise<{ label: string; mixed: boolean }> {
  const { head } = file;
  const wide = wideEncoding(head);
  if (stated === "utf-16" || (wide && !stated)) return { label: wide ?? "utf-16le", mixed: false };
  if (stated === "latin-1") return { label: "windows-1252", mixed: false };
  const controls = head.reduce((n, byte) => n + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0);
  // A few zero bytes are a fault of whoever wrote the file.
  const zeros = head.reduce((n, byte) => n + (byte === 0 ? 1 : 0), 0);
  if (zeros > 1 + head.length / 1000 || controls > 1 + head.length / 100) {
    const plain = new EspejoError("file_binary", { path: file.shown, kind: phrases.binary });
    throw foreignError(file) ?? plain;
  }
  const { utf8, mixed } = await scan(file.path);
  return { label: utf8 || stated ? "utf-8" : "windows-1252", mixed };
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

/** Looks at the whole file: whether it is UTF-8, and whether some lines end with CR LF and others do not. */
async function scan(path: string): Promise<{ utf8: boolean; mixed: boolean }> {
  let rest: Buffer = Buffer.alloc(0);
  let pairs = 0;
  let others = 0;
  let utf8 = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    // A newline never is inside a character.
    const end = bytes.lastIndexOf(10) + 1;
    const lines = bytes.subarray(0, end);
    utf8 &&= isUtf8(lines);
    rest = bytes.subarray(end);
    if (others > 0 && pairs > 0) continue;
    if (pairs === 0 && !lines.includes(13)) others += lines.length;
    else
      for (let i = 0; i < lines.length; i++) {
        if (lines[i] === 10) lines[i - 1] === 13 ? pairs++ : others++;
        else if (lines[i] === 13 && lines[i + 1] !== 10) others++;
      }
  }
  return { utf8: utf8 && isUtf8(rest), mixed: pairs > 0 && others > 0 };
}

/** Decodes, and makes one newline of each line end. */
function decoder(label: string): (source: AsyncIterable<Buffer>) => AsyncGenerator<string> {
  return async function* (source) {
    const decoder = new TextDecoder(label);
    let held = "";
    for await (const bytes of source) {
      const text = held + decoder.decode(bytes, { stream: true });
      // The other half of a CR LF may be still to come.
      held = text.endsWith("\r") ? "\r" : "";
      yield mend(text.slice(0, text.length - held.length).replace(/\r\n?/g, "\n"));
    }
    yield held.replace("\r", "\n") + mend(decoder.decode());
  };
}
