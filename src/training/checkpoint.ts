import { checked, faultText, z } from "../schema.ts";
import type { Checkpoint, Vectors } from "./state.ts";

const number = z.number();
const count = z.int().check(z.minimum(0));
const sizes = z.record(z.string(), count);

/** What stands before the vectors of a checkpoint. */
const checkpointHead = z.object({
  format: z.literal(1),
  epoch: count,
  step: count,
  totalSteps: count,
  sums: z.array(number),
  waited: count,
  plateauWaited: count,
  plateauBest: z.nullable(number),
  rateFactor: number,
  history: z.array(
    z.looseObject({ epoch: count, loss: number, learningRate: number, seconds: number }),
  ),
  vectors: sizes,
  best: z.nullable(z.object({ loss: number, epoch: count, vectors: sizes })),
});

/** The file of a checkpoint: the length of a JSON head, the head, then the vectors as float32. */
export function encodeCheckpoint(checkpoint: Checkpoint): readonly Uint8Array[] {
  const { vectors, best, ...rest } = checkpoint;
  const sizes = (of: Vectors): Record<string, number> =>
    Object.fromEntries(Object.entries(of).map(([name, data]) => [name, data.length]));
  const head = new TextEncoder().encode(
    JSON.stringify({
      ...rest,
      format: 1,
      plateauBest: Number.isFinite(rest.plateauBest) ? rest.plateauBest : null,
      vectors: sizes(vectors),
      best: best && { ...best, vectors: sizes(best.vectors) },
    }),
  );
  const bytes = (of: Vectors): Uint8Array[] =>
    Object.values(of).map((v) => new Uint8Array(v.buffer, v.byteOffset, v.byteLength));
  const length = new Uint8Array(Uint32Array.of(head.length).buffer);
  return [length, head, ...bytes(vectors), ...(best ? bytes(best.vectors) : [])];
}

/** Reads what `encodeCheckpoint` wrote. Throws an Error for a damaged file. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= 4 ? view.getUint32(0, true) : 0;
  if (length === 0 || 4 + length > bytes.length) throw new Error("the checkpoint is cut off");
  const result = checked(
    checkpointHead,
    JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))),
  );
  if ("fault" in result) throw new Error(faultText(result.fault));
  const head = result.value;
  let at = 4 + length;
  const read = (sizes: Record<string, number>): Vectors =>
    Object.fromEntries(
      Object.entries(sizes).map(([name, size]) => {
        if (at + 4 * size > bytes.length) throw new Error("the checkpoint is cut off");
        // a copy, so that it is aligned; the slice of a Buffer would be none
        const data = new Float32Array(new Uint8Array(bytes.subarray(at, at + 4 * size)).buffer);
        at += 4 * size;
        return [name, data];
      }),
    );
  const vectors = read(head.vectors);
  const best = head.best && { ...head.best, vectors: read(head.best.vectors) };
  const { format: _, ...rest } = head;
  const plateauBest = head.plateauBest ?? Number.POSITIVE_INFINITY;
  return { ...rest, vectors, best, plateauBest } as Checkpoint;
}
