import { describe, expect, test } from "vitest";
import { catalogues } from "../../src/cli/language.ts";
import { en } from "../../src/cli/texts/en.ts";
import { es } from "../../src/cli/texts/es.ts";
import { esNotes } from "../../src/data/terms/es-notes.ts";
import { noteIn } from "../../src/data/terms/note-language.ts";
import { note, noteTexts } from "../../src/data/terms/notes.ts";
import { errorText } from "../../src/error-text.ts";
import { catalogue, EspejoError, phrases } from "../../src/errors.ts";
import { esErrors, esPhrases } from "../../src/es-errors.ts";

const englishErrors = Object.fromEntries(
  Object.entries(catalogue).map(([code, { text }]) => [code, text]),
);
const places = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

describe.each([
  ["texts", en, es],
  ["errors", englishErrors, esErrors],
  ["phrases", phrases, esPhrases],
  ["notes", noteTexts, esNotes],
])("%s", (_, english, spanish) => {
  test("are the same in both languages", () => {
    expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort());
  });

  test("have the same places in both languages", () => {
    const translated = spanish as Readonly<Record<string, string>>;
    const differing = Object.entries(english).filter(
      ([key, text]) => places(text).join() !== places(translated[key] ?? "").join(),
    );
    expect(differing).toEqual([]);
  });

  test("choose a word only by what is said", () => {
    const strangers = [...Object.values(english), ...Object.values(spanish)].flatMap((text) =>
      [...String(text).matchAll(/\{(\w+):(?!--)[^{}]*\}/g)].filter(
        ([form, name]) => form.split("|").length !== 2 || !text.includes(`{${name}}`),
      ),
    );
    expect(strangers).toEqual([]);
  });
});

test.each(Object.entries(catalogues))(
  "in %s the ROC AUC of the autoencoder is a line that begins with it",
  (_, texts) => {
    expect(texts["evaluation.auc"]).toMatch(/^ROC AUC \{auc\} /);
    expect(texts["evaluation.pca"]).not.toMatch(/^ROC AUC/);
  },
);

test("words inside of errors and notes are translated too", () => {
  const error = new EspejoError("write_failed", { path: "m.onnx", reason: phrases.disk_full });
  expect(errorText(error, "es")).toContain("m.onnx: el disco está lleno");
  const why = note("line_not_row", { value: "EUR", type: "number", column: "x" });
  expect(noteIn(note("left_out", { column: "x", why }), "es")).toContain(
    '"EUR" no es un número, como',
  );
});

test("what data call something stays as it is, though the catalogue has such a phrase", () => {
  const named = note("left_out", {
    column: "date",
    why: note("why_constant", { value: "number" }),
  });
  expect(noteIn(named, "es")).toBe(
    'la columna "date" se deja fuera: el mismo valor en todas las filas: "number"',
  );
  const cell = { line: 2, row: 1, column: "date", value: "images", bad: 1, cells: 9 };
  const error = new EspejoError("cell_unreadable", { path: "tables", type: "number", ...cell });
  expect(errorText(error, "es")).toMatch(
    /^tables, línea 2 \(fila 1\), columna "date": "images" no es un número /,
  );
});

test.each(["en", "es"] as const)(
  "one thing is singular in %s, and thousands are apart",
  (language) => {
    const count = (n: number) =>
      noteIn(note("marks_found", { mark: "x", column: "c", count: n }), language);
    expect(count(1)).toMatch(/\(1 (cell|celda)\)$/);
    expect(count(26505)).toMatch(/\(26[,\u00a0]505 (cells|celdas)\)$/);
  },
);
