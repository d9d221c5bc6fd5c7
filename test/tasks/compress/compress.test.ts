import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openArrays } from "../../../src/data/arrays/open-arrays.ts";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { openTable } from "../../../src/data/tables/open.ts";
import type { Batch, Table } from "../../../src/data/terms/table.ts";
import { random } from "../../../src/random.ts";
import { ByteWriter } from "../../../src/tasks/compress/bytes.ts";
import { compressArrays, compressTable } from "../../../src/tasks/compress/compress.ts";
import { readContainer, writeContainer } from "../../../src/tasks/compress/container.ts";
import { archiveArrays, archiveRows, openArchive } from "../../../src/tasks/compress/decompress.ts";
import type { TableHeader } from "../../../src/tasks/compress/header.ts";
import type { MaxError } from "../../../src/tasks/compress/plan.ts";
import { tableRates } from "../../../src/tasks/compress/rates.ts";
import type { ArrayModel } from "../../../src/tasks/model/array-model.ts";
import { ModelFile } from "../../../src/tasks/model/model-file.ts";
import { TableModel } from "../../../src/tasks/model/table-model.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { npy } from "../../data/arrays.ts";
import { shared } from "../../data/helpers.ts";
import { mixedCsv, scratch } from "../tables.ts";

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});

/** All columns of a table, typed ones as numbers. */
async function columnsOf(table: Table): Promise<Map<string, ArrayLike<number | string>>> {
  const found = new Map<string, (number | string)[]>(table.columns.map(({ name }) => [name, []]));
  const numeric = table.columns.filter((c) => c.input === "numeric").map(({ name }) => name);
  const text = table.columns.filter((c) => c.input !== "numeric").map(({ name }) => name);
  const batches = table.batches({ numeric, categories: [], text }) as AsyncIterable<Batch>;
  for await (const batch of batches) {
    numeric.forEach((name, j) => {
      for (let i = 0; i < batch.rows; i++)
        found.get(name)!.push(batch.numeric[i * numeric.length + j]!);
    });
    text.forEach((name, j) => {
      found.get(name)!.push(...batch.text[j]!);
    });
  }
  return found;
}

/** Packs a table and unpacks it; compares all cells and gives the greatest errors in deviations. */
async function roundTrip(data: string, file: ModelFile, maxError: MaxError, name: string) {
  const model = new TableModel(file);
  const { columns, source } = model.metadata;
  const table = await openTable(data, { expect: columns, prior: source });
  open.push(table);
  const path = join(scratch, name);
  const done = await compressTable(model, table, path, { maxError });
  const archive = await openArchive(path);
  const header = archive.header as TableHeader;
  expect(header.columns.map((column) => column.name)).toEqual(table.columns.map((c) => c.name));
  const before = await columnsOf(table);
  const allowed = new Map(header.errors);
  let row = 0;
  for await (const batch of archiveRows(header, archive.blocks(file))) {
    header.columns.forEach(({ name, type, input }, j) => {
      for (let i = 0; i < batch.rows; i++) {
        const was = before.get(name)![row + i]!;
        const is = batch.columns[j]![i]!;
        if (input !== "numeric" || type === "date") continue;
        if (Number.isNaN(was)) expect(is, `${name} ${row + i}`).toBeNaN();
        else if (!(Math.abs((is as number) - (was as number)) <= allowed.get(name)! * (1 + 1e-9)))
          throw new Error(`${name}, row ${row + i}: ${was} became ${is}`);
      }
      if (input !== "numeric")
        expect(batch.columns[j]).toEqual(
          Array.from(before.get(name)!).slice(row, row + batch.rows),
        );
    });
    row += batch.rows;
  }
  expect(row).toBe(table.rows);
  return { done, header, table, path };
}

async function modelFileOf(data: string, options = {}): Promise<ModelFile> {
  const table = await openTable(data);
  open.push(table);
  const { model, fitted } = await train(table, { epochs: 6, seed: 1, ...options });
  open.push(fitted);
  const file = await ModelFile.from(model.bytes, "m.onnx");
  open.push(file, model);
  return file;
}

