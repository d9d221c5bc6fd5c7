import { describe, expect, test } from "vitest";
import { tableFromColumns } from "../../src/data/memory/memory.ts";
import { openTable } from "../../src/data/tables/open.ts";
import type { Table } from "../../src/data/terms/table.ts";
import { random } from "../../src/random.ts";

type Columns = Record<string, (string | number)[]>;

/** Firms, each with a number and a name, in years; some years of some firms are not there. */
function panel(gaps = 0.2): Columns {
  const source = random(4);
  const columns: Columns = { firm: [], name: [], year: [], assets: [], sector: [] };
  for (let firm = 0; firm < 30; firm++)
    for (let year = 2000; year < 2012; year++) {
      if (source.uniform() < gaps) continue;
      columns.firm!.push(`F${firm}`);
      columns.name!.push(`Company ${firm}, plc`);
      columns.year!.push(year);
      columns.assets!.push(Math.exp(8 + 2 * source.normal()));
      columns.sector!.push(`sector ${firm % 4}`);
    }
  return columns;
}

const rolesOf = ({ columns }: Table): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, role }) => [name, role]));
const codesOf = ({ notes }: Table): readonly string[] => notes.map(({ code }) => code);

/** The same table by a file and from memory. */
async function bothDoors(columns: Columns, options = {}): Promise<readonly Table[]> {
  const rows = columns[Object.keys(columns)[0]!]!.map((_, i) =>
    Object.values(columns).map((cells) => cells[i]),
  );
  const quoted = (cell: unknown): string => `"${String(cell)}"`;
  const lines = [Object.keys(columns), ...rows].map((cells) => cells.map(quoted).join(","));
  const csv = await openTable(Buffer.from(`${lines.join("\n")}\n`), options);
  await csv.dispose();
  return [csv, tableFromColumns(columns, options)];
}

describe("a panel", () => {
  test("is told by the columns that are unique together with a time; they are ids", async () => {
    for (const table of await bothDoors(panel())) {
      const { kind, key, alias, time, keys, times, step } = table.shape!;
      expect({ kind, key, alias, time, keys, times, step }).toEqual({
        ...{ kind: "panel", key: ["firm"], alias: ["name"], time: "year" },
        ...{ keys: 30, times: 12, step: 1 },
      });
      expect(rolesOf(table)).toEqual({
        ...{ firm: "id", name: "id", year: "time", assets: "feature", sector: "feature" },
      });
      expect(codesOf(table)).toContain("shape_panel");
    }
  });

  test("has a key of two columns where one does not do", async () => {
    const rows: Columns = { country: [], product: [], quarter: [], value: [] };
    for (const country of ["ES", "FR", "IT", "PT"])
      for (const product of ["a", "b", "c"])
        for (let t = 0; t < 16; t++) {
          rows.country!.push(country);
          rows.product!.push(product);
          rows.quarter!.push(`${2019 + Math.floor(t / 4)}Q${1 + (t % 4)}`);
          rows.value!.push(100 + t);
        }
    for (const table of await bothDoors(rows)) {
      expect(table.shape).toMatchObject({
        ...{ kind: "panel", key: ["country", "product"], time: "quarter", keys: 12, times: 16 },
      });
    }
  });

  test("what a person states stays", async () => {
    for (const table of await bothDoors(panel(), { features: ["firm", "assets"], id: "sector" }))
      expect(rolesOf(table)).toEqual({
        ...{ firm: "feature", name: "id", year: "time", assets: "feature", sector: "id" },
      });
  });
});

describe("no panel", () => {
  test("dates of birth beside a city", async () => {
    const source = random(6);
    const rows: Columns = { city: [], born: [], income: [] };
    for (let i = 0; i < 400; i++) {
      rows.city!.push(["Madrid", "Sevilla", "Bilbao"][source.below(3)]!);
      const day = new Date(Date.UTC(1950, 0, 1 + source.below(20_000)));
      rows.born!.push(day.toISOString().slice(0, 10));
      rows.income!.push(20_000 + source.below(9000));
    }
    for (const table of await bothDoors(rows)) {
      expect(table.shape!.kind).toBe("rows");
      expect(rolesOf(table)).toEqual({ city: "feature", born: "feature", income: "feature" });
      expect(codesOf(table)).toContain("date_learnt");
    }
  });

  test("a key and time of which some rows are double", async () => {
    const rows = panel();
    for (const cells of Object.values(rows)) cells.push(cells[0]!);
    for (const table of await bothDoors(rows)) expect(table.shape!.kind).toBe("rows");
  });
});

