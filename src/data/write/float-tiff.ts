/** A tag of a TIFF file: its number, the type of its values and these. */
type Tag = readonly [tag: number, type: 3 | 4, ...values: number[]];

const [short, long] = [3, 4] as const;
const floatFormat = 3;

/**
 * An image [height, width, channels] of 1 or 3 channels as a TIFF file of 32-bit floating point numbers, in one strip without
 * compression (TIFF 6.0, sections 2, 4, 6 and 19): libvips, as sharp has it, writes bytes alone.
 */
export function floatTiff(x: ArrayLike<number>, shape: readonly number[]): Uint8Array {
  const [height, width, channels] = shape as [number, number, number];
  const size = 4 * x.length;
  const each = (value: number): number[] => new Array<number>(channels).fill(value);
  const tags: readonly Tag[] = [
    [256, long, width],
    [257, long, height],
    [258, short, ...each(32)],
    [259, short, 1],
    [262, short, channels === 1 ? 1 : 2],
    [273, long, 8],
    [277, short, channels],
    [278, long, height],
    [279, long, size],
    [339, short, ...each(floatFormat)],
  ];
  const start = 8 + size;
  const end = start + 2 + 12 * tags.length + 4;
  // values that do not fit into a tag stand behind all of them
  const behind = tags.reduce((n, [, type, ...values]) => n + outside(type, values), 0);
  const view = new DataView(new ArrayBuffer(end + behind));
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, 42, true);
  view.setUint32(4, start, true);
  for (let i = 0; i < x.length; i++) view.setFloat32(8 + 4 * i, x[i]!, true);
  view.setUint16(start, tags.length, true);
  let next = end;
  tags.forEach(([tag, type, ...values], i) => {
    const at = start + 2 + 12 * i;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, values.length, true);
    const apart = outside(type, values);
    if (apart > 0) view.setUint32(at + 8, next, true);
    values.forEach((value, k) => {
      const place = (apart > 0 ? next : at + 8) + k * sizeOf(type);
      if (type === short) view.setUint16(place, value, true);
      else view.setUint32(place, value, true);
    });
    next += apart;
  });
  return new Uint8Array(view.buffer);
}

const sizeOf = (type: 3 | 4): number => (type === short ? 2 : 4);
const outside = (type: 3 | 4, values: readonly number[]): number => {
  const bytes = values.length * sizeOf(type);
  return bytes > 4 ? bytes : 0;
};
