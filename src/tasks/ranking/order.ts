/** The numbers of rows, the highest score first; of equals the first. Rows without a score (NaN) are left out. */
export function rankingOf(scores: Float32Array): Uint32Array {
  const order = new Uint32Array(scores.length);
  let rows = 0;
  for (let i = 0; i < scores.length; i++) if (!Number.isNaN(scores[i])) order[rows++] = i;
  return order.subarray(0, rows).sort((a, b) => scores[b]! - scores[a]! || a - b);
}
