import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { featureNames, type Table } from "../../src/data/terms/table.ts";
import { file, kinds, open, rowsOf, shared } from "./helpers.ts";

const present = existsSync(shared("INDEX.md"));
if (!present)
  console.warn("test/data/shared: skipped, there is no shared/data beside the checkout");

function roles(source: Table): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of Object.values(kinds(source))) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe.skipIf(!present)("real tables, no option given", () => {
  test.each([
    ["creditcard/creditcard_union.csv.gz", 34_348, { "number feature": 31 }],
    ["tabular/adult-train.csv", 32_561, { "number feature": 6, "category feature": 9 }],
    [
      "tabular/bank-additional-full.csv",
      41_188,
      { "number feature": 10, "category feature": 10, "boolean feature": 1 },
    ],
    ["tabular/UCI_Credit_Card.csv", 30_000, { "number id": 1, "number feature": 24 }],
    [
      "tabular/modeldata_credit_data.csv",
      4454,
      { "number id": 1, "category feature": 4, "number feature": 9, "boolean feature": 1 },
    ],
    ["tabular/iris.csv", 150, { "number feature": 4, "category feature": 1 }],
    ["economics/FRED-MD_2026-02.csv", 805, { "date time": 1, "number feature": 126 }],
    ["sequences/skab/valve1/*.csv", 18_160, { "date time": 1, "number feature": 10 }],
    ["sequences/nab/realKnownCause/nyc_taxi.csv", 10_320, { "date time": 1, "number feature": 1 }],
    ["sequences/ecg5000/ECG5000_TRAIN.txt", 500, { "number feature": 141 }],
    ["sequences/tables/monthly-sunspots.csv", 2820, { "date time": 1, "number feature": 1 }],
  ])("%s", async (name, rows, expected) => {
    const source = await open(shared(name));
    expect(source.rows).toBe(rows);
    expect(roles(source)).toEqual(expected);
  });

  test("FRED-MD has the 991 missing cells that its makers left", async () => {
    const source = await open(shared("economics/FRED-MD_2026-02.csv"));
    expect(source.detected.skipped).toMatchObject([{ line: 2 }]);
    expect(source.columns.reduce((sum, { profile }) => sum + profile.missing, 0)).toBe(991);
  });
});

test.skipIf(!present)(
  "a real table written the Spanish way has the same bits and the same words",
  async () => {
    const path = shared("tabular/bank-additional-full.csv");
    const lines = readFileSync(path, "utf8").trim().split(/\r?\n/).slice(0, 6000);
    const grouped = (number: string) => {
      const [whole, fraction] = number.split(".");
      const points = whole!.replace(/(\d)(?=(\d{3})+$)/g, "$1.");
      return fraction === undefined ? points : `${points},${fraction}`;
    };
    const day = (i: number) => new Date(Date.UTC(2008, 4, 5 + (i % 900)));
    const plain = lines.map((line, i) =>
      i === 0
        ? `${line};día`
        : `${line.replaceAll("admin.", "administración")};${day(i).toISOString().slice(0, 10)}`,
    );
    const spanish = lines.map((line, i) => {
      if (i === 0) return `${line};día`;
      const cells = line.split(";").map((cell) => (/^-?[\d.]+$/.test(cell) ? grouped(cell) : cell));
      const date = day(i).toISOString().slice(0, 10).split("-").reverse().join("/");
      return `${cells.join(";").replaceAll("admin.", "administración")};${date}`;
    });
    const one = await open(file(plain.join("\n")));
    const other = await open(file(Buffer.from(spanish.join("\r\n"), "latin1")));
    expect(other.detected).toMatchObject({
      decimal: ",",
      thousands: ".",
      encoding: "latin-1",
      dates: "dmy",
    });
    expect(kinds(other)).toEqual(kinds(one));
    const request = featureNames(one.columns);
    expect(request.numeric).toContain("día");
    expect(await rowsOf(other, request)).toEqual(await rowsOf(one, request));
  },
);
