import { expect, onTestFinished, test } from "vitest";
import { isoDate } from "../../src/data/cells/dates.ts";
import { localText } from "../../src/data/cells/offsets.ts";
import { columnDates } from "../../src/data/cells/written-dates.ts";
import { tableFromRows } from "../../src/data/memory/memory.ts";
import { openTable } from "../../src/data/tables/open.ts";
import type { OpenOptions, Table } from "../../src/data/terms/table.ts";
import { random } from "../../src/random.ts";
import { scoreRows } from "../../src/tasks/score/score.ts";
import { train } from "../../src/tasks/train/train.ts";
import { file } from "./helpers.ts";

/** A moment as the clocks of a place show it, with their offset. */
function shown(moment: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    ...{ timeZone, timeZoneName: "longOffset", dateStyle: undefined },
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  });
  const [date, clock, offset = ""] = format.format(moment).split(" ");
  return `${date}T${clock}${offset.replace(/^GMT$|^GMT/, "").replace("\u2212", "-") || "+00:00"}`;
}
const start = Date.UTC(2024, 2, 29, 22, 30);
const hours = Array.from({ length: 120 }, (_, i) => start + i * 3_600_000);

/** The same times by every door. */
async function tables(
  times: readonly string[],
  options: Pick<OpenOptions, "zone"> = {},
): Promise<readonly Table[]> {
  const rows = times.map((at, i) => ({ at, value: i % 7 }));
  const csv = `at,value\n${rows.map(({ at, value }) => `${at},${value}`).join("\n")}\n`;
  const opened = [
    await openTable(file(csv), options),
    await openTable(file(JSON.stringify(rows), "rows.json"), options),
    tableFromRows(rows, options),
  ];
  onTestFinished(async () => {
    for (const table of opened) await table.dispose();
  });
  return opened;
}

test.each([
  ["the same offset everywhere", hours.map((at) => shown(at, "America/Bogota")), "-05:00"],
  ["a place whose clocks are set", hours.map((at) => shown(at, "Europe/Paris")), "Europe/Madrid"],
  ["UTC", hours.map((at) => `${new Date(at).toISOString().slice(0, 19)}Z`), "+00:00"],
  [
    "clocks of several places",
    hours.map((at, i) => shown(at, i % 2 ? "Asia/Tokyo" : "Europe/Paris")),
    undefined,
  ],
])("%s: whose clocks times are of is known by every door", async (_, times, clock) => {
  for (const { detected } of await tables(times)) {
    expect(detected.clocks?.at).toBe(clock);
    const write = columnDates(detected, "at");
    const told = hours.map((at) => write(at / 86_400_000).replace(" ", "T"));
    if (clock === "+00:00") expect(told[0]).toBe("2024-03-29T22:30:00+00:00");
    else if (clock) expect(told).toEqual(times);
    else expect(told[0]).toBe("2024-03-29T22:30:00Z");
  }
});

test("times without an offset, and columns where some have none, are told as before", async () => {
  const plain = hours.map((at) => new Date(at).toISOString().slice(0, 19));
  for (const { detected } of await tables(plain)) {
    expect(detected.clocks).toBeUndefined();
    expect(columnDates(detected, "at")(hours[0]! / 86_400_000)).toBe("2024-03-29 22:30:00");
  }
  const some = plain.map((at, i) => (i % 3 ? at : `${at}+02:00`));
  for (const { detected } of await tables(some)) expect(detected.clocks).toBeUndefined();
});

test("times of a stated zone are told on its clocks, without an offset, as they are written", async () => {
  const plain = hours.map((at) => shown(at, "Europe/Paris").slice(0, 19));
  for (const { detected } of await tables(plain, { zone: "Europe/Paris" })) {
    expect(detected.clocks).toEqual({ at: "Europe/Paris" });
    const write = columnDates(detected, "at");
    const told = hours.map((at) => write(at / 86_400_000).replace(" ", "T"));
    // days alone stand for midnight
    expect(told.map((text) => (text.length > 10 ? text : `${text}T00:00:00`))).toEqual(
      plain.map((text) => text.replace("T24", "T00")),
    );
  }
});

test("midnight, what no calendar reaches and what is missing", () => {
  const day = Date.UTC(2024, 4, 1) / 86_400_000;
  const east = { clock: "+02:00", said: true };
  expect(localText(day, east, isoDate)).toBe("2024-05-01 02:00:00+02:00");
  expect(localText(day - 2 / 24, east, isoDate)).toBe("2024-05-01 00:00:00+02:00");
  expect(localText(day, { clock: undefined, said: true }, isoDate)).toBe("2024-05-01");
  expect(localText(1e12, east, isoDate)).toMatch(/^day 1/);
  expect(localText(Number.NaN, east, isoDate)).toBe("");
});

test("reasons tell a date as the clocks of its source do", async () => {
  const source = random(4);
  const rows = hours.map((at, i) => ({
    seen: shown(i === 60 ? at + 4e9 : at - Math.round(source.uniform() * 5e8), "Europe/Paris"),
    a: source.normal(),
    b: source.normal(),
  }));
  const table = tableFromRows(rows, { types: { seen: "date" } });
  const { model, fitted } = await train(table, { epochs: 20, seed: 1, split: "random" });
  onTestFinished(async () => {
    await model.dispose();
    await fitted.dispose();
  });
  expect(model.metadata.source.clocks).toEqual({ seen: "Europe/Madrid" });
  const reasons = [];
  for await (const batch of scoreRows(model, table, { reasons: "all" }))
    reasons.push(...batch.reasons);
  const [reason] = reasons[60]!;
  expect(reason).toMatchObject({ column: "seen", actual: rows[60]!.seen.replace("T", " ") });
  expect(reason!.expected).toMatch(/^2024-\d\d-\d\d \d\d:\d\d:\d\d\+0[12]:00$/);
});
