import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { contentHeld } from "../../src/data/arrays/open-arrays.ts";
import { arrays, arraysRefused, idx, saidBy, valuesOf } from "./arrays.ts";
import { folder, shared } from "./helpers.ts";

interface Drawing {
  readonly width?: number;
  readonly height?: number;
  readonly colour?: string | { r: number; g: number; b: number; alpha: number };
  readonly orientation?: number;
  readonly grey?: boolean;
}

/** A folder of plain images; the ending of a name is its format. */
async function drawn(files: Readonly<Record<string, Drawing | string | Buffer>>): Promise<string> {
  const path = folder();
  for (const [name, drawing] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    if (typeof drawing === "string" || Buffer.isBuffer(drawing))
      writeFileSync(join(path, name), drawing);
    else await draw(join(path, name), drawing);
  }
  return path;
}

async function draw(
  path: string,
  { width = 4, height = 3, colour = "#ff0000", orientation, grey = false }: Drawing,
): Promise<void> {
  const channels = typeof colour === "string" ? 3 : 4;
  let image = sharp({ create: { width, height, channels, background: colour } });
  if (grey) image = image.toColourspace("b-w");
  if (orientation) image = image.withMetadata({ orientation });
  await image.toFile(path);
}

test("images of all formats and sub-folders, in order of their names, with the folder as class", async () => {
  const path = await drawn({
    "b/2.png": { colour: "#0000ff" },
    "b/1.tiff": { colour: "#00ff00" },
    "a/9.webp": {},
    "a/8.gif": {},
    "a/10.JPG": {},
    "a/readme.txt": "no image",
    ".hidden/x.png": {},
  });
  expect(await contentHeld(path)).toBe("images");
  const source = await arrays(path);
  expect(source.names).toEqual(["a/8.gif", "a/9.webp", "a/10.JPG", "b/1.tiff", "b/2.png"]);
  expect(source.labels).toEqual(["a", "a", "a", "b", "b"]);
  expect(source.detected).toMatchObject({ format: "folder", shape: [3, 4, 3], fit: null });
  const values = await valuesOf(source);
  // TIFF files hold JPEG data here, which are not exact.
  expect(values[3 * 36 + 1]).toBeGreaterThan(250);
  expect(values.slice(4 * 36, 4 * 36 + 3)).toEqual([0, 0, 255]);
  expect(await valuesOf(source, 4)).toEqual(values);
});

test("sizes that differ are an error that tells the cure, and the cure works", async () => {
  const path = await drawn({ "1.png": {}, "2.png": {}, "3.png": { width: 8, height: 6 } });
  const error = await arraysRefused(path);
  expect(error).toMatchObject({ code: "image_sizes", parameters: { size: "3x4" } });
  expect(error.message).toContain("3x4 (2), 6x8 (1)");
  const source = await arrays(path, { size: [2, 2], fit: "contain", channels: 1 });
  expect(source.detected).toMatchObject({ shape: [2, 2, 1], fit: "contain" });
  expect(await valuesOf(source)).toHaveLength(12);
  const like = await arrays(path, { like: source.detected });
  expect(like.detected).toEqual(source.detected);
  expect(await valuesOf(like)).toEqual(await valuesOf(source));
});

test("grey files give one channel, and three where colour is asked for", async () => {
  const path = await drawn({ "1.png": { grey: true, colour: "#808080" } });
  const source = await arrays(path);
  expect(source.detected.shape).toEqual([3, 4, 1]);
  expect(await valuesOf(source)).toEqual(new Array(12).fill(128));
  const colour = await arrays(path, { channels: 3 });
  expect(await valuesOf(colour)).toEqual(new Array(36).fill(128));
});

