// What fuzzing does to a valid thing: one field of it changed, or bytes of it.
import fc from "fast-check";

/** Values that do not belong where they are put. */
const odd = [
  ...[null, true, false, 0, -1, 1, 2, 0.5, -0.5, 1e9, -1e9, 1e308, 2 ** 31, 2 ** 53, 4294967295],
  ...[
    "",
    " ",
    "x",
    "0",
    "1e999",
    "__proto__",
    "constructor",
    "\u0000",
    "\u001b[2J",
    "\u202e",
    "ñ€😀",
  ],
  ...[
    "a".repeat(100_000),
    [],
    [[]],
    [null],
    [0, -1],
    ["x", "x"],
    {},
    { length: -1 },
    { a: { b: {} } },
  ],
];
/** Values that only a program can give. */
const programmed = [
  ...[
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    10n,
    1.5,
    5000,
  ],
  ...[
    Symbol("s"),
    () => 1,
    new Date(0),
    new Map(),
    new Uint8Array(3),
    new Float32Array([Number.NaN]),
  ],
  ...[new Float32Array(new SharedArrayBuffer(16)), Object.create(null), new Proxy({}, {})],
];

/** Every place in a tree of arrays and objects, as the keys that lead there; the tree itself is none. */
function placesIn(tree, most = 5000) {
  const places = [];
  const waiting = [[tree, []]];
  while (waiting.length > 0 && places.length < most) {
    const [node, path] = waiting.pop();
    if (node === null || typeof node !== "object" || ArrayBuffer.isView(node)) continue;
    for (const key of Object.keys(node)) {
      places.push([...path, key]);
      waiting.push([node[key], [...path, key]]);
    }
  }
  return places;
}

/** A copy with another value at a place; of what lies beside nothing is copied. */
function withValue(node, [key, ...rest], change) {
  const copy = Array.isArray(node) ? [...node] : { ...node };
  if (rest.length > 0) copy[key] = withValue(node[key], rest, change);
  else {
    const value = change(node[key]);
    if (value === removed && Array.isArray(copy)) copy.splice(Number(key), 1);
    else if (value === removed) delete copy[key];
    else copy[key] = value;
  }
  return copy;
}
const removed = Symbol("removed");

const valueAt = (tree, path) => path.reduce((node, key) => node[key], tree);

/**
 * A tree with one field changed: gone, nudged, twice, of another kind, or misnamed; `from` limits where. Gives the
 * tree and what was done.
 */
export function oneFieldChanged(tree, { pick, outside = false, places = placesIn(tree) }) {
  const path = pick(places);
  const old = valueAt(tree, path);
  const ways = {
    gone: () => removed,
    other: () => pick(outside ? [...odd, ...programmed] : odd),
    ...(typeof old === "number" && {
      nudged: () => pick([old + 1, old - 1, -old, old * 1e6, old / 3, Math.round(old) + 0.5]),
    }),
    ...(typeof old === "string" && {
      respelt: () => pick([`${old}x`, old.slice(1), old.toUpperCase(), `${old}\u0007`]),
    }),
    ...(Array.isArray(old) && { twice: () => [...old, ...old], short: () => old.slice(1) }),
  };
  const [way, change] = pick(Object.entries(ways));
  const changed = withValue(tree, path, change);
  return { tree: changed, what: `${path.join(".")} ${way}: ${told(valueOr(changed, path))}` };
}

function valueOr(tree, path) {
  try {
    return valueAt(tree, path);
  } catch {
    return undefined;
  }
}

/** A value in few letters. */
export function told(value) {
  try {
    return typeof value === "string" || (value && typeof value === "object")
      ? JSON.stringify(value)?.slice(0, 60)
      : String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** Bytes of which some are other ones, or gone, or new, or of which the end is cut off. */
export function bytesChanged(bytes, { pick, number }) {
  const at = number(bytes.length);
  const ways = {
    flipped: () => {
      const copy = Uint8Array.from(bytes);
      for (let k = 0; k <= number(3); k++) copy[number(bytes.length)] = number(256);
      return copy;
    },
    cut: () => bytes.slice(0, at),
    without: () => joined(bytes.subarray(0, at), bytes.subarray(at + 1 + number(64))),
    with: () => {
      const added = Uint8Array.from({ length: 1 + number(16) }, () => number(256));
      return joined(bytes.subarray(0, at), added, bytes.subarray(at));
    },
  };
  const [way, change] = pick(Object.entries(ways));
  return { bytes: change(), what: `bytes ${way} at ${at}` };
}

const joined = (...parts) => Uint8Array.from(Buffer.concat(parts));

/** Draws of one case, the same for the same seed. */
export function drawsOf(seed) {
  const whole = fc.noBias(fc.integer({ min: 0, max: 2 ** 31 - 1 }));
  const numbers = fc.sample(whole, { seed, numRuns: 32 });
  let at = 0;
  const number = (below) => Math.floor((numbers[at++ % numbers.length] / 2 ** 31) * below);
  return { number, pick: (list) => list[number(list.length)] };
}