describe("a table of numbers, categories, dates and missing cells", () => {
  let data: string;
  let file: ModelFile;
  beforeAll(async () => {
    data = mixedCsv("packed.csv", 600);
    file = await modelFileOf(data);
  });

  test("comes back whole, each number within its share of the deviation", async () => {
    const { done, table } = await roundTrip(data, file, 0.05, "a.espc");
    expect(done.rows).toBe(600);
    const values = Array.from((await columnsOf(table)).get("a")!, Number);
    const mean = values.reduce((sum, x) => sum + x / values.length, 0);
    const deviation = Math.sqrt(
      values.reduce((sum, x) => sum + (x - mean) ** 2 / values.length, 0),
    );
    const a = done.errors.find(({ name }) => name === "a")!;
    expect(a.allowed).toBeCloseTo(0.05 * deviation, 8);
    expect(a.greatest).toBeGreaterThan(0.5 * a.allowed);
    // dates that no error is stated for are exact
    expect(done.errors.find(({ name }) => name === "when")!.allowed).toBe(0);
  });

  test("comes back exactly with a greatest error of 0", async () => {
    const { done } = await roundTrip(data, file, 0, "b.espc");
    expect(done.errors.every(({ greatest }) => greatest === 0)).toBe(true);
  });

  test("takes errors of single columns, in their own units", async () => {
    const columns = { a: 0.5, when: 3 };
    const { done } = await roundTrip(data, file, { others: 0, columns }, "c.espc");
    const errors = Object.fromEntries(done.errors.map(({ name, allowed }) => [name, allowed]));
    expect(errors).toMatchObject({ a: 0.5, when: 3, b: 0 });
    await expect(roundTrip(data, file, { columns: { kind: 1 } }, "d.espc")).rejects.toMatchObject({
      code: "max_error_column",
    });
    await expect(roundTrip(data, file, { columns: { zz: 1 } }, "d.espc")).rejects.toMatchObject({
      code: "column_unknown",
    });
  });

  test("is refused where its file was changed, cut, is of another time or nothing of ours", async () => {
    const { path } = await roundTrip(data, file, 0.05, "e.espc");
    const bytes = readFileSync(path);
    const changed = (name: string, content: Uint8Array): string => {
      writeFileSync(join(scratch, name), content);
      return join(scratch, name);
    };
    for (const at of [6, 40, bytes.length >> 1, bytes.length - 1]) {
      const wrong = Buffer.from(bytes);
      wrong[at]! ^= 1;
      await expect(openArchive(changed("wrong.espc", wrong))).rejects.toMatchObject({
        code: "compressed_damaged",
      });
    }
    for (const length of [5, 20, bytes.length - 1])
      await expect(
        openArchive(changed("cut.espc", bytes.subarray(0, length))),
      ).rejects.toMatchObject({ code: "compressed_damaged" });
    const later = Buffer.from(bytes);
    later[4] = 9;
    await expect(openArchive(changed("later.espc", later))).rejects.toMatchObject({
      code: "compressed_newer",
    });
    // a file in order, whose block comes back as something else than it did where it was written
    const { header, blocks } = await readContainer(path);
    async function* others() {
      for await (const block of blocks()) {
        block[block.length - 1]! ^= 1;
        yield block;
      }
    }
    await writeContainer(join(scratch, "other.espc"), header as object, others());
    const other = await openArchive(join(scratch, "other.espc"));
    await expect(other.blocks(file).next()).rejects.toMatchObject({ code: "compressed_engine" });
    await expect(openArchive(data)).rejects.toMatchObject({ code: "compressed_unknown" });
    await expect(openArchive(join(scratch, "none.espc"))).rejects.toMatchObject({
      code: "file_missing",
    });
  });

  test("is refused where it is in order, and says what cannot be", async () => {
    const { path } = await roundTrip(data, file, 0.05, "f.espc");
    const { header, blocks } = await readContainer(path);
    const { plan, ...rest } = header as TableHeader;
    const wrong = join(scratch, "wrong.espc");
    const damaged = { code: "compressed_damaged" };
    const headers: readonly object[] = [
      ...Object.keys(rest).flatMap((name) => [
        { ...rest, plan, [name]: undefined },
        { ...rest, plan, [name]: { other: 1 } },
      ]),
      { ...rest, plan: { ...plan, grids: [] } },
      { ...rest, plan: { ...plan, categories: 9 } },
      { ...rest, plan: { ...plan, perRow: 2 ** 40 } },
      { ...rest, plan, content: "arrays" },
    ];
    for (const each of headers) {
      await writeContainer(wrong, each, blocks());
      await expect(openArchive(wrong), JSON.stringify(each)).rejects.toMatchObject(damaged);
    }
    async function* swollen() {
      for await (const block of blocks()) {
        const rows = new ByteWriter();
        rows.integers([1e9]);
        yield Buffer.concat([rows.join(), block.subarray(4)]);
      }
    }
    for (const [given, made] of [
      [plan, swollen()],
      [{ ...plan, perRow: 2 ** 24 }, blocks()],
    ] as const) {
      await writeContainer(wrong, { ...rest, plan: given }, made);
      const open = await openArchive(wrong);
      await expect(open.blocks(file).next()).rejects.toMatchObject(damaged);
    }
  });

  test("has its sizes measured beside PCA and no model; a greater error takes less room", async () => {
    const table = await openTable(data);
    open.push(table);
    const { rates, rows, gzip, plain } = await tableRates(new TableModel(file), table, [0, 0.3]);
    expect(rows).toBe(600);
    expect(gzip).toBeLessThan(plain);
    const [exact, coarse] = rates as [(typeof rates)[0], (typeof rates)[0]];
    for (const by of ["autoencoder", "pca", "rounded"] as const)
      expect(coarse[by]!).toBeLessThan(exact[by]!);
  });
});

