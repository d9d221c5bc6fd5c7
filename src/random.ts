/**
 * Every random draw of Espejo: a seed and a stream name one sequence, the same on every machine.
 * xoshiro128** (Blackman and Vigna 2018), seeded by SplitMix32, in 32-bit integers.
 */
export interface Random {
  /** The next 32 bits, as an unsigned integer. */
  bits(): number;
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** Uniform integer in [0, n). */
  below(n: number): number;
}

/** A generator for `seed` and a path of whole numbers, say an epoch, that tells its streams apart. */
export function random(seed: number, ...stream: readonly number[]): Random {
  let mixed = mixBits(seed >>> 0) ^ mixBits(Math.floor(seed / 2 ** 32) >>> 0);
  for (const part of stream) mixed = mixBits(mixed ^ mixBits((part >>> 0) + 0x9e3779b9));
  let a = mixBits(mixed + 1);
  let b = mixBits(mixed + 2);
  let c = mixBits(mixed + 3);
  let d = mixBits(mixed + 4) | 1;
  let spare = Number.NaN;

  const bits = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  };
  const uniform = (): number => bits() / 4294967296;
  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    }
  };
  return { bits, uniform, normal, below: (n) => Math.floor(uniform() * n) };
}

/** A place among weights, drawn as often as they say by a uniform number in [0, 1). */
export function weightedPlace(weights: ArrayLike<number>, uniform: number): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  let left = uniform * total;
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** 0 .. n-1 in a random order. */
export function permutation(n: number, source: Random): Uint32Array {
  return shuffled(range(n), source);
}

/** 0 .. n-1. */
export function range(n: number): Uint32Array {
  const numbers = new Uint32Array(n);
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}

/** The values in a random order (Fisher and Yates), in a new array. */
export function shuffled(values: Uint32Array, source: Random): Uint32Array {
  const order = values.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = source.below(i + 1);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** SplitMix32's finaliser: 32 bits from 32 others. */
export function mixBits(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
