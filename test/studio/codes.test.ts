import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { loadEngine } from "../../src/engine/node.ts";
import type { Codes, ValuesHead } from "../../src/studio/api/codes.ts";
import { unpacked } from "../../src/studio/api/packed.ts";
import { TableModel } from "../../src/tasks/model/table-model.ts";
import { espejo } from "../cli/helpers.ts";
import { newFolder, openStudio, shopsFile } from "./helpers.ts";

type Window = Awaited<ReturnType<typeof openStudio>>;

/** A search of shops that is done, and where it lies. */
async function searched({ ask }: Window, project: string) {
  const bytes = readFileSync(shopsFile(newFolder()));
  const source = await ask("PUT", "/api/uploads/tiendas.csv", bytes);
  await ask("PUT", `/api/sources/${source.body.id}/options`, {
    options: { label: "fraude", id: ["pedido"] },
  });
  const begun = await ask("POST", `/api/sources/${source.body.id}/detect`, {
    options: { seed: 7 },
  });
  expect(begun.body).toMatchObject({ command: "detect" });
  const { id } = begun.body;
  await vi.waitFor(
    async () => expect((await ask("GET", `/api/runs/${id}`)).body.state).toBe("done"),
    { timeout: 60_000, interval: 100 },
  );
  return { id: id as string, folder: join(project, "runs", id) };
}

const csv = (path: string): readonly (readonly string[])[] =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));

test("codes, what colours them, neighbours and rows: as the command line gives them", async () => {
  const project = newFolder();
  const studio = await openStudio(project);
  const { ask } = studio;
  const { id, folder } = await searched(studio, project);
  expect((await ask("GET", `/api/runs/${id}`)).body.result.codes).toBe(true);
  const told = (await ask("GET", `/api/runs/${id}/codes`)).body as Codes;
  expect(told).toMatchObject({ rows: 300, latentDim: 10, pca: true, time: null, ids: ["pedido"] });
  expect(told.elsewhere.encode.command).toBe(
    `espejo encode data/tiendas.csv -m runs/${id}/model.onnx --pca -o codes.csv`,
  );
  expect(told.elsewhere.decode.command).toBe(
    `espejo decode codes.csv -m runs/${id}/model.onnx -o rows.csv`,
  );
  expect(told.colors.map(({ of }) => of)).toContain("column:ventas");

  const path = join(newFolder(), "codes.csv");
  await espejo([
    ...["encode", join(project, "data", "tiendas.csv"), "-m", join(folder, "model.onnx")],
    ...["--pca", "-o", path],
  ]);
  const [head, ...rows] = csv(path);
  const latents = Array.from({ length: 10 }, (_, i) => `latent_${i + 1}`);
  expect(head).toEqual(["pedido", ...latents, "pca_1", "pca_2"]);
  const valuesOf = async (of: string) => {
    const { bytes } = await ask("GET", `/api/runs/${id}/codes/values?of=${encodeURIComponent(of)}`);
    return unpacked<ValuesHead>(new Uint8Array(bytes).slice().buffer);
  };
  for (const name of ["latent_1", "latent_10", "pca_1", "pca_2"]) {
    const place = head!.indexOf(name);
    const { values } = await valuesOf(name);
    expect([...values]).toEqual(rows.map((cells) => Math.fround(Number(cells[place]))));
  }
  expect((await valuesOf("component_1")).values).toHaveLength(300);
  const sales = await valuesOf("column:ventas");
  expect(sales.head).toMatchObject({ kind: "number", missing: 1 });
  expect(sales.values[24]).toBe(9000.5);
  const shops = await valuesOf("column:tienda");
  expect(shops.head.groups.map(({ rows: count }) => count)).toEqual([100, 100, 100]);
  expect(shops.head.groups[shops.values[1]!]!.name).toBe("Sur");
  const first = (await ask("GET", `/api/runs/${id}/ranking?rows=1`)).body.rows[0];
  expect((await valuesOf("score")).values[first.row]).toBe(Math.fround(first.score));
  expect((await ask("GET", `/api/runs/${id}/codes/values?of=column:nada`)).status).toBe(422);

  // by hand: the rows whose codes are nearest
  const codes = rows.map((cells) => cells.slice(1, 11).map(Number));
  const far = (a: number, b: number) =>
    Math.hypot(...codes[a]!.map((value, j) => value - codes[b]![j]!));
  const near = (await ask("GET", `/api/runs/${id}/codes/24/neighbours?k=5`)).body.near;
  const sorted = codes.map((_, i) => i).filter((i) => i !== 24);
  sorted.sort((a, b) => far(24, a) - far(24, b));
  expect(near.map(({ distance }: never) => distance)).toEqual(
    sorted.slice(0, 5).map((i) => expect.closeTo(far(24, i), 4)),
  );
  expect((await ask("GET", `/api/runs/${id}/codes/300/neighbours`)).body.code).toBe("row_unknown");

  const chosen = (await ask("POST", `/api/runs/${id}/codes/rows`, { rows: [7, first.row] })).body;
  expect(chosen.map(({ row }: never) => row)).toEqual([7, first.row]);
  expect(chosen[1]).toMatchObject({ rank: 1, names: [String(first.row + 1)], mark: null });
  expect(chosen[1].reasons[0]).toContain("expected");
});

