import { expect, test } from "vitest";
import { tableFromRows } from "../../../src/data/memory/memory.ts";
import { random } from "../../../src/random.ts";
import { alarmVerdicts } from "../../../src/tasks/verdicts/alarms.ts";
import { verdictIn } from "../../../src/tasks/verdicts/verdict.ts";

const statuses = ["Current", "Fully Paid", "Charged Off"];
/** 400 loans, the first 40 of them flagged; `state` says where each is. */
function loans(state: (i: number, u: number) => string) {
  const source = random(4);
  const rows = Array.from({ length: 400 }, (_, i) => ({
    id: `loan ${i}`,
    amount: source.normal(),
    status: statuses[i < 30 ? 1 : i % 3]!,
    state: state(i, source.uniform()),
  }));
  const flags = Uint8Array.from(rows, (_, i) => (i < 40 ? 1 : 0));
  return { table: tableFromRows(rows, { label: "status" }), flags };
}

test("a value of a label of several that most flagged rows have is said", async () => {
  const { table, flags } = loans((_, u) => (u < 0.5 ? "north" : "south"));
  const found = await alarmVerdicts(table, flags, "status");
  expect(found.map((each) => verdictIn(each, "en"))).toEqual([
    "33 of 40 flagged rows are Fully Paid (status)",
  ]);
  expect(verdictIn(found[0]!, "es")).toBe("33 de 40 filas marcadas son Fully Paid (status)");
});

test("a value that most flagged rows have and few of the others is said", async () => {
  const { table, flags } = loans((i, u) => (i < 36 || u < 0.05 ? "islands" : "south"));
  const found = await alarmVerdicts(table, flags);
  expect(found.map(({ code }) => code)).toEqual(["flagged_value"]);
  expect(verdictIn(found[0]!, "en")).toMatch(
    /^3\d of 40 flagged rows have state = islands, and [2-9]\.\d % of the others$/,
  );
});

test("nothing is said of what the others have as well, of a label of two values, and of few rows", async () => {
  const { table, flags } = loans((_, u) => (u < 0.8 ? "north" : "south"));
  expect(await alarmVerdicts(table, flags)).toEqual([]);
  const two = tableFromRows(
    Array.from({ length: 100 }, (_, i) => ({ a: i % 7, odd: i < 20 ? "yes" : "no" })),
    { label: "odd" },
  );
  const all = Uint8Array.from({ length: 100 }, (_, i) => (i < 20 ? 1 : 0));
  expect(await alarmVerdicts(two, all, "odd")).toEqual([]);
  expect(
    await alarmVerdicts(
      table,
      flags.map((_, i) => (i < 5 ? 1 : 0)),
      "status",
    ),
  ).toEqual([]);
});
