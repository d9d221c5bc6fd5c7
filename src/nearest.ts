/**
 * The candidate that differs least from a name, for "did you mean"; case and accents count half. One that
 * differs in more than `most` letters is none.
 */
export function nearest(
  name: string,
  candidates: readonly string[],
  most: number = Number.POSITIVE_INFINITY,
): string | undefined {
  let best: string | undefined;
  let least = most + 1;
  for (const candidate of candidates) {
    const distance = edits(plain(name), plain(candidate)) + (name === candidate ? 0 : 0.5);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Levenshtein's distance, a neighbouring swap counting one. */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
      }
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}
