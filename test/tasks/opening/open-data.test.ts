import { describe, expect, onTestFinished, test } from "vitest";
import { noteIn } from "../../../src/data/terms/note-language.ts";
import { openData } from "../../../src/tasks/opening/open-data.ts";
import { file } from "../../data/helpers.ts";

const text = (rows: number, line: (i: number) => string, head: string): string =>
  `${[head, ...Array.from({ length: rows }, (_, i) => line(i))].join("\n")}\n`;
const hour = (i: number): string =>
  new Date(Date.UTC(2024, 0, 1, i)).toISOString().slice(0, 16).replace("T", " ");
const value = (i: number): number => Math.sin(i) * 10 + (i % 7);
const hourly = (): string => text(400, (i) => `${hour(i)},${value(i)}`, "time,load");
const rows = (): string => text(60, (i) => `${value(i)},${value(3 * i)}`, "a,b");

async function opened(...[path, options]: Parameters<typeof openData>) {
  const { table, arrays } = await openData(path, options);
  const source = table ?? arrays;
  onTestFinished(() => source.dispose());
  return {
    content: arrays ? arrays.detected.content : "rows",
    shape: arrays?.detected.shape,
    codes: source.notes.map(({ code }) => code),
    notes: source.notes.map((note) => noteIn(note, "en")),
  };
}

describe("a table", () => {
  test("is read row by row, and nothing is to be said", async () => {
    expect(await opened(file(rows()))).toMatchObject({ content: "rows", notes: [] });
  });

  test("that is a series, too: a window is named, unless rows are what is wanted", async () => {
    const series = file(hourly());
    const { content, notes } = await opened(series);
    expect(content).toBe("rows");
    expect(notes).toContainEqual(expect.stringContaining("--window 24"));
    const stated = await opened(series, { content: "rows" });
    expect(stated).toMatchObject({ content: "rows" });
    expect(stated.codes).not.toContain("rows_of_series");
  });

  test("is sequences where it is cut, said to be, or the kind takes no rows", async () => {
    const series = file(hourly());
    expect(await opened(series, { window: 6 })).toMatchObject({ shape: [6, 1] });
    const stated = await opened(series, { content: "sequences" });
    expect(stated.shape).toEqual([24, 1]);
    expect(stated.notes.join()).toContain(
      "377 windows of 24 steps, which steps of 1 h suggest, one every 1; --window and --stride",
    );
    const { content, codes } = await opened(series, { kind: "recurrent+denoising" });
    expect(content).toBe("sequences");
    expect(codes).toContain("kind_sequences");
    expect((await opened(series, { kind: "sparse" })).content).toBe("rows");
  });

  test("without times has windows by a rule of thumb", async () => {
    const { shape, codes } = await opened(file(rows()), { content: "sequences" });
    expect(shape).toEqual([15, 2]);
    expect(codes).toContain("sequence_windows_guessed");
  });

  test("as bytes is what it is as a file", async () => {
    expect(await opened(Buffer.from(hourly()))).toMatchObject({ content: "rows" });
  });
});

test("rows are refused of what has none", async () => {
  const header = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2];
  const images = file(Uint8Array.from([...header, ...Array<number>(8).fill(7)]), "a.idx3");
  expect((await opened(images)).content).toBe("images");
  await expect(openData(images, { content: "rows" })).rejects.toMatchObject({
    code: "content_rows",
    parameters: { content: "images" },
  });
  // and a window of rows
  await expect(openData(file(rows()), { content: "rows", window: 3 })).rejects.toMatchObject({
    code: "option_idle",
  });
});
