import { type Logger, pino } from "pino";
import pretty from "pino-pretty";

/** A stream of lines, and whether it is a terminal. */
type Lines = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** A logger of lines: JSON for machines, or, on a terminal, for eyes. */
export const loggerTo = (stream: Lines, { eyes = stream.isTTY === true } = {}): Logger =>
  eyes
    ? pino(pretty({ destination: stream, ignore: "pid,hostname,reqId", sync: true }))
    : pino({}, together(stream));

/** Writes the lines of one turn of the event loop at once: a write for each would take longer than the line. */
function together(stream: Lines): { write(text: string): void } {
  let lines = "";
  const write = (): void => {
    if (lines !== "") stream.write(lines);
    lines = "";
  };
  // a process that ends by itself, or by an error, has written all
  process.on("exit", write);
  return {
    write(line) {
      if (lines === "") setImmediate(write);
      lines += line;
    },
  };
}
