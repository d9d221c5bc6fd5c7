import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { contentHeld } from "../../src/data/arrays/open-arrays.ts";
import { arraysFromData } from "../../src/data/memory/memory-arrays.ts";
import { constantImages } from "../../src/data/pixels/constant-images.ts";
import { noteText } from "../../src/data/terms/notes.ts";
import { pictureFiles } from "../../src/data/write/write-images.ts";
import { random } from "../../src/random.ts";
import { arrays, arraysRefused, saidBy, valuesOf } from "./arrays.ts";
import { folder } from "./helpers.ts";
import { tiff } from "./pictures.ts";

const put = (place: string, name: string, bytes: Uint8Array | string = "x"): void => {
  mkdirSync(dirname(join(place, name)), { recursive: true });
  writeFileSync(join(place, name), bytes);
};
const grey = (value: number) =>
  sharp({
    create: { width: 4, height: 3, channels: 3, background: { r: value, g: value, b: value } },
  });
const said = (source: Parameters<typeof saidBy>[0]): string => saidBy(source).join("\n");

/** A BMP file of 4 x 3 pixels in colour, of one grey. */
function bmp(value: number): Buffer {
  const bytes = Buffer.alloc(54 + 36, value);
  bytes.fill(0, 0, 54);
  bytes.write("BM");
  [
    [10, 54],
    [14, 40],
    [18, 4],
    [22, 3],
  ].forEach(([at, number]) => {
    bytes.writeUInt32LE(number!, at);
  });
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

test("every usual ending is an image", async () => {
  const place = folder();
  put(place, "1.png", await grey(10).png().toBuffer());
  put(place, "2.jpg", await grey(20).jpeg().toBuffer());
  put(place, "3.JPEG", await grey(30).jpeg().toBuffer());
  put(place, "4.jfif", await grey(40).jpeg().toBuffer());
  put(place, "5.bmp", bmp(50));
  put(place, "6.DIB", bmp(60));
  put(place, "7.webp", await grey(70).webp({ lossless: true }).toBuffer());
  put(place, "8.avif", await grey(80).avif({ lossless: true }).toBuffer());
  put(place, "9.gif", await grey(90).gif().toBuffer());
  put(place, "10.tif", await grey(100).tiff({ compression: "none" }).toBuffer());
  const source = await arrays(place);
  expect(source.rows).toBe(10);
  expect(saidBy(source).filter((text) => text.includes("passed over"))).toEqual([]);
  const values = await valuesOf(source);
  source.names!.forEach((_, i) => {
    expect(Math.abs(values[36 * i]! - 10 * (i + 1))).toBeLessThan(2);
  });
  // a file that is called .bmp and is something else is read as what it is
  put(place, "5.bmp", await grey(50).png().toBuffer());
  expect((await valuesOf(await arrays(place)))[36 * 4]).toBe(50);
});

test("files that are no images are counted and named by their endings, but for what systems leave", async () => {
  const place = folder();
  put(place, "1.png", await grey(10).png().toBuffer());
  for (const name of ["a.txt", "b/c.HEIC", "b/d.heic", "e.heic", "README", "b/.hidden"])
    put(place, name);
  for (const name of ["Thumbs.db", "b/desktop.ini", ".DS_Store", "labels.csv"])
    put(place, name, "file,class\n1,a\n");
  const source = await arrays(place);
  expect(said(source)).toContain(
    "5 other files are passed over, by their endings: .heic (3), .txt (1), README (1)",
  );
  const listed = await arrays(place, { labels: join(place, "labels.csv") });
  expect(said(listed)).toContain("5 other files");
});

test("a folder of images that are not read says what it holds", async () => {
  const place = folder();
  put(place, "1.heic");
  put(place, "2.heic");
  put(place, "3.txt");
  expect(await contentHeld(place)).toBe("images");
  expect(await arraysRefused(place)).toMatchObject({
    code: "folder_no_images",
    parameters: { files: ".heic (2), .txt (1)" },
  });
});

describe("files of several pages or frames", () => {
  const page = (value: number, height = 3) => ({
    height,
    width: 4,
    values: new Array(4 * height).fill(value),
  });
  const frames = Buffer.concat(
    [10, 20, 30].map((value) => Buffer.alloc(48, Buffer.of(value, value, value, 255))),
  );
  const animated = () =>
    sharp(frames, { raw: { width: 4, height: 9, channels: 4, pageHeight: 3 } });
  const made: Record<string, () => Promise<Buffer> | Buffer> = {
    "s.tif": () =>
      tiff(
        "uint8",
        [10, 20, 30].map((value) => page(value)),
      ),
    "s.tiff": () =>
      tiff(
        "double",
        [10, 20, 30].map((value) => page(value)),
      ),
    "s.webp": () => animated().webp({ lossless: true }).toBuffer(),
    "s.gif": () => animated().gif().toBuffer(),
  };
  test.each(Object.entries(made))("are as many images: %s", async (name, make) => {
    const place = folder();
    put(place, name, await make());
    put(place, "a.png", await grey(5).toColourspace("b-w").png().toBuffer());
    for (const [source, before] of [
      [await arrays(place, { channels: 1, range: [0, 255] }), ["a.png"]],
      [await arrays(join(place, name), { channels: 1, range: [0, 255] }), []],
    ] as const) {
      expect(source.names).toEqual([...before, `${name}/1`, `${name}/2`, `${name}/3`]);
      expect(source.labels).toBeNull();
      const text =
        "1 file holds 3 pages or frames: each is an image; --pages first takes the first alone";
      expect(said(source)).toContain(text);
    }
    const values = await valuesOf(
      await arrays(join(place, name), { channels: 1, range: [0, 255] }),
    );
    if (name.startsWith("s.t"))
      expect(values).toEqual([10, 20, 30].flatMap((v) => new Array(12).fill(v)));
    else expect(new Set(values).size).toBe(3);
    const first = await arrays(place, { pages: "first" });
    expect(first.names).toEqual(["a.png", name]);
    expect(said(first)).toContain("2 further pages or frames are left out");
  });

  test.each(["gif", "webp"])("are the same alone and together, in any size: .%s", async (name) => {
    const source = random(5);
    const count = 40;
    const cells = Buffer.alloc(count * 7 * 9 * 3);
    for (let k = 0; k < cells.length; k++) cells[k] = 40 * source.below(6);
    const raw = { width: 9, height: 7 * count, channels: 3, pageHeight: 7 } as const;
    const image = sharp(cells, { raw });
    const place = folder();
    const made = name === "gif" ? image.gif() : image.webp({ lossless: true });
    put(place, `s.${name}`, await made.toBuffer());
    for (const options of [
      {},
      { size: [12, 5], fit: "contain" },
      { size: [3, 3], channels: 1 },
    ] as const) {
      const found = await arrays(place, options);
      expect(found.rows).toBe(count);
      expect(await valuesOf(found, count)).toEqual(await valuesOf(found, 1));
    }
  });

  test("smaller copies of the first are no images, and are said", async () => {
    const place = folder();
    put(place, "s.tif", tiff("uint8", [page(10), page(20, 1), page(30)]));
    const source = await arrays(place);
    expect(source.names).toEqual(["s.tif/1", "s.tif/3"]);
    expect(said(source)).toContain(
      "1 page is left out: of another size than the first of its file",
    );
  });

  test("share the class of their file, or have one each", async () => {
    const place = folder();
    put(place, "cat/s.tif", tiff("uint8", [page(10), page(20)]));
    put(place, "dog/t.tif", tiff("uint8", [page(30)]));
    expect((await arrays(place)).labels).toEqual(["cat", "cat", "dog"]);
    put(place, "labels.csv", "file,class\ns.tif,a\nt.tif,b\n");
    expect((await arrays(place)).labels).toEqual(["a", "a", "b"]);
    put(place, "labels.csv", "file,class\ncat/s.tif/1,a\ncat/s.tif/2,c\nt,b\n");
    expect((await arrays(place)).labels).toEqual(["a", "c", "b"]);
  });

  test("are written page by page", () => {
    const names = ["s.tif/1", "s.tif/2", "a.png"];
    expect(pictureFiles({ names, rows: 3 })).toEqual(["s.tif/1.png", "s.tif/2.png", "a.png"]);
  });
});

describe("images of one colour are noticed", () => {
  const notes = async (source: Parameters<typeof constantImages>[0]) =>
    (await constantImages(source)).map((each) => noteText(each));

  test("of a folder, by their names", async () => {
    const place = folder();
    put(
      place,
      "1.png",
      await sharp(Buffer.from(Array.from({ length: 12 }, (_, i) => i)), {
        raw: { width: 4, height: 3, channels: 1 },
      })
        .png()
        .toBuffer(),
    );
    put(place, "2.png", await grey(9).png().toBuffer());
    put(
      place,
      "3.png",
      await sharp({ create: { width: 4, height: 3, channels: 3, background: "#102030" } })
        .png()
        .toBuffer(),
    );
    expect(await notes(await arrays(place))).toEqual(["2 images are of one colour, such as 2.png"]);
  });

  test("of an array, by their numbers; sequences and single pixels have none", async () => {
    const data = Float32Array.from({ length: 24 }, (_, i) => (i < 12 ? i : 3));
    expect(await notes(arraysFromData({ data, shape: [2, 3, 4, 1] }))).toEqual([
      "1 image is of one colour, such as 2",
    ]);
    expect(await notes(arraysFromData({ data, shape: [2, 3, 4] }))).toEqual([]);
    expect(await notes(arraysFromData({ data, shape: [24, 1, 1, 1] }))).toEqual([]);
  });
});
