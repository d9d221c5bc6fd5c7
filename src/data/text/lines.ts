import { createReadStream } from "node:fs";

/** The line (from 1) on which a row of a delimited file begins: quoted cells may span lines, blank ones count none. `skip` line ends, outside of quotes, come before the first row. */
export async function lineOfRow(
  path: string,
  quote: string,
  skip: number,
  row: number,
): Promise<number> {
  let rows = 0;
  return visitRows(path, quote, skip, () => ++rows === row);
}

/** The lines on which all rows begin. */
export async function linesOfRows(path: string, quote: string, skip: number): Promise<number[]> {
  const lines: number[] = [];
  await visitRows(path, quote, skip, (line) => {
    lines.push(line);
    return false;
  });
  return lines;
}

/** Goes from row to row until one is the last to be seen; gives its line. */
async function visitRows(
  path: string,
  quote: string,
  skip: number,
  isLast: (line: number) => boolean,
): Promise<number> {
  const mark = quote.charCodeAt(0);
  let line = 1;
  let ends = 0;
  let quoted = false;
  let blank = true;
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
    for (const byte of bytes as Buffer) {
      if (byte === 10) {
        if (!quoted) {
          blank = true;
          ends++;
        }
        line++;
      } else if (byte !== 13) {
        if (blank && ends >= skip && isLast(line)) return line;
        blank = false;
        if (byte === mark) quoted = !quoted;
      }
    }
  }
  return line;
}
