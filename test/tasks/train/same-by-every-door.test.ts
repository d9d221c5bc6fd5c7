import { describe, expect, test } from "vitest";
import { operatorNames } from "../../../src/graph/index.ts";
import { metadataOf, readModel } from "../../../src/onnx/index.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { doors, type Texts } from "../../data/doors.ts";

const rows = 60;
const cells = (cell: (i: number) => string): string[] =>
  Array.from({ length: rows }, (_, i) => cell(i));
const day = (i: number): Date => new Date(Date.UTC(2023, 0, 1 + ((i * 17) % 300)));
const pad = (n: number): string => String(n).padStart(2, "0");
const plain = cells((i) => ((i * 37) % 101).toString());

/** Tables as texts: each kind of column is in one of them. */
const tables: Readonly<Record<string, Texts>> = {
  "plain numbers and categories": {
    a: plain,
    b: cells((i) => `${(i * 7) % 13}.25`),
    kind: cells((i) => ["north", "south", "León"][i % 3]!),
  },
  "marks of missing cells": {
    a: cells((i) => (i % 9 === 2 ? "n/a" : `${i % 17}.5`)),
    b: cells((i) => (i % 11 === 3 ? "" : `${(i * 5) % 23}`)),
    c: cells((i) => (i % 13 === 4 ? "s/d" : `${(i * 3) % 7}`)),
    kind: cells((i) => (i % 7 === 1 ? "" : ["x", "y"][i % 2]!)),
  },
  "decimal commas, thousands, percents and currencies": {
    sales: cells((i) => `${1 + (i % 9)}.${100 + i},5`),
    share: cells((i) => `${(i * 3) % 50},${i % 10} %`),
    price: cells((i) => `${(i * 7) % 90},25 €`),
    point: cells((i) => `${(i * 11) % 40}.${10 + (i % 80)}`),
  },
  "negative numbers as accountants write them": {
    loss: cells((i) => (i % 4 === 1 ? `(${i + 0.5})` : `${i}.25`)),
    debt: cells((i) => (i % 5 === 2 ? `${i}-` : `${i * 2}`)),
    a: plain,
  },
  "codes and ids": {
    code: cells((i) => `00${i % 7}`),
    tweet: cells((i) => `7162776435160760${10 + i}`),
    a: plain,
    b: cells((i) => `${(i * 5) % 23}`),
  },
  "yes and no in several ways": {
    open: cells((i) => ["TRUE", "FALSE"][i % 2]!),
    shut: cells((i) => ["True", "False", "False"][i % 3]!),
    member: cells((i) => ["sí", "no", "no"][i % 3]!),
    a: plain,
  },
  "days, moments with offsets, quarters and months": {
    day: cells((i) => `${pad(day(i).getUTCDate())}/${pad(day(i).getUTCMonth() + 1)}/2023`),
    moment: cells((i) => `2024-03-${10 + (i % 19)} 0${i % 9}:30:00+0${1 + (i % 2)}:00`),
    quarter: cells((i) => `${2015 + (i % 8)}Q${1 + (i % 4)}`),
    month: cells((i) => `${["ene", "feb", "mar"][i % 3]}-2${i % 4}`),
    a: plain,
  },
  "a few cells that are no numbers, names with marks": {
    "Importe, total (€)": cells((i) => (i === 7 ? "<=5" : `${(i * 13) % 97}.5`)),
    'dto "neto"': cells((i) => (i === 40 ? "NV" : `${(i * 3) % 19}`)),
    año: cells((i) => `${(i * 7) % 12}`),
  },
};

/** All of a model but for how its source was read. */
function withoutSource(bytes: Uint8Array, name: string) {
  const metadata = metadataOf(readModel(bytes, name, operatorNames));
  const source = Buffer.from(metadata["espejo.source"]!);
  const at = Buffer.from(bytes).indexOf(source);
  expect(at).toBeGreaterThan(30);
  // What stands before it is its length.
  const [head, tail] = [bytes.subarray(0, at - 30), bytes.subarray(at + source.length)];
  return { metadata: { ...metadata, "espejo.source": "" }, head, tail };
}

describe.each(Object.entries(tables))("%s", (_, columns) => {
  test("give the same model by every door", async () => {
    const models: { door: string; columns: unknown; model: ReturnType<typeof withoutSource> }[] =
      [];
    for (const [door, enter] of Object.entries(doors)) {
      const table = await enter(columns);
      const { model, fitted } = await train(table, { epochs: 1, seed: 3, threads: 1 });
      const kinds = table.columns.map(({ name, type, role, profile }) => [
        ...[name, type, role, profile.missing, profile.unread ?? 0, profile.distinct],
      ]);
      models.push({ door, columns: kinds, model: withoutSource(model.bytes, door) });
      await model.dispose();
      await fitted.dispose();
    }
    const [first, ...others] = models;
    expect(others).toHaveLength(6);
    for (const { door, columns: kinds, model } of others) {
      expect(kinds, door).toEqual(first!.columns);
      expect(model.metadata, door).toEqual(first!.model.metadata);
      expect(Buffer.compare(model.head, first!.model.head), door).toBe(0);
      expect(Buffer.compare(model.tail, first!.model.tail), door).toBe(0);
    }
  });
});
