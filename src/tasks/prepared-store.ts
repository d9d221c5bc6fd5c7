import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EspejoError } from "../errors.ts";
import type { Model } from "../nn/index.ts";
import { type FitOptions, fit, fitFiles } from "../training/fit.ts";
import type { Fitted } from "../training/fitted.ts";
import type { Split } from "./split.ts";

/** Where prepared rows wait for their training. */
export interface PreparedStore {
  /** Takes rows [n, width] and their masks [n, columns]. */
  add(x: Float32Array, mask: Float32Array, validate: boolean): Promise<void>;
  /** Ends the taking; the rows can be fitted until they are disposed of. */
  close(): Promise<{
    fit(model: Model, options: FitOptions): Promise<Fitted>;
    dispose(): Promise<void>;
  }>;
  /** Gives up. */
  discard(): Promise<void>;
}

/** Rows in memory: those that train, then those that judge. */
export function memoryStore(
  counts: Split["counts"],
  width: number,
  columns: number,
): PreparedStore {
  const rows = counts.train + counts.validate;
  const cells = new Float32Array(rows * width);
  const masks = new Float32Array(rows * columns);
  const next = { train: 0, validate: counts.train };
  return {
    async add(x, mask, validate) {
      const part = validate ? "validate" : "train";
      cells.set(x, next[part] * width);
      masks.set(mask, next[part] * columns);
      next[part] += x.length / width;
    },
    close: async () => ({
      fit: (model, options) =>
        fit(model, cells, {
          ...options,
          validationRows: Uint32Array.from({ length: counts.validate }, (_, i) => counts.train + i),
          ...(columns > 0 && { mask: { data: masks, columns } }),
        }),
      dispose: async () => {},
    }),
    discard: async () => {},
  };
}

/** Rows in two temporary files; each row is its cells, then its mask. */
export async function fileStore(width: number, columns: number): Promise<PreparedStore> {
  const folder = await mkdtemp(join(tmpdir(), "espejo-prepared-"));
  const stride = width + columns;
  const open_ = async (name: string): Promise<{ path: string; file: FileHandle; rows: number }> => {
    const path = join(folder, name);
    return { path, file: await open(path, "w"), rows: 0 };
  };
  const train = await open_("train.f32");
  const validation = await open_("validation.f32");
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const closeFiles = async (): Promise<void> => {
    await train.file.close();
    await validation.file.close();
  };
  return {
    async add(x, mask, validate) {
      const part = validate ? validation : train;
      const rows = x.length / width;
      let cells = x;
      if (columns > 0) {
        cells = new Float32Array(rows * stride);
        for (let i = 0; i < rows; i++) {
          cells.set(x.subarray(i * width, (i + 1) * width), i * stride);
          cells.set(mask.subarray(i * columns, (i + 1) * columns), i * stride + width);
        }
      }
      try {
        await part.file.writeFile(new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength));
      } catch (error) {
        const reason = (error as Error).message;
        throw new EspejoError("write_failed", { path: part.path, reason }, { cause: error });
      }
      part.rows += rows;
    },
    async close() {
      await closeFiles();
      const of = ({ path, rows }: typeof train) => ({ path, rows });
      const files = { train: of(train), validation: of(validation), maskColumns: columns };
      return { fit: (model, options) => fitFiles(model, files, options), dispose };
    },
    async discard() {
      await closeFiles();
      await dispose();
    },
  };
}
