import { expect, test } from "vitest";
import { esNotes } from "../../src/data/terms/es-notes.ts";
import { plainNoteIn } from "../../src/data/terms/note-language.ts";
import { type NoteCode, note, noteTexts } from "../../src/data/terms/notes.ts";

const withOptions = (Object.keys(noteTexts) as NoteCode[]).filter((code) =>
  [noteTexts[code], esNotes[code]].some((text) => text.includes("--")),
);

test.each(withOptions)("%s can be said to who has no command line", (code) => {
  for (const language of ["en", "es"] as const) {
    const text = plainNoteIn(note(code, {}), language);
    if (code !== "kind_sequences") expect(text).not.toContain("--");
    expect(text.length).toBeGreaterThan(20);
    expect(text).not.toMatch(/[;:,(]$/);
  }
});

test("what a person reads beside choices names no option, and keeps all else", () => {
  const unread = note("cells_unread", {
    ...{ column: "ventas", bad: 1, cells: 300, type: "number", value: "n; --d", line: 9 },
  });
  expect(plainNoteIn(unread, "en")).toBe(
    'column "ventas": 1 of 300 cells is no number, such as "n; --d" in line 9: taken as missing',
  );
  expect(plainNoteIn(unread, "es")).toMatch(/en la línea 9: se toma como dato ausente$/);
});
