/**
 * How a window slides over a grid, along any number of axes: place i of the small grid and tap t of the
 * window meet cell u = i stride + t - before of the big one; cells outside do not exist. A convolution goes
 * from the big grid to the small one, a transposed convolution the other way. Cells are numbered row-major.
 */
export interface Windows {
  readonly big: readonly number[];
  readonly small: readonly number[];
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly before: readonly number[];
}

/** A place where a cell of the big grid is seen: cell of the small grid, tap of the window. */
export interface Meeting {
  readonly place: number;
  readonly tap: number;
}

/** The number of cells of a grid. */
export const cellsOf = (grid: readonly number[]): number => grid.reduce((n, size) => n * size, 1);

/** For each place of the small grid the cells of its window, tap by tap; -1 where there is none. */
export function cellsOfWindows({
  big,
  small,
  kernel,
  strides,
  before,
}: Windows): readonly (readonly number[])[] {
  const taps = positions(kernel);
  return positions(small).map((place) =>
    taps.map((tap) =>
      flat(
        big,
        place.map((i, axis) => i * strides[axis]! + tap[axis]! - before[axis]!),
      ),
    ),
  );
}

/** For each cell of the big grid its meetings. */
export function meetingsOfCells(windows: Windows): readonly (readonly Meeting[])[] {
  const meetings: Meeting[][] = Array.from({ length: cellsOf(windows.big) }, () => []);
  cellsOfWindows(windows).forEach((cells, place) => {
    cells.forEach((cell, tap) => {
      if (cell >= 0) meetings[cell]!.push({ place, tap });
    });
  });
  return meetings;
}

/** Cells of the big grid that may meet the same taps: those of one remainder by the strides. */
export interface Phase {
  readonly cells: readonly number[];
  readonly taps: readonly number[];
  /** For each of the cells the place that meets it at each of the taps; -1 where there is none. */
  readonly places: readonly (readonly number[])[];
}

/** The big grid by phases: one where all strides are 1, four where both of an image are 2. */
export function phasesOf({ big, small, kernel, strides, before }: Windows): readonly Phase[] {
  const cells = positions(big);
  const taps = positions(kernel);
  return positions(strides).flatMap((remainder): Phase[] => {
    const own = cells.filter((cell) => cell.every((u, k) => u % strides[k]! === remainder[k]));
    const met = taps.filter((tap) =>
      tap.every((t, k) => (remainder[k]! + before[k]! - t) % strides[k]! === 0),
    );
    const places = own.map((cell) =>
      met.map((tap) =>
        flat(
          small,
          cell.map((u, k) => (u + before[k]! - tap[k]!) / strides[k]!),
        ),
      ),
    );
    const numbers = (grid: readonly number[], list: number[][]): number[] =>
      list.map((position) => flat(grid, position));
    return own.length > 0 ? [{ cells: numbers(big, own), taps: numbers(kernel, met), places }] : [];
  });
}

/** All positions of a grid, row-major. */
function positions(grid: readonly number[]): number[][] {
  return grid.reduce<number[][]>(
    (all, size) => all.flatMap((head) => Array.from({ length: size }, (_, i) => [...head, i])),
    [[]],
  );
}

/** The number of a position, -1 outside the grid. */
function flat(grid: readonly number[], position: readonly number[]): number {
  return position.some((i, k) => i < 0 || i >= grid[k]!)
    ? -1
    : position.reduce((index, i, k) => index * grid[k]! + i, 0);
}