test("a selection is marked and exported by the numbers of its rows", async () => {
  const project = newFolder();
  const studio = await openStudio(project);
  const { ask } = studio;
  const { id } = await searched(studio, project);
  const rows = [3, 24, 49, 200];
  expect((await ask("PUT", `/api/runs/${id}/marks`, { rows, mark: "confirmed" })).status).toBe(204);
  const marked = (await ask("GET", `/api/runs/${id}/ranking?marked=confirmed`)).body;
  expect(marked.rows.map(({ row }: never) => row).sort((a: number, b: number) => a - b)).toEqual(
    rows,
  );
  const file = await ask("POST", `/api/runs/${id}/export?format=csv`, { rows });
  const lines = String(file.body).trim().split("\n");
  const numbers = lines.slice(1).map((line) => Number(line.split(",")[1]) - 1);
  expect(numbers.sort((a, b) => a - b)).toEqual(rows);
  expect((await ask("POST", `/api/runs/${id}/export?format=csv`, { rows: [-1] })).status).toBe(400);
});

test("a decoder by itself rebuilds what the model does, and codes go with their model", async () => {
  const project = newFolder();
  const studio = await openStudio(project);
  const { ask } = studio;
  const { id, folder } = await searched(studio, project);
  const { bytes } = await ask("GET", `/api/runs/${id}/decoder`);
  const engine = await loadEngine();
  const program = await engine.load(new Uint8Array(bytes));
  const model = await TableModel.read(join(folder, "model.onnx"));
  const data = Float32Array.from({ length: 20 }, (_, i) => Math.sin(i));
  const given = await program.run({ latent: { dtype: "float32", shape: [2, 10], data } });
  const wanted = await model.decode(data, 2);
  expect(given.reconstruction!.data).toEqual(wanted.reconstruction!.data);
  expect(given.reconstruction_categories!.data).toEqual(wanted.reconstruction_categories!.data);
  expect(given.decoded!.data).toEqual(await model.decodePrepared(data, 2));
  await program.dispose();
  await model.dispose();

  const influence = (await ask("GET", `/api/runs/${id}/codes/influence`)).body;
  expect(influence).toHaveLength(10);
  expect(influence.reduce((sum: number, { share }: never) => sum + share, 0)).toBeCloseTo(1, 5);

  const keptNow = () => readdirSync(folder).filter((name) => name.startsWith("codes-"));
  await ask("GET", `/api/runs/${id}/codes`);
  const [before] = keptNow();
  // another model: with another threshold, say
  const other = await ask("GET", `/api/runs/${id}/model?threshold=1.5`);
  writeFileSync(join(folder, "model.onnx"), other.bytes);
  await ask("GET", `/api/runs/${id}/codes`);
  const after = keptNow();
  expect(after).toHaveLength(1);
  expect(after[0]).not.toBe(before);
});

test("a run that ranked no rows has codes, scores by its model, and exports of them", async () => {
  const project = newFolder();
  const { ask } = await openStudio(project);
  const path = shopsFile(project, "tiendas.csv");
  const run = join(project, "runs", "uno");
  await espejo([
    ...["train", path, "--label", "fraude", "--id", "pedido", "--latent", "2"],
    ...["--epochs", "3", "--run", run],
  ]);
  expect((await ask("GET", "/api/runs/uno")).body.result.codes).toBe(true);
  const told = (await ask("GET", "/api/runs/uno/codes")).body as Codes;
  expect(told).toMatchObject({ rows: 300, latentDim: 2, shares: null });
  const { bytes } = await ask("GET", "/api/runs/uno/codes/values?of=score");
  const { values } = unpacked<ValuesHead>(new Uint8Array(bytes).slice().buffer);
  expect([...values].every((score) => score > 0)).toBe(true);
  const chosen = (await ask("POST", "/api/runs/uno/codes/rows", { rows: [4] })).body;
  expect(chosen).toEqual([
    { row: 4, names: ["5"], rank: null, score: null, reasons: [], mark: null },
  ]);
  const file = await ask("POST", "/api/runs/uno/export?format=csv", { rows: [4, 9] });
  const lines = String(file.body).trim().split("\n");
  expect(lines[0]).toBe("row,pedido,latent_1,latent_2");
  expect(lines.slice(1).map((line) => line.split(",").slice(0, 2))).toEqual([
    ["5", "5"],
    ["10", "10"],
  ]);
});

test("codes of images are refused --pca in words", async () => {
  const folder = newFolder();
  const path = join(folder, "images.npy");
  // twelve images of 4 by 4, as npy has them
  const head = `${"{'descr': '|u1', 'fortran_order': False, 'shape': (12, 4, 4), }".padEnd(117)}\n`;
  const cells = Uint8Array.from({ length: 192 }, (_, i) => (i * 37) % 251);
  writeFileSync(
    path,
    Buffer.concat([Buffer.from("\x93NUMPY\x01\x00\x76\x00", "latin1"), Buffer.from(head), cells]),
  );
  const model = join(folder, "images.onnx");
  const trained = await espejo([
    "train",
    path,
    "--content",
    "images",
    "--epochs",
    "1",
    "-o",
    model,
  ]);
  expect(trained.code).toBe(0);
  const { code, err } = await espejo([
    "encode",
    path,
    "-m",
    model,
    "--pca",
    "-o",
    join(folder, "codes.csv"),
  ]);
  expect(code).toBe(3);
  expect(err).toContain("a model that learnt from images");
});
