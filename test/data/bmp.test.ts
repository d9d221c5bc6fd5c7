import { describe, expect, test } from "vitest";
import { type Bitmap, decodeBmp } from "../../src/data/images/bmp.ts";

interface Made {
  readonly bits: 1 | 2 | 4 | 8 | 16 | 24 | 32;
  readonly width: number;
  readonly height: number;
  /** Bytes of the pixels, the lowest row first unless `down`. */
  readonly pixels: readonly number[];
  /** Blue, green and red of each colour. */
  readonly palette?: readonly (readonly [b: number, g: number, r: number])[];
  readonly packing?: number;
  readonly masks?: readonly number[];
  readonly down?: boolean;
  /** Of the header: 12 is the oldest, 124 the newest. */
  readonly header?: 12 | 40 | 56 | 124;
}

/** A BMP file by the letter of its description. */
function bmp(made: Made): Uint8Array {
  const { bits, width, height, pixels, palette = [], packing = 0, masks = [], down } = made;
  const header = made.header ?? 40;
  const behind = header === 40 ? masks : [];
  const entry = header === 12 ? 3 : 4;
  const offset = 14 + header + 4 * behind.length + entry * palette.length;
  const view = new DataView(new ArrayBuffer(offset + pixels.length));
  view.setUint16(0, 0x424d);
  view.setUint32(2, view.byteLength, true);
  view.setUint32(10, offset, true);
  view.setUint32(14, header, true);
  if (header === 12) {
    [width, height, 1, bits].forEach((value, i) => {
      view.setUint16(18 + 2 * i, value, true);
    });
  } else {
    view.setInt32(18, width, true);
    view.setInt32(22, down ? -height : height, true);
    view.setUint16(26, 1, true);
    view.setUint16(28, bits, true);
    view.setUint32(30, packing, true);
    view.setUint32(46, palette.length, true);
    masks.forEach((mask, i) => {
      view.setUint32(54 + 4 * i, mask, true);
    });
  }
  palette.forEach((colour, i) => {
    colour.forEach((part, c) => {
      view.setUint8(offset - entry * palette.length + entry * i + c, part);
    });
  });
  pixels.forEach((value, i) => {
    view.setUint8(offset + i, value);
  });
  return new Uint8Array(view.buffer);
}

const red = [0, 0, 255] as const;
const blue = [255, 0, 0] as const;
const [R, B] = [
  [255, 0, 0],
  [0, 0, 255],
];
const grey = (value: number) => [value, value, value] as const;
const pixels = (...colours: readonly (readonly number[])[]): number[] => colours.flat();