test("images of an array are made grey or coloured as those of a folder are, where that is said", async () => {
  const bytes = Uint8Array.from({ length: 2 * 12 * 3 }, (_, k) => (k * k * 13) % 256);
  const place = await drawn({
    "a.idx4": idx([2, 3, 4, 3], bytes),
    "g.idx3": idx([2, 3, 4], bytes),
  });
  const pictures = folder();
  for (const i of [0, 1])
    await sharp(bytes.subarray(i * 36, (i + 1) * 36), {
      raw: { height: 3, width: 4, channels: 3 },
    }).toFile(join(pictures, `${i}.png`));
  const options = { channels: 1, content: "images" } as const;
  const grey = await arrays(join(place, "a.idx4"), options);
  expect(grey.detected.shape).toEqual([3, 4, 1]);
  expect(await valuesOf(grey)).toEqual(await valuesOf(await arrays(pictures, options)));
  expect(
    (await arrays(join(place, "a.idx4"), { ...options, size: [2, 2] })).detected.shape,
  ).toEqual([2, 2, 1]);
  const coloured = await arrays(join(place, "g.idx3"), { channels: 3 });
  const one = await arrays(join(place, "g.idx3"));
  expect(await valuesOf(coloured)).toEqual((await valuesOf(one)).flatMap((v) => [v, v, v]));
  // the fourth channel is how see-through a pixel is
  const clear = Uint8Array.of(10, 10, 10, 255, 10, 10, 10, 0);
  const see = join(await drawn({ "s.idx4": idx([1, 1, 2, 4], clear) }), "s.idx4");
  expect(await valuesOf(await arrays(see, options))).toEqual([10, 255]);
});

test("images are turned as their cameras were held, and what is see-through is white", async () => {
  const path = await drawn({
    "1.jpg": { width: 4, height: 3, orientation: 6 },
    "2.png": { width: 3, height: 4, colour: { r: 0, g: 0, b: 0, alpha: 0 } },
  });
  const source = await arrays(path);
  expect(source.detected.shape).toEqual([4, 3, 3]);
  expect((await valuesOf(source)).slice(36)).toEqual(new Array(36).fill(255));
  expect(saidBy(source).join()).toContain("1 image is see-through");
});

test("a file that is no image is named, or left out where that was asked for", async () => {
  const whole = await sharp({
    create: { width: 400, height: 300, channels: 3, background: "#123456" },
  })
    .jpeg()
    .toBuffer();
  const cut = whole.subarray(0, whole.length >> 1);
  const files = { "a.png": { width: 400, height: 300 }, "text.png": "not an image" };
  const path = await drawn({ ...files, "cut.jpg": cut });
  const error = await arraysRefused(path);
  expect(error.code).toBe("image_broken");
  expect(error.message).toContain("text.png");
  const late = await arraysRefused(await drawn({ "a.png": files["a.png"], "cut.jpg": cut }));
  expect(late.message).toContain("cut.jpg");
  const source = await arrays(path, { skipBroken: true });
  expect(source.names).toEqual(["a.png"]);
  expect(saidBy(source).join()).toContain(
    "2 files cannot be read as images and are left out: cut.jpg, text.png",
  );
  expect(await valuesOf(source)).toHaveLength(400 * 300 * 3);
  const none = await arraysRefused(await drawn({ "a.png": "no" }), { skipBroken: true });
  expect(none.code).toBe("folder_no_images");
});

test("an image of another format under a false name is refused", async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>';
  expect((await arraysRefused(await drawn({ "a.png": svg }))).code).toBe("image_broken");
});

test("classes come from labels.csv in the folder, or from a table that is named", async () => {
  const path = await drawn({
    "1.png": {},
    "in/2.png": {},
    "3.png": {},
    "labels.csv": "file,class\n1.png,cat\nin\\2.png,dog\n",
  });
  const source = await arrays(path);
  expect(source.names).toEqual(["1.png", "3.png", "in/2.png"]);
  expect(source.labels).toEqual(["cat", "", "dog"]);
  expect(saidBy(source).join()).toContain("1 of 3 images has no class");
  const other = await drawn({ "x.csv": "kind,author,image\nowl,me,3\nbee,you,2\nelk,me,1\n" });
  const labels = join(other, "x.csv");
  expect((await arraysRefused(path, { labels })).code).toBe("labels_no_class");
  expect((await arrays(path, { labels, label: "kind" })).labels).toEqual(["elk", "owl", "bee"]);
  const wrong = join(await drawn({ "y.csv": "a,b\n7,8\n9,10\n" }), "y.csv");
  expect((await arraysRefused(path, { labels: wrong })).code).toBe("labels_no_files");
});

const faces = shared("faces/lfw_sample_jpg");
if (!existsSync(faces))
  console.warn("test/data/images: real faces skipped, there is no shared/data beside the checkout");

test.skipIf(!existsSync(faces))("500 faces are decoded batch by batch", async () => {
  const source = await arrays(faces, { size: [32, 32] });
  expect(source.rows).toBe(500);
  let sum = 0;
  for await (const { x } of source.batches({ size: 64 })) for (const value of x) sum += value;
  expect(sum / (500 * 32 * 32)).toBeGreaterThan(60);
  expect(sum / (500 * 32 * 32)).toBeLessThan(180);
});
