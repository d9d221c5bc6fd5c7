import type { Checkpoint, Vectors } from "./state.ts";

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
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
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
  return { ...head, vectors, best, plateauBest: head.plateauBest ?? Number.POSITIVE_INFINITY };
}
