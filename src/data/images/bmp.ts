/** Pixels of a BMP file, row by row from the top: grey, colour, or colour and how opaque it is. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly pixels: Uint8Array;
}

/** Whether a file begins as BMP does. */
export const isBmp = (head: Uint8Array): boolean => head[0] === 0x42 && head[1] === 0x4d;

/** Pixels of one image; far larger ones are no images. */
const mostPixels = 2 ** 28;

/** How pixels are packed: as they are, in runs of 8 or 4 bits, or in parts that masks tell. */
const packed = { none: 0, runs8: 1, runs4: 2, masks: 3, masksWithAlpha: 6 } as const;

/** What the head of a file tells of its pixels. */
interface Head {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly packing: number;
  /** Bytes before the pixels. */
  readonly offset: number;
  /** The first row is the topmost. */
  readonly down: boolean;
  /** Three bytes of colour for each index; null where pixels hold their colours. */
  readonly palette: Uint8Array | null;
  /** Bits of red, green, blue and alpha in a pixel of 16 or 32. */
  readonly masks: readonly number[];
}

/**
 * A BMP file, decoded (Microsoft, "Bitmap storage"; BITMAPCOREHEADER to BITMAPV5HEADER, 1 to 32 bits, palettes, masks and
 * runs): libvips reads none. Throws an Error that says what is wrong with the file.
 */
export function decodeBmp(bytes: Uint8Array): Bitmap {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = readHead(view);
  const { width, height, bits, packing } = head;
  if (packing === packed.runs8 || packing === packed.runs4)
    return coloured(head, indicesOfRuns(bytes, head));
  const stride = Math.floor((bits * width + 31) / 32) * 4;
  if (head.offset + stride * height > bytes.length) throw new Error("it is cut short");
  if (bits <= 8) return coloured(head, indicesOf(bytes, head, stride));
  return bits === 24 ? triples(bytes, head, stride) : masked(view, head, stride);
}

function readHead(view: DataView): Head {
  if (view.byteLength < 26) throw new Error("it is cut short");
  const offset = view.getUint32(10, true);
  const size = view.getUint32(14, true);
  const core = size === 12;
  if (!core && (size < 16 || size > 124 || view.byteLength < 14 + Math.max(40, size)))
    throw new Error("its header is damaged");
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const rows = core ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(core ? 24 : 28, true);
  const packing = core ? packed.none : view.getUint32(30, true);
  const height = Math.abs(rows);
  if (width < 1 || height < 1 || width * height > mostPixels)
    throw new Error(`its size is ${width} x ${height}`);
  const withMasks = packing === packed.masks || packing === packed.masksWithAlpha;
  const fits =
    packing === packed.none
      ? [1, 2, 4, 8, 16, 24, 32].includes(bits)
      : packing === packed.runs8
        ? bits === 8
        : packing === packed.runs4
          ? bits === 4
          : withMasks && (bits === 16 || bits === 32);
  if (!fits) throw new Error(`pixels of ${bits} bits in packing ${packing} are not read`);
  // masks stand behind the oldest header, and inside of later ones
  const own = withMasks && size === 40 ? (packing === packed.masksWithAlpha ? 16 : 12) : 0;
  const start = 14 + size + own;
  const entry = core ? 3 : 4;
  const stated = core || size < 40 ? 0 : view.getUint32(46, true);
  const room = Math.max(0, Math.floor((Math.min(offset, view.byteLength) - start) / entry));
  const colours = bits > 8 ? 0 : Math.min(stated || 2 ** bits, 2 ** bits, room);
  return {
    ...{ width, height, bits, packing, offset, down: rows < 0 },
    palette: bits > 8 ? null : paletteOf(view, start, colours, entry),
    masks: withMasks ? masksOf(view, size, packing) : bits === 16 ? fives : bytesOfPixel,
  };
}

const fives = [0x7c00, 0x3e0, 0x1f, 0];
const bytesOfPixel = [0xff0000, 0xff00, 0xff, 0];

function masksOf(view: DataView, size: number, packing: number): readonly number[] {
  const alpha = packing === packed.masksWithAlpha || size >= 56;
  if (view.byteLength < (alpha ? 70 : 66)) throw new Error("it is cut short");
  return [54, 58, 62, 66].map((at) => (at < 66 || alpha ? view.getUint32(at, true) : 0));
}

