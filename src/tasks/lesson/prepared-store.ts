import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EspejoError } from "../../errors.ts";
import { reasonOf, temporaryFolder } from "../../files.ts";
import type { Model } from "../../nn/index.ts";
import { range } from "../../random.ts";
import { type FilesInput, type FitOptions, fit, fitFiles } from "../../training/fit.ts";
import type { Fitted } from "../../training/fitted.ts";
import type { Split } from "../rows/split.ts";

/** Cells of a prepared row beyond x: the mask of its source columns, and its weight. */
export type Extras = FilesInput["extras"];

/** Rows on their way to be learnt from: x [n, width] and, where there are such, mask and weight. */
export interface PreparedRows {
  readonly x: Float32Array;
  readonly mask?: Float32Array;
  readonly weight?: Float32Array;
  readonly target?: Float32Array;
}

/** Where prepared rows wait for their training. */
export interface PreparedStore {
  add(rows: PreparedRows, validate: boolean): Promise<void>;
  /** Ends the taking; the rows can be fitted until they are disposed of. */
  close(): Promise<{
    fit(model: Model, options: FitOptions): Promise<Fitted>;
    dispose(): Promise<void>;
  }>;
  /** Gives up. */
  discard(): Promise<void>;
}

/** Rows in memory: those that train, then those that judge. */
export function memoryStore(counts: Split["counts"], width: number, extras: Extras): PreparedStore {
  const rows = counts.train + counts.validate;
  const widths = { x: width, ...extras };
  const arrays = Object.fromEntries(
    Object.entries(widths).map(([name, cells]) => [name, new Float32Array(rows * cells)]),
  ) as Record<keyof PreparedRows, Float32Array>;
  const next = { train: 0, validate: counts.train };
  return {
    async add(given, validate) {
      const part = validate ? "validate" : "train";
      for (const [name, cells] of Object.entries(widths))
        arrays[name as keyof PreparedRows].set(
          given[name as keyof PreparedRows]!,
          next[part] * cells,
        );
      next[part] += given.x.length / width;
    },
    close: async () => ({
      fit: (model, options) =>
        fit(model, arrays.x, {
          ...options,
          validationRows: range(rows).subarray(counts.train),
          ...(extras.mask && { mask: { data: arrays.mask, columns: extras.mask } }),
          ...(extras.weight && { sampleWeight: arrays.weight }),
          ...(extras.target && { target: arrays.target }),
        }),
      dispose: async () => {},
    }),
    discard: async () => {},
  };
}

/** Rows in two temporary files; each row is its cells, then its extras. */
export async function fileStore(width: number, extras: Extras): Promise<PreparedStore> {
  const folder = temporaryFolder(join(tmpdir(), "espejo-prepared-"));
  const widths = { x: width, ...extras };
  const stride = Object.values(widths).reduce((a, b) => a + b, 0);
  const openPart = async (
    name: string,
  ): Promise<{ path: string; file: FileHandle; rows: number }> => {
    const path = join(folder.path, name);
    return { path, file: await open(path, "w"), rows: 0 };
  };
  const train = await openPart("train.f32");
  const validation = await openPart("validation.f32");
  const dispose = (): Promise<void> => folder.remove();
  const closeFiles = async (): Promise<void> => {
    await train.file.close();
    await validation.file.close();
  };
  return {
    async add(given, validate) {
      const part = validate ? validation : train;
      const rows = given.x.length / width;
      const cells = new Float32Array(rows * stride);
      let offset = 0;
      for (const [name, size] of Object.entries(widths)) {
        const array = given[name as keyof PreparedRows]!;
        for (let i = 0; i < rows; i++)
          cells.set(array.subarray(i * size, (i + 1) * size), i * stride + offset);
        offset += size;
      }
      try {
        await part.file.writeFile(new Uint8Array(cells.buffer));
      } catch (error) {
        const reason = reasonOf(error as Error);
        throw new EspejoError("write_failed", { path: part.path, reason }, { cause: error });
      }
      part.rows += rows;
    },
    async close() {
      await closeFiles();
      const of = ({ path, rows }: typeof train) => ({ path, rows });
      const files = { train: of(train), validation: of(validation), extras };
      return { fit: (model, options) => fitFiles(model, files, options), dispose };
    },
    async discard() {
      await closeFiles();
      await dispose();
    },
  };
}
