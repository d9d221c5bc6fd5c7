import { createReadStream } from "node:fs";

/** The line (from 1) on which a row of a delimited file begins: quoted cells may span lines, blank ones count none. `skip` line ends, outside of quotes, come before the first row. */
export async function lineOfRow(
  path: string,
  quote: string,
  skip: number,
  row: number,
): Promise<number> {
  const mark = quote.charCodeAt(0);
  let line = 1;
  let ends = 0;
  let rows = 0;
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
        if (blank && ends >= skip && ++rows === row) return line;
        blank = false;
        if (byte === mark) quoted = !quoted;
      }
    }
  }
  return line;
}