/** Colours by their index; those that a file lacks are black. */
function paletteOf(view: DataView, start: number, colours: number, entry: number): Uint8Array {
  const palette = new Uint8Array(3 * 256);
  for (let i = 0; i < colours; i++)
    for (let c = 0; c < 3; c++) palette[3 * i + c] = view.getUint8(start + i * entry + 2 - c);
  return palette;
}

/** The row of a picture that lies at a place of the file. */
const rowAt = ({ height, down }: Head, place: number): number =>
  down ? place : height - 1 - place;

function indicesOf(bytes: Uint8Array, head: Head, stride: number): Uint8Array {
  const { width, height, bits, offset } = head;
  const indices = new Uint8Array(width * height);
  const perByte = 8 / bits;
  const most = 2 ** bits - 1;
  for (let place = 0; place < height; place++) {
    const to = rowAt(head, place) * width;
    for (let x = 0; x < width; x++) {
      const byte = bytes[offset + place * stride + Math.floor(x / perByte)]!;
      indices[to + x] = (byte >> (8 - bits * ((x % perByte) + 1))) & most;
    }
  }
  return indices;
}

/** Runs: a count and what it repeats; 0 and 0 end a row, 1 the picture, 2 moves on, more are so many pixels as they are. */
function indicesOfRuns(bytes: Uint8Array, head: Head): Uint8Array {
  const { width, height, bits, offset } = head;
  const indices = new Uint8Array(width * height);
  let [at, x, place] = [offset, 0, 0];
  const next = (): number => {
    if (at >= bytes.length) throw new Error("it is cut short");
    return bytes[at++]!;
  };
  const put = (index: number): void => {
    if (x < width && place < height) indices[rowAt(head, place) * width + x] = index;
    x++;
  };
  /** One of the pixels of a byte, which holds two of 4 bits. */
  const part = (byte: number, i: number): number =>
    bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15;
  while (place < height) {
    const [count, value] = [next(), next()];
    if (count > 0) for (let i = 0; i < count; i++) put(part(value, i));
    else if (value === 0) [x, place] = [0, place + 1];
    else if (value === 1) break;
    else if (value === 2) [x, place] = [x + next(), place + next()];
    else {
      const size = Math.ceil((value * bits) / 8);
      const from = at;
      if (from + size > bytes.length) throw new Error("it is cut short");
      for (let i = 0; i < value; i++) put(part(bytes[from + Math.floor((i * bits) / 8)]!, i));
      at = from + size + (size % 2);
    }
  }
  return indices;
}

/** Indices as colours; grey where all colours of the palette are. */
function coloured({ width, height, palette }: Head, indices: Uint8Array): Bitmap {
  const colours = palette!;
  let grey = true;
  for (let i = 0; i < colours.length && grey; i += 3)
    grey = colours[i] === colours[i + 1] && colours[i] === colours[i + 2];
  const channels = grey ? 1 : 3;
  const pixels = new Uint8Array(indices.length * channels);
  indices.forEach((index, i) => {
    for (let c = 0; c < channels; c++) pixels[i * channels + c] = colours[3 * index + c]!;
  });
  return { width, height, channels, pixels };
}

function triples(bytes: Uint8Array, head: Head, stride: number): Bitmap {
  const { width, height, offset } = head;
  const pixels = new Uint8Array(width * height * 3);
  for (let place = 0; place < height; place++) {
    const to = rowAt(head, place) * width * 3;
    for (let k = 0; k < width * 3; k++)
      pixels[to + k] = bytes[offset + place * stride + k + 2 - 2 * (k % 3)]!;
  }
  return { width, height, channels: 3, pixels };
}

/** Pixels of 16 or 32 bits, their parts told by masks. Alpha that is 0 everywhere was never set. */
function masked(view: DataView, head: Head, stride: number): Bitmap {
  const { width, height, bits, offset, masks } = head;
  const parts = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { mask, shift, most: mask >>> shift };
  });
  const all = new Uint8Array(width * height * 4);
  let opaque = 0;
  for (let place = 0; place < height; place++)
    for (let x = 0; x < width; x++) {
      const at = offset + place * stride + (x * bits) / 8;
      const pixel = bits === 16 ? view.getUint16(at, true) : view.getUint32(at, true);
      const to = (rowAt(head, place) * width + x) * 4;
      parts.forEach(({ mask, shift, most }, c) => {
        if (most > 0) all[to + c] = Math.round((((pixel & mask) >>> shift) * 255) / most);
      });
      opaque |= all[to + 3]!;
    }
  if (opaque > 0) return { width, height, channels: 4, pixels: all };
  return { width, height, channels: 3, pixels: all.filter((_, k) => k % 4 !== 3) };
}
