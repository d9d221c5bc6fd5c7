/** Numbers of all rows behind a head in JSON: its length in four bytes, the head up to a multiple of four, then the numbers. */
export function packed(head: object, values: Float32Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const padded = Math.ceil(text.length / 4) * 4;
  const bytes = new Uint8Array(4 + padded + values.byteLength).fill(32, 4, 4 + padded);
  new DataView(bytes.buffer).setUint32(0, padded, true);
  bytes.set(text, 4);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 4 + padded);
  return bytes;
}

/** What was packed; the numbers stay where the bytes lie. */
export function unpacked<Head>(bytes: ArrayBuffer): {
  readonly head: Head;
  readonly values: Float32Array;
} {
  const length = new DataView(bytes).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length))) as Head;
  return { head, values: new Float32Array(bytes, 4 + length) };
}
