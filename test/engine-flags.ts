/**
 * For the processes of tests. V8 would optimise the WASM engine anew in each of hundreds of short ones, for more than
 * half of the time of each; without that it computes the same.
 */
export const engineFlags = process.env.ESPEJO_ENGINE === "wasm" ? ["--liftoff-only"] : [];