describe("a series", () => {
  /** Sensors one after the other, each with its stamps. */
  const sensors = (starts: readonly number[]): Columns => {
    const rows: Columns = { sensor: [], stamp: [], value: [] };
    starts.forEach((start, k) => {
      for (let i = 0; i < 50; i++) {
        rows.sensor!.push(`s${k}`);
        const stamp = new Date(Date.UTC(2024, 0, 1, 0, start + 10 * i));
        rows.stamp!.push(stamp.toISOString().slice(0, 16).replace("T", " "));
        rows.value!.push(Math.sin(i) + k);
      }
    });
    return rows;
  };

  test("of its own", async () => {
    const { sensor: _, ...one } = sensors([0]);
    for (const table of await bothDoors(one))
      expect(table.shape).toMatchObject({ kind: "series", key: [], time: "stamp", even: true });
  });

  test("of each of several sensors, whose stamps are not the same", async () => {
    for (const table of await bothDoors(sensors([0, 3, 7, 1])))
      expect(table.shape).toMatchObject({
        ...{ kind: "series", key: ["sensor"], time: "stamp", keys: 4, even: true },
      });
  });

  test("of days in one column and times of the day in another", async () => {
    const hours = Array.from({ length: 100 }, (_, i) => new Date(Date.UTC(2024, 0, 1, i)));
    const date = hours.map((hour) => hour.toISOString().slice(0, 10));
    const time = hours.map((hour) => hour.toISOString().slice(11, 16));
    for (const table of await bothDoors({ date, time, value: hours.map((_, i) => i % 13) }))
      expect(table.shape).toMatchObject({
        ...{ kind: "series", time: "date", clock: "time", key: [], even: true },
      });
  });

  test("months and business days are even steps", async () => {
    const months = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2019, i, 1)));
    const weekdays = Array.from({ length: 200 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)));
    const business = weekdays.filter((day) => day.getUTCDay() % 6 !== 0);
    for (const dates of [months, business]) {
      const date = dates.map((day) => day.toISOString().slice(0, 10));
      for (const table of await bothDoors({ date, price: dates.map((_, i) => 100 + (i % 7)) }))
        expect(table.shape).toMatchObject({ kind: "series", even: true });
    }
  });
});

describe("labels", () => {
  const source = random(9);
  const draw = (share: number, [rare, common]: readonly [string | number, string | number]) =>
    Array.from({ length: 500 }, () => (source.uniform() < share ? rare : common));
  const x = Array.from({ length: 500 }, () => source.normal());

  test.each([
    ["by its name", { Fraude: draw(0.02, [1, 0]), x, sex: draw(0.4, ["m", "f"]) }, "Fraude"],
    ["the last column", { sex: draw(0.1, ["m", "f"]), x, good: draw(0.3, ["bad", "ok"]) }, "good"],
    ["else the rarest", { a: draw(0.3, [1, 0]), b: draw(0.1, [1, 0]), x }, "b"],
    ["a status by its name", { loan_status: draw(0.1, ["Default", "Paid"]), x }, "loan_status"],
  ] as const)("%s", async (_, columns, wanted) => {
    for (const table of await bothDoors(columns as unknown as Columns))
      expect(table.shape!.labels[0]?.column).toBe(wanted);
  });

  test("never one with too few of the rarer, many classes, or a number", async () => {
    const few = x.map((_, i) => (i < 5 ? "yes" : "no"));
    const classes = x.map((_, i) => `class ${i % 7}`);
    for (const table of await bothDoors({ few, class: classes, quality: x.map((_, i) => i % 9) }))
      expect(table.shape!.labels).toEqual([]);
  });

  test("none of very many that are alike", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, k) => [
        `bit_${k}`,
        x.map((_, i) => ((i * (k + 3)) % 11 < 2 ? 1 : 0)),
      ]),
    );
    for (const table of await bothDoors({ ...many, x })) expect(table.shape!.labels).toEqual([]);
  });

  test("the values of a status that say all is well are normal together", async () => {
    const loan_status = x.map(
      (_, i) => ["Fully Paid", "Fully Paid", "Current", "Charged Off"][i % 20 < 18 ? i % 3 : 3]!,
    );
    for (const table of await bothDoors({ loan_status, x }))
      expect(table.shape!.labels[0]!.normal).toEqual(["Fully Paid", "Current"]);
  });
});

test("heavy tails, many zeros and very many categories are told", async () => {
  const source = random(12);
  const rows = Array.from({ length: 600 }, (_, i) => i);
  const columns = {
    amount: rows.map(() => Math.exp(6 + 1.5 * source.normal())),
    even: rows.map(() => source.normal()),
    claims: rows.map(() => (source.uniform() < 0.8 ? 0 : source.below(40))),
    country: rows.map(() => `country ${source.below(90)}`),
  };
  for (const { shape } of await bothDoors(columns)) {
    expect(shape!.tails).toEqual(["amount"]);
    expect(shape!.zeros.map(([column]) => column)).toEqual(["claims"]);
    expect(shape!.categories.map(([column]) => column)).toEqual(["country"]);
  }
});

test("an id and a time still name rows where other columns are to be learnt from", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => i);
  const columns = {
    code: rows.map((i) => `k${i * i}`),
    year: rows.map((i) => 1950 + i),
    a: rows.map((i) => i % 7),
    b: rows.map((i) => i % 5),
  };
  for (const table of await bothDoors(columns, { features: ["a"] }))
    expect(rolesOf(table)).toEqual({ code: "id", year: "time", a: "feature", b: "ignore" });
});