describe("a cell is held against what is written, not against what was read of it", () => {
  /** A table of 40 rows whose column \`x\` is written so, beside one of plain numbers. */
  async function packed(cells: (i: number) => string, maxError: MaxError = 0) {
    const data = join(scratch, "digits.csv");
    const lines = Array.from({ length: 40 }, (_, i) => `${cells(i)},${(i * 7) % 11}.5`);
    writeFileSync(data, `x,y\n${lines.join("\n")}\n`);
    // So many digits are codes unless they are stated to count something.
    const types = /^[\d.e-]+$/.test(cells(0)) ? { x: "number" as const } : {};
    const table = await openTable(data, { features: ["x", "y"], types });
    const { model, fitted } = await train(table, { epochs: 1, seed: 1 });
    open.push(table, model, fitted);
    const path = join(scratch, "digits.espc");
    await compressTable(model, table, path, { maxError });
    const archive = await openArchive(path);
    const back: string[] = [];
    for await (const { columns } of archiveRows(
      archive.header as TableHeader,
      archive.blocks(await ModelFile.from(model.bytes, "m.onnx")),
    ))
      back.push(...Array.from(columns[0]!, String));
    return { back, written: lines.map((line) => line.split(",")[0]!) };
  }
  const random20 = random(8);

  test.each<[string, (i: number) => string, MaxError?]>([
    ["whole numbers beyond 2^53", (i) => String(9_007_199_254_740_993n + BigInt(2 * i))],
    ["more decimals than double has", (i) => `${100_000_000_000 + i * i}.${1_234_567 + i}`],
    ["nanoseconds", (i) => `2024-03-01 10:${10 + i}:00.123456${100 + i}`],
    [
      "errors smaller than its rounding",
      (i) => String(10n ** 20n + BigInt(i * i)),
      { columns: { x: 1 } },
    ],
  ])("%s are refused", async (_, cells, maxError) => {
    await expect(packed(cells, maxError)).rejects.toMatchObject({
      code: "compress_digits",
      parameters: { column: "x" },
    });
  });

  test.each<[string, (i: number) => string]>([
    ["all digits of double", () => String(random20.uniform() * 1000)],
    ["more digits, of the same numbers", () => (random20.uniform() * 1000).toPrecision(25)],
    ["exponents", () => (random20.uniform() * 1e-9).toExponential()],
    ["whole numbers that double holds", (i) => String(2n ** 60n + (BigInt(i) << 20n))],
    ["zeros behind", (i) => (i * 1.25).toFixed(25)],
  ])("%s come back", async (_, cells) => {
    const { back, written } = await packed(cells);
    expect(back.map(Number)).toEqual(written.map(Number));
  });

  test("times come back to the microsecond", async () => {
    const at = (i: number) =>
      `2024-03-0${1 + (i % 9)} ${10 + (i % 14)}:59:59.${String(i * 25_003 + 1).padStart(6, "0")}`;
    const { back, written } = await packed(at);
    expect(back.map((text) => text.padEnd(26, "0"))).toEqual(written);
    const midnight = await packed((i) => `2024-03-01 00:00:00.${String(i + 1).padStart(3, "0")}`);
    expect(midnight.back.map((text) => text.padEnd(23, "0"))).toEqual(midnight.written);
  });

  test("a number that is allowed to miss more comes back so", async () => {
    const { back, written } = await packed((i) => String(9_007_199_254_740_993n + BigInt(2 * i)), {
      columns: { x: 5 },
    });
    back.forEach((value, i) => {
      expect(Math.abs(Number(BigInt(Number(value)) - BigInt(written[i]!)))).toBeLessThan(7);
    });
  });

  test("whole numbers of 64 bits in an array are refused where double rounds them", async () => {
    for (const [add, refused] of [
      [0n, false],
      [1n, true],
    ] as const) {
      const cells = BigInt64Array.from({ length: 240 }, (_, i) =>
        i === 137 ? 2n ** 53n + add : BigInt(i),
      );
      const path = join(scratch, "long.npy");
      const header = "{'descr': '<i8', 'fortran_order': False, 'shape': (20, 12, 1), }\n";
      writeFileSync(path, npy(header, new Uint8Array(cells.buffer)));
      const arrays = await openArrays(path);
      const { model, fitted } = await trainArrays(arrays, { epochs: 1, latentDim: 2, seed: 1 });
      open.push(arrays, model, fitted);
      const done = compressArrays(model, arrays, join(scratch, "long.espc"), { maxError: 0 });
      if (refused)
        await expect(done).rejects.toMatchObject({
          code: "compress_rounded",
          parameters: { row: 12 },
        });
      else expect((await done).errors[0]!.greatest).toBe(0);
    }
  });
});

