import { createReadStream } from "node:fs";

/**
 * The lines of a text file, without their ends: CR LF, LF or CR alone. (An interface of readline also ends lines at the
 * separators of Unicode, which are part of a cell.)
 */
export async function* textLines(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held: string[] = [];
  for await (const bytes of createReadStream(path)) {
    const text = decoder.decode(bytes as Buffer, { stream: true });
    const last = held.at(-1);
    if (!/[\r\n]/.test(text) && !last?.endsWith("\r")) {
      held.push(text);
      continue;
    }
    // The other half of a CR LF may be still to come.
    const lines = (held.join("") + text).split(/\r\n|\n|\r(?!$)/);
    held = [lines.pop()!];
    yield* lines;
  }
  const rest = held.join("") + decoder.decode();
  if (rest !== "") yield rest.replace(/\r$/, "");
}
