import type { Writable } from "node:stream";
import { EspejoError } from "../errors.ts";
import { reasonOf } from "../files.ts";

/** Where a command line prints. */
interface Standard {
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** What becomes of all that is printed. */
export interface Streams {
  /** Resolves when all that was printed is written, or has failed. */
  settled(): Promise<void>;
  /** Whether an error is that of a write to standard output. */
  owns(error: unknown): boolean;
  /** Why standard output lacks something; null where all is there, or its reader, such as head, has gone. */
  failure(): EspejoError | null;
}

/**
 * Watches standard output and standard error, so that no failure of theirs ends the process: what writes may
 * have other work. What cannot be said on standard error cannot be said at all.
 */
export function watchStreams({ stdout, stderr }: Standard): Streams {
  const errors = new Set<unknown>();
  const note = (error: Error): void => void errors.add(error);
  const ignore = (): void => {};
  stdout.on("error", note);
  stderr.on("error", ignore);
  return {
    settled: () => settled([stdout, stderr]),
    owns: (error) => errors.has(error),
    failure() {
      const cause = [...errors].find((error) => (error as NodeJS.ErrnoException).code !== "EPIPE");
      if (cause === undefined) return null;
      const reason = reasonOf(cause as Error);
      return new EspejoError("write_failed", { path: "stdout", reason }, { cause });
    },
  };
}

/** How long a reader may take for what is still to be written when the process shall end at once. */
const mostMilliseconds = 500;

/** Ends the process at once, but for what a pipe has not taken yet. */
export function endProcess(code: number): void {
  const standard = [process.stdout, process.stderr];
  if (standard.every(({ writableLength }) => writableLength === 0)) process.exit(code);
  setTimeout(() => process.exit(code), mostMilliseconds);
  void settled(standard).then(() => process.exit(code));
}

async function settled(streams: readonly Writable[]): Promise<void> {
  await Promise.all(
    streams.map((stream) => new Promise<void>((resolve) => stream.write("", () => resolve()))),
  );
  // a failure is told after the write is done
  await new Promise((resolve) => setImmediate(resolve));
}
