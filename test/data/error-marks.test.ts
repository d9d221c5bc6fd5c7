import { describe, expect, test } from "vitest";
import { isErrorMark, isWordMark } from "../../src/data/cells/marks.ts";
import { rowsOf, table } from "./helpers.ts";

/** #NULL!, #DIV/0!, #VALUE!, #REF!, #NAME?, #NUM! and #N/A, then later ones, as Excel writes them. */
const languages: Readonly<Record<string, string>> = {
  English: "#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #SPILL! #CALC! #GETTING_DATA",
  Spanish: "#¡NULO! #¡DIV/0! #¡VALOR! #¡REF! #¿NOMBRE? #¡NUM! #N/D #NOMBRE? #DESBORDAMIENTO!",
  German: "#NULL! #DIV/0! #WERT! #BEZUG! #NAME? #ZAHL! #NV #ÜBERLAUF!",
  French: "#NUL! #DIV/0! #VALEUR! #REF! #NOM? #NOMBRE! #N/A #PROPAGATION!",
  Italian: "#NULLO! #DIV/0! #VALORE! #RIF! #NOME? #NUM! #N/D #ESPANSIONE!",
  Portuguese: "#NULO! #DIV/0! #VALOR! #REF! #NOME? #NÚM! #N/D #DESPEJAR!",
  Dutch: "#LEEG! #DEEL/0! #WAARDE! #VERW! #NAAM? #GETAL! #N/B #OVERLOOP!",
  Polish: "#ZERO! #DZIEL/0! #ARG! #ADR! #NAZWA? #LICZBA! #N/D!",
  Danish: "#NUL! #DIVISION/0! #VÆRDI! #REFERENCE! #NAVN? #NUM! #I/T",
  Swedish: "#SKÄRNING! #DIVISION/0! #VÄRDEFEL! #REFERENS! #NAMN? #OGILTIGT! #SAKNAS!",
  Norwegian: "#NULL! #DIV/0! #VERDI! #REF! #NAVN? #NUM! #I/T",
  Finnish: "#TYHJÄ! #JAKO/0! #ARVO! #VIITTAUS! #NIMI? #LUKU! #PUUTTUU!",
  Czech: "#NULL! #DĚLENÍ_NULOU! #HODNOTA! #ODKAZ! #NÁZEV? #ČÍSLO! #NENÍ_K_DISPOZICI",
  Hungarian: "#NULLA! #ZÉRÓOSZTÓ! #ÉRTÉK! #HIV! #NÉV? #SZÁM! #HIÁNYZIK",
  Turkish: "#BOŞ! #SAYI/0! #DEĞER! #BAŞV! #AD? #SAYI! #YOK",
  Russian: "#ПУСТО! #ДЕЛ/0! #ЗНАЧ! #ССЫЛКА! #ИМЯ? #ЧИСЛО! #Н/Д",
  Greek: "#ΚΕΝΟ! #ΔΙΑΙΡ/0! #ΤΙΜΗ! #ΑΝΑΦ! #ΟΝΟΜΑ? #ΑΡΙΘ! #Δ/Υ",
  LibreOffice: "Err:502 Err:508 #NAME? #VALUE!",
  "Google Sheets": "#ERROR! Loading...",
};

describe("errors of a spreadsheet that became text are missing cells", () => {
  test.each(Object.entries(languages))("%s", async (_, list) => {
    const marks = list.split(" ");
    expect(marks.filter((mark) => !isErrorMark(mark) || !isWordMark(mark))).toEqual([]);
    const rows = Array.from({ length: 40 }, (_, i) =>
      i < marks.length
        ? `k${i % 2};${marks[i]};${marks[i]}`
        : `k${i % 2};${i},5;${100 + (i % 7)},25`,
    );
    const source = await table(`k;a;b\n${rows.reverse().join("\n")}\n`);
    for (const column of source.columns.slice(1)) {
      expect(column).toMatchObject({ type: "number", role: "feature" });
      expect(column.profile.missing).toBe(marks.length);
    }
    const said = source.notes.filter(({ code }) => code === "marks_found");
    const usual = marks.filter((mark) => mark === "#N/A");
    expect(said.length).toBe(2 * (marks.length - usual.length));
    expect((await rowsOf(source, { numeric: ["a"] })).numeric[0]).toBe(39.5);
  });

  test("among categories they stay, and are said", async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${["north", "south", "#NV"][i % 3]},${i * 1.5}`,
    );
    const source = await table(`place,x\n${rows.join("\n")}\n`);
    expect(source.notes).toContainEqual({
      code: "mark_kept",
      parameters: { mark: "#NV", column: "place", count: 10 },
    });
  });

  test.each([
    "#1",
    "#hashtag",
    "#",
    "#!",
    "# of units?",
    "NV",
    "N/D!",
    "Err",
    "#ff00aa",
    "#great idea, really, is it?",
  ])("%s is none", (cell) => expect(isErrorMark(cell)).toBe(false));
});
