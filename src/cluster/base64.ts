/** The bytes of an array as text. */
export const base64 = ({
  buffer,
  byteOffset,
  byteLength,
}: Uint8Array | Float32Array | Float64Array | Int32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

/** Bytes from their text, at the start of a buffer of their own, so that arrays of any numbers may lie in it. */
export const bytesFrom = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(text, "base64"));
