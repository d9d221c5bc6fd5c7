import { EspejoError } from "../../errors.ts";

/** What real data of such a size stay far below: deflate gets no further than 1032. */
const largest = 1 << 28;
const mostPacked = 300;

/** Throws `archive_swollen` for what unpacks to more bytes than any real data of its packed size. */
export function checkSwelling(size: number, packed: number, path: string, name: string): void {
  if (size <= largest || size <= mostPacked * packed) return;
  throw new EspejoError("archive_swollen", { path, name, megabytes: Math.round(size / 1e6) });
}

/** What a library that unpacks says, as an error that names the file. */
export function damaged(
  path: string,
  error: unknown,
  method: "zip" | "gzip" | "zstd" = "zip",
): Error {
  if (error instanceof EspejoError) return error;
  const reason = (error as Error).message.split("\n")[0]!.slice(0, 200);
  return new EspejoError("archive_damaged", { path, method, reason }, { cause: error });
}
