import sharp from "sharp";

/** How a TIFF file holds its values. */
export type Sample =
  | "uint8"
  | "int8"
  | "uint16"
  | "int16"
  | "uint32"
  | "int32"
  | "half"
  | "float"
  | "double";

const formats: Readonly<Record<Sample, readonly [format: 1 | 2 | 3, bytes: 1 | 2 | 4 | 8]>> = {
  ...{ uint8: [1, 1], uint16: [1, 2], uint32: [1, 4] },
  ...{ int8: [2, 1], int16: [2, 2], int32: [2, 4] },
  ...{ half: [3, 2], float: [3, 4], double: [3, 8] },
};

/** A page of a TIFF file, [height, width, channels]. */
export interface Page {
  readonly height: number;
  readonly width: number;
  readonly channels?: 1 | 3;
  readonly values: ArrayLike<number>;
}

/** A TIFF file without compression, one strip a page; `half` values are bits. */
export function tiff(sample: Sample, pages: readonly Page[]): Buffer {
  const [format, size] = formats[sample];
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])];
  let [at, link] = [8, 4];
  const links: [place: number, target: number][] = [];
  for (const { height, width, channels = 1, values } of pages) {
    const data = Buffer.alloc(size * values.length);
    const view = new DataView(data.buffer, data.byteOffset, data.length);
    for (let i = 0; i < values.length; i++) put(view, sample, size * i, values[i]!);
    const start = at + data.length;
    const each = (value: number) => new Array<number>(channels).fill(value);
    const tags: readonly (readonly [number, number, ...number[]])[] = [
      [256, 4, width],
      [257, 4, height],
      [258, 3, ...each(8 * size)],
      [259, 3, 1],
      [262, 3, channels === 1 ? 1 : 2],
      [273, 4, at],
      [277, 3, channels],
      [278, 4, height],
      [279, 4, data.length],
      [339, 3, ...each(format)],
    ];
    const end = start + 2 + 12 * tags.length + 4;
    const head = Buffer.alloc(end - start + 32);
    head.writeUInt16LE(tags.length, 0);
    let behind = 0;
    tags.forEach(([tag, type, ...numbers], i) => {
      const entry = 2 + 12 * i;
      head.writeUInt16LE(tag, entry);
      head.writeUInt16LE(type, entry + 2);
      head.writeUInt32LE(numbers.length, entry + 4);
      const inside = numbers.length * (type === 3 ? 2 : 4) <= 4;
      if (!inside) head.writeUInt32LE(end + behind, entry + 8);
      numbers.forEach((number, k) => {
        const place = inside ? entry + 8 : end - start + behind + 2 * k;
        if (type === 3) head.writeUInt16LE(number, place);
        else head.writeUInt32LE(number, place);
      });
      if (!inside) behind += 2 * numbers.length;
    });
    parts.push(data, head);
    links.push([link, start]);
    link = end - 4;
    at = start + head.length;
  }
  const file = Buffer.concat(parts);
  for (const [place, target] of links) file.writeUInt32LE(target, place);
  return file;
}

function put(view: DataView, sample: Sample, at: number, value: number): void {
  const write: Readonly<Record<Sample, () => void>> = {
    uint8: () => view.setUint8(at, value),
    int8: () => view.setInt8(at, value),
    uint16: () => view.setUint16(at, value, true),
    int16: () => view.setInt16(at, value, true),
    uint32: () => view.setUint32(at, value, true),
    int32: () => view.setInt32(at, value, true),
    half: () => view.setUint16(at, value, true),
    float: () => view.setFloat32(at, value, true),
    double: () => view.setFloat64(at, value, true),
  };
  write[sample]();
}

/** A PNG file of 16 bits, [height, width, channels]; a second or fourth channel is how opaque a pixel is. */
export function png16(values: ArrayLike<number>, shape: readonly [number, number, 1 | 3 | 4]) {
  const [height, width, channels] = shape;
  return sharp(Uint16Array.from(values), { raw: { height, width, channels } })
    .toColourspace(channels === 1 ? "grey16" : "rgb16")
    .png()
    .toBuffer();
}
