import { describe, expect, it } from "vitest";
import { parseCommas } from "../bench/reading/commas.mjs";
import { cellF1, judge } from "../bench/reading/judge.mjs";

describe("the bench of reading", () => {
  const meant = {
    names: ["id", "x", "x", ""],
    rows: [
      ["1", "a", "b", ""],
      ["2", "a", "c", ""],
    ],
  };
  const verdict = (
    names: string[] | null,
    rows: string[][],
    of: Parameters<typeof judge>[1] = meant,
  ) => {
    const found = judge({ names, rows }, of);
    const { header, columns, wanted } = found;
    return { header, columns: columns === wanted.columns, f1: cellF1(found) };
  };

  it("takes cells trimmed, in any order, each as often as it occurs", () => {
    const rows = [
      ["a ", "2", "c"],
      ["1", "b", "a"],
    ];
    expect(verdict(["id", "x", "x.1"], rows)).toEqual({ header: true, columns: true, f1: 1 });
    // one "a" too many, one "c" missing
    expect(
      verdict(null, [
        ["1", "a", "b"],
        ["2", "a", "a"],
      ]).f1,
    ).toBeCloseTo(5 / 6, 12);
    expect(verdict(null, []).f1).toBe(0);
  });

  it("counts a trailing delimiter for nobody, but a column of cells for all", () => {
    const whole = [...meant.rows];
    expect(verdict(["id", "x", "x_1", "column3"], whole)).toMatchObject({ header: true, f1: 1 });
    const wider = [["1", "a", "b", "?"], meant.rows[1]!];
    expect(verdict(["id", "x", "x_1", "column3"], wider)).toMatchObject({
      header: false,
      columns: false,
    });
  });

  it("lets names be made up only where there is none or the same twice", () => {
    expect(verdict(["id", "x", "y"], meant.rows).header).toBe(false);
    expect(verdict(["ID", "x", "x2"], meant.rows).header).toBe(false);
    expect(verdict(null, meant.rows).header).toBe(false);
    const unnamed = { names: ["x", "y"], rows: [["r1", "1", "2"]] };
    for (const names of [
      ["row", "x", "y"],
      ["x", "y"],
      ["x", "y", "column2"],
    ])
      expect(verdict(names, unnamed.rows, unnamed).header).toBe(true);
    expect(verdict(["x", "row", "y"], unnamed.rows, unnamed).header).toBe(false);
    expect(verdict(null, [["1"]], { names: null, rows: [["1"]] }).header).toBe(true);
    expect(verdict(["1"], [], { names: null, rows: [["1"]] }).header).toBe(false);
  });

  it("reads clean files", () => {
    expect(parseCommas('a,"b ""q"", c\nd",\r\n,"",e\n')).toEqual([
      ["a", 'b "q", c\nd', ""],
      ["", "", "e"],
    ]);
    expect(parseCommas("a,")).toEqual([["a", ""]]);
    expect(() => parseCommas('a,b"c')).toThrow("no field");
  });
});
