import { type Logger, pino } from "pino";
import pretty from "pino-pretty";

/** A stream of lines, and whether it is a terminal. */
type Lines = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** A logger of lines: JSON for machines, or, on a terminal, for eyes. */
export const loggerTo = (stream: Lines, { eyes = stream.isTTY === true } = {}): Logger =>
  eyes
    ? pino(pretty({ destination: stream, ignore: "pid,hostname,reqId", sync: true }))
    : pino(stream as NodeJS.WritableStream & { write(text: string): boolean });
