import { loadEngine } from "../../../../src/engine/web.ts";
import type { DecodedColumn } from "../../../../src/studio/api/codes.ts";
import { api } from "../../api.ts";
import { likeliest } from "./likeliest.ts";

/** What a code gives for a column. */
export interface DecodedCell {
  /** In the units of the column, of dates in days; null of categories. */
  readonly number: number | null;
  /** Of a category the likeliest value, and how likely the decoder holds it. */
  readonly value: string | null;
  readonly probability: number | null;
}

/** Rows from codes, in this page. */
export interface Decoder {
  decode(codes: readonly (readonly number[])[]): Promise<readonly (readonly DecodedCell[])[]>;
  dispose(): Promise<void>;
}

/** The decoder of a run's model, on the engine for browsers. Throws a `Failure`, `package_file`, `engine_refused`. */
export async function openDecoder(run: string, cells: readonly DecodedColumn[]): Promise<Decoder> {
  const [engine, bytes] = await Promise.all([loadEngine(), api.decoder(run)]);
  const program = await engine.load(new Uint8Array(bytes));
  const numeric = cells.filter(({ kind }) => kind !== "category").length;
  const categories = cells.slice(numeric);
  const width = categories.reduce((sum, { values }) => sum + values.length, numeric);
  return {
    async decode(codes) {
      const [rows, size] = [codes.length, codes[0]?.length ?? 0];
      const data = Float32Array.from(codes.flat());
      const given = await program.run({ latent: { dtype: "float32", shape: [rows, size], data } });
      const rebuilt = given.reconstruction?.data as Float64Array | undefined;
      const decoded = given.decoded!.data as Float32Array;
      return codes.map((_, i) => {
        const numbers = cells.slice(0, numeric).map(
          (_cell, j): DecodedCell => ({
            ...{ number: rebuilt![i * numeric + j]!, value: null, probability: null },
          }),
        );
        let at = i * width + numeric;
        const values = categories.map(({ values: names }): DecodedCell => {
          const logits = decoded.subarray(at, at + names.length);
          at += names.length;
          const { place, probability } = likeliest(logits);
          return { number: null, value: names[place]!, probability };
        });
        return [...numbers, ...values];
      });
    },
    dispose: () => program.dispose(),
  };
}
