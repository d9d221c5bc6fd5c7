/**
 * Calls `leave` once for each item that the roots need, and for them, what an item needs before it: depth first,
 * as a recursive function would, but without a stack that a long chain overflows. There must be no circle.
 */
export function walk<T>(
  roots: Iterable<T>,
  needs: (item: T) => readonly T[],
  leave: (item: T) => void,
): void {
  const met = new Set<T>();
  const open: { readonly item: T; readonly needed: readonly T[]; next: number }[] = [];
  const meet = (item: T): void => {
    if (met.has(item)) return;
    met.add(item);
    open.push({ item, needed: needs(item), next: 0 });
  };
  for (const root of roots) {
    meet(root);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (top.next < top.needed.length) meet(top.needed[top.next++]!);
      else leave(open.pop()!.item);
    }
  }
}