describe("numbers of sequences come back as the source has them, not as single precision would", () => {
  const at = (value: number): number[] =>
    Array.from({ length: 120 }, (_, i) => Math.round(100 * (value + 9 * Math.sin(i / 3))) / 100);
  test.each<[string, number[]]>([
    ["cents far from 0", at(1_600_000_000)],
    ["cents near 0", at(0)],
    ["all digits of double", at(0).map((value) => value / 3 + 1e9)],
    ["a very large and a very small one", [...at(1e-9).slice(2), 1e300, -1e-300]],
    ["whole numbers", at(0).map((value) => Math.round(value))],
    ["single precision", at(7).map(Math.fround)],
  ])("%s", async (name, values) => {
    const arrays = arraysFromData({ data: values, shape: [10, 12, 1] });
    const { model, fitted } = await trainArrays(arrays, { epochs: 1, latentDim: 2, seed: 1 });
    open.push(model, fitted);
    const file = await ModelFile.from(model.bytes, "m.onnx");
    open.push(file);
    for (const maxError of [0, 0.01]) {
      const packed = join(scratch, `${name}.espc`);
      const { errors } = await compressArrays(model, arrays, packed, { maxError });
      const back: number[] = [];
      for await (const { x } of archiveArrays((await openArchive(packed)).blocks(file)))
        back.push(...x);
      expect(back).toHaveLength(values.length);
      const missed = back.map((value, i) => Math.abs(value - values[i]!));
      expect(Math.max(...missed)).toBe(errors[0]!.greatest);
      // to the digits that double has, of decimal numbers
      missed.forEach((each, i) => {
        expect(each).toBeLessThanOrEqual(maxError && maxError + 2 ** -50 * Math.abs(values[i]!));
      });
    }
  });
});

