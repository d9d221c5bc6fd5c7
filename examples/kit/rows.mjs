/** What several examples do with rows of numbers. */

/** All rows of images or sequences in one array. @param {import("espejo/node").Arrays} arrays */
export async function allRows(arrays) {
  const width = arrays.detected.shape.reduce((product, size) => product * size, 1);
  const data = new Float32Array(arrays.rows * width);
  for await (const { start, x } of arrays.batches()) data.set(x, start * width);
  return { data, shape: [arrays.rows, ...arrays.detected.shape] };
}

/** Some rows of an array, in the given order. */
export function chosenRows({ data, shape }, rows) {
  const width = data.length / shape[0];
  const chosen = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    chosen.set(data.subarray(row * width, (row + 1) * width), i * width);
  });
  return { data: chosen, shape: [rows.length, ...shape.slice(1)] };
}

/** 0 .. count - 1 in a random order that is the same for the same seed. */
export function shuffledIndices(count, seed = 1) {
  const order = Array.from({ length: count }, (_, i) => i);
  const draw = uniform(seed);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(draw() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}

/** Uniform draws from [0, 1): the generator mulberry32. */
export function uniform(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
