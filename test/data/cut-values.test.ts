import { expect, test } from "vitest";
import { choicesOf } from "../../src/data/columns/choices.ts";
import { tableFromColumns } from "../../src/data/memory/memory.ts";
import { openTable } from "../../src/data/tables/open.ts";
import { EspejoError } from "../../src/errors.ts";

const long = "a remark that goes on and on, far beyond what a message has room for, and further";
const columns = {
  a: Array.from({ length: 200 }, (_, i) => (i === 150 ? long : String(i * i))),
  b: Array.from({ length: 200 }, (_, i) => String(i % 7)),
};
const csv = Buffer.from(
  `a,b\n${columns.a.map((cell, i) => `"${cell}",${columns.b[i]}`).join("\n")}\n`,
);

test("a value that is too long for a message is not offered as a mark of missing cells", async () => {
  const table = await openTable(csv);
  await table.dispose();
  for (const { notes } of [table, tableFromColumns(columns)]) {
    const found = notes.find(({ code }) => code === "cells_unread");
    expect(String(found?.parameters.value)).toMatch(/\.\.\.$/);
    expect(choicesOf(found!).map(({ option }) => option)).not.toContain("missing");
  }
});

test("and in an error it is left to be filled in", async () => {
  const error = await openTable(csv, { strict: true }).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(EspejoError);
  expect((error as Error).message).toContain("say --missing VALUE if it means missing");
});
