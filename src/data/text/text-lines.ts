import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

/**
 * The lines of a text file, without their ends. Reading begins with the first that is asked for: an interface of
 * readline made before that loses what it has read by then.
 */
export async function* textLines(path: string): AsyncGenerator<string> {
  const input = createReadStream(path);
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}
