import { describe, expect, test } from "vitest";
import { wordsOf } from "../src/charts/words.ts";
import { noteIn } from "../src/data/terms/note-language.ts";
import { note, noteAbout } from "../src/data/terms/notes.ts";
import { errorsAboutItems, tellingOf } from "../src/error-items.ts";
import { errorText } from "../src/error-text.ts";
import { EspejoError } from "../src/errors.ts";
import { aboutItems, type Items, type Language } from "../src/language.ts";
import { separationOf } from "../src/tasks/verdicts/separation.ts";
import { verdictIn } from "../src/tasks/verdicts/verdict.ts";

describe("a text about rows", () => {
  const text = "A row of {rows} {rows:row|rows}: no row is a row; Rows, Row";
  test.each<[Items, string]>([
    ["rows", text],
    ["stamps", text],
    ["images", "An image of {rows} {rows:image|images}: no image is an image; Images, Image"],
    ["windows", "A window of {rows} {rows:window|windows}: no window is a window; Windows, Window"],
  ])("tells of %s", (items, expected) => {
    expect(aboutItems(text, items, "en")).toBe(expected);
  });

  test("in Spanish, too", () => {
    const spanish = "Las {rows} filas: ninguna fila {rows:fila|filas}, Fila";
    expect(aboutItems(spanish, "images", "es")).toBe(
      "Las {rows} imágenes: ninguna imagen {rows:imagen|imágenes}, Imagen",
    );
  });
});

test.each<[Language, string, string]>([
  ["en", "The oddest images", "{percent} of its row"],
  ["es", "Las imágenes más raras", "el {percent} de su fila"],
])("a report in %s calls images so, and a row of a table of counts not", (language, odd, share) => {
  const words = wordsOf(language, "images");
  expect(words.text("worst.title")).toBe(odd);
  expect(words.text("confusion.share", { percent: "{percent}" })).toBe(share);
});

test("a verdict and a note tell of what was judged", () => {
  const evaluation = { rows: 100, anomalies: 50, rocAuc: 0.9 };
  const found = separationOf({ ...evaluation, rocAucInterval: [0.85, 0.95] }, "windows");
  expect(verdictIn(found!, "en")).toContain("anomalies from normal windows");
  expect(verdictIn(found!, "es")).toContain("anomalías de las ventanas normales");
  const left = noteAbout(note("labels_left_out", { count: 2 }), "images");
  expect(noteIn(left, "en")).toBe("2 images without a label are left out");
  expect(noteAbout(note("few_anomalies", { count: 2 }), "images").parameters).toEqual({ count: 2 });
});

describe.each([...errorsAboutItems])("the error %s", (code) => {
  test.each<[Language, RegExp, RegExp]>([
    ["en", /\brows?\b/i, /\bimages?\b/],
    ["es", /\bfilas?\b/i, /\bim(agen|ágenes)\b/],
  ])("tells in %s of what the data consist of", async (language, row, image) => {
    const parameters = { rows: 3, least: 4, labels: 2, noisy: 5 };
    const thrown = new EspejoError(code, parameters as never);
    const spoken = (error: EspejoError) => errorText(error, language).replaceAll("{row}", "");
    // in one language or the other some tell of neither
    const tells = row.test(spoken(thrown));
    const told = await tellingOf("images", () => Promise.reject(thrown)).catch((error) => error);
    expect(told.code).toBe(code);
    expect(told.parameters).toEqual({ ...parameters, items: "images" });
    expect(spoken(told)).not.toMatch(row);
    expect(image.test(spoken(told))).toBe(tells);
  });
});

test("an error about the rows of a table stays, and so does one that was told already", async () => {
  const errors = [
    new EspejoError("file_no_rows", { path: "a.csv" }),
    new EspejoError("report_empty", { path: "a.csv", items: "windows" }),
  ];
  for (const error of errors)
    expect(await tellingOf("images", () => Promise.reject(error)).catch((told) => told)).toBe(
      error,
    );
});
