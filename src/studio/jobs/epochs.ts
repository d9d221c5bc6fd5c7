import { open } from "node:fs/promises";
import type { Loss } from "../api/runs.ts";

/** Losses of an epoch, as a line of `metrics.jsonl`. */
export interface EpochLine {
  readonly epoch: number;
  readonly loss: number;
  readonly validationLoss?: number;
  readonly learningRate: number;
  readonly seconds: number;
}

/** An epoch as pages are told it. */
export const lossOf = ({
  epoch,
  loss,
  validationLoss,
  learningRate,
  seconds,
}: EpochLine): Loss => ({
  ...{ epoch, loss, validationLoss: validationLoss ?? null, learningRate, seconds },
});

/** The lines that a file of epochs grows by: each is told once, and none before it is whole. */
export class EpochFile {
  readonly #path: string;
  #read = 0;
  #rest = "";

  constructor(path: string) {
    this.#path = path;
  }

  /** The epochs that came since the last time; a file that began anew is told from its begin. */
  async news(): Promise<readonly EpochLine[]> {
    const file = await open(this.#path).catch(() => null);
    if (!file) return [];
    try {
      const { size } = await file.stat();
      if (size < this.#read) {
        this.#read = 0;
        this.#rest = "";
      }
      const { bytesRead, buffer } = await file.read(
        Buffer.alloc(size - this.#read),
        0,
        null,
        this.#read,
      );
      this.#read += bytesRead;
      const lines = (this.#rest + buffer.toString("utf8", 0, bytesRead)).split("\n");
      this.#rest = lines.pop()!;
      return lines.flatMap(epochOf);
    } finally {
      await file.close();
    }
  }
}

function epochOf(line: string): readonly EpochLine[] {
  try {
    return [JSON.parse(line) as EpochLine];
  } catch {
    return [];
  }
}