const cases: readonly (readonly [string, Made, Pick<Bitmap, "channels"> & { pixels: number[] }])[] =
  [
    [
      "1 bit, a row of 9, the lowest row first",
      {
        bits: 1,
        width: 9,
        height: 2,
        palette: [red, blue],
        pixels: [0x80, 0x80, 0, 0, 0, 0, 0, 0],
      },
      { channels: 3, pixels: pixels(R, R, R, R, R, R, R, R, R, B, R, R, R, R, R, R, R, B) },
    ],
    [
      "2 bits",
      { bits: 2, width: 3, height: 1, palette: [red, blue], pixels: [0b00_01_00_00, 0, 0, 0] },
      { channels: 3, pixels: pixels(R, B, R) },
    ],
    [
      "4 bits, a row of an odd number",
      {
        bits: 4,
        width: 3,
        height: 2,
        palette: [red, blue],
        pixels: [1, 0, 0, 0, 0x11, 0x10, 0, 0],
      },
      { channels: 3, pixels: pixels(B, B, B, R, B, R) },
    ],
    [
      "8 bits in grey, from the top",
      {
        bits: 8,
        width: 2,
        height: 2,
        down: true,
        palette: [grey(7), grey(9)],
        pixels: [0, 1, 0, 0, 1, 1, 0, 0],
      },
      { channels: 1, pixels: [7, 9, 9, 9] },
    ],
    [
      "8 bits with the oldest header",
      { bits: 8, width: 1, height: 1, header: 12, palette: [red, blue], pixels: [1, 0, 0, 0] },
      { channels: 3, pixels: B! },
    ],
    [
      "16 bits, five for each colour",
      { bits: 16, width: 2, height: 1, pixels: [0x00, 0x7c, 0x1f, 0x00] },
      { channels: 3, pixels: pixels(R!, B!) },
    ],
    [
      "16 bits, six for green",
      {
        bits: 16,
        width: 2,
        height: 1,
        packing: 3,
        masks: [0xf800, 0x7e0, 0x1f],
        pixels: [0x00, 0xf8, 0xe0, 0x07],
      },
      { channels: 3, pixels: [255, 0, 0, 0, 255, 0] },
    ],
    [
      "24 bits, a row of 3",
      { bits: 24, width: 3, height: 1, pixels: [...red, ...blue, 1, 2, 3, 0, 0, 0] },
      { channels: 3, pixels: [255, 0, 0, 0, 0, 255, 3, 2, 1] },
    ],
    [
      "32 bits, of which eight are unused",
      { bits: 32, width: 1, height: 1, pixels: [1, 2, 3, 77] },
      { channels: 3, pixels: [3, 2, 1] },
    ],
    [
      "32 bits with masks for alpha too",
      {
        bits: 32,
        width: 1,
        height: 1,
        header: 124,
        packing: 3,
        masks: [0xff, 0xff00, 0xff0000, 0xff000000],
        pixels: [3, 2, 1, 77],
      },
      { channels: 4, pixels: [3, 2, 1, 77] },
    ],
    [
      "32 bits whose alpha was never set",
      {
        bits: 32,
        width: 1,
        height: 1,
        header: 56,
        packing: 3,
        masks: [0xff, 0xff00, 0xff0000, 0xff000000],
        pixels: [3, 2, 1, 0],
      },
      { channels: 3, pixels: [3, 2, 1] },
    ],
    [
      "runs of 8 bits: repeated, as they are, moved on",
      {
        ...{ bits: 8, width: 4, height: 3, packing: 1, palette: [grey(0), grey(1), grey(2)] },
        pixels: [2, 1, 0, 0, 0, 3, 1, 2, 1, 0, 0, 0, 0, 2, 1, 0, 2, 2, 0, 1],
      },
      { channels: 1, pixels: [0, 2, 2, 0, 1, 2, 1, 0, 1, 1, 0, 0] },
    ],
    [
      "runs of 4 bits",
      {
        ...{ bits: 4, width: 4, height: 2, packing: 2, palette: [grey(0), grey(1), grey(2)] },
        pixels: [4, 0x12, 0, 0, 0, 3, 0x20, 0x10, 0, 1],
      },
      { channels: 1, pixels: [2, 0, 1, 0, 1, 2, 1, 2] },
    ],
  ];

test.each(cases)("%s", (_, made, wanted) => {
  const { width, height } = made;
  const bitmap = decodeBmp(bmp(made));
  expect({ ...bitmap, pixels: [...bitmap.pixels] }).toEqual({ width, height, ...wanted });
});

describe("a file that is no BMP by its own words is refused", () => {
  const whole = cases[7]![1];
  test.each<[string, Made, string]>([
    ["no pixels", { ...whole, width: 0 }, "its size is 0 x 1"],
    ["too many pixels", { ...whole, width: 2 ** 20, height: 2 ** 20 }, "its size is"],
    ["fewer pixels than it says", { ...whole, height: 3 }, "it is cut short"],
    ["JPEG inside", { ...whole, packing: 4 }, "in packing 4 are not read"],
    ["runs that do not end", { ...cases[11]![1], pixels: [2, 1] }, "it is cut short"],
  ])("%s", (_, made, reason) => {
    expect(() => decodeBmp(bmp(made))).toThrow(reason);
  });

  test("cut anywhere", () => {
    for (const [name, made] of cases) {
      const bytes = bmp(made);
      for (let length = 0; length < bytes.length; length++) {
        let reason = "taken";
        try {
          decodeBmp(bytes.subarray(0, length));
        } catch (error) {
          reason = (error as Error).message;
        }
        expect(reason, `${name}, ${length} bytes`).toMatch(
          /^(it is cut short|its header is damaged)$/,
        );
      }
    }
  });
});