describe("arrays", () => {
  /** Waves [rows, 40, 1] of two numbers each: a code of 4 is enough for them. */
  function waves(rows: number) {
    const source = random(3);
    const data = new Float32Array(rows * 40);
    for (let i = 0; i < rows; i++) {
      const [u, v] = [source.normal(), source.normal()];
      for (let t = 0; t < 40; t++)
        data[i * 40 + t] = 10 * (u * Math.sin(t * t) + v * Math.cos(3 * t * t));
    }
    return arraysFromData({ data, shape: [rows, 40, 1] });
  }

  test("that a model knows well are smaller with its code, and need that model", async () => {
    const arrays = waves(400);
    const { model, fitted } = await trainArrays(arrays, {
      ...{ epochs: 60, seed: 1, latentDim: 2, hidden: [], activation: "linear" },
      ...{ learningRate: 0.02 },
    });
    open.push(model, fitted);
    const path = join(scratch, "waves.espc");
    const done = await compressArrays(model as ArrayModel, arrays, path, { maxError: 1 });
    expect(done.coded).toBe(true);
    const file = await ModelFile.from(model.bytes, "waves.onnx");
    const other = await ModelFile.from(
      (await trainArrays(arrays, { epochs: 1, seed: 2, latentDim: 2 })).model.bytes,
      "other.onnx",
    );
    open.push(file, other);
    const archive = await openArchive(path);
    await expect(archive.blocks(other).next()).rejects.toMatchObject({ code: "compressed_model" });
    const before: number[] = [];
    for await (const { x } of arrays.batches()) before.push(...x);
    let at = 0;
    for await (const { x } of archiveArrays(archive.blocks(file)))
      for (const value of x) expect(Math.abs(value - before[at++]!)).toBeLessThan(1 + 1e-5);
    expect(at).toBe(before.length);

    // another engine computes other last digits: what comes back is the same
    if (process.env.ESPEJO_ENGINE) return;
    const wasm = await ModelFile.from(model.bytes, "waves.onnx", { engine: "wasm" });
    open.push(wasm);
    const all = async (model: ModelFile): Promise<number[]> => {
      const cells: number[] = [];
      for await (const { x } of archiveArrays(archive.blocks(model))) cells.push(...x);
      return cells;
    };
    expect(await all(wasm)).toEqual(await all(file));
  });
});

const present = existsSync(shared("INDEX.md"));
if (!present)
  console.warn(
    "test/tasks/compress: real tables skipped, there is no shared/data beside the checkout",
  );

describe.skipIf(!present)("real tables come back within the stated error", () => {
  test("FRED-MD, with the line of its transformations", async () => {
    const data = shared("economics/FRED-MD_2026-02.csv");
    const { header } = await roundTrip(data, await modelFileOf(data), 0.01, "fred.espc");
    expect(header.source.skipped[0]!.text).toMatch(/^Transform:,5,5,5,/);
  });

  test("the clients of UCI_Credit_Card, with an error in dollars for their limit", async () => {
    const data = shared("tabular/UCI_Credit_Card.csv");
    const maxError = { others: 0.02, columns: { LIMIT_BAL: 500 } };
    const { done } = await roundTrip(data, await modelFileOf(data), maxError, "clients.espc");
    expect(done.rows).toBe(30_000);
  });
});
