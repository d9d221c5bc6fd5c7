import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { newFolder, openStudio, shopsFile } from "./helpers.ts";

type Window = Awaited<ReturnType<typeof openStudio>>;
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

async function ended({ ask }: Window, id: string) {
  await vi.waitFor(
    async () => expect((await ask("GET", `/api/runs/${id}`)).body.state).not.toBe("running"),
    { timeout: 60_000, interval: 100 },
  );
  return (await ask("GET", `/api/runs/${id}`)).body;
}

/** A run on shops without a label, in which the highest rows are marked; `fraude` is not learnt from. */
async function marked(studio: Window, most = 16) {
  const { ask } = studio;
  const bytes = readFileSync(shopsFile(newFolder()));
  const source = (await ask("PUT", "/api/uploads/tiendas.csv", bytes)).body;
  await ask("PUT", `/api/sources/${source.id}/options`, {
    options: { ignore: ["fraude"], id: ["pedido"] },
  });
  const options = { epochs: 2, seed: 3 };
  const run = (await ask("POST", `/api/sources/${source.id}/detect`, { options })).body;
  await ended(studio, run.id);
  const { rows } = (await ask("GET", `/api/runs/${run.id}/ranking?rows=${most}`)).body;
  for (const { row } of rows)
    await ask("PUT", `/api/runs/${run.id}/marks/${row}`, {
      mark: row % 25 === 24 ? "confirmed" : "false_alarm",
    });
  const confirmed = rows.filter(({ row }: { row: number }) => row % 25 === 24).length;
  return { id: run.id as string, rows, confirmed };
}

test("marks choose the threshold that the command line chooses from them", async () => {
  const folder = newFolder();
  const studio = await openStudio(folder);
  const { id, confirmed } = await marked(studio);
  const ask = (rule: string) =>
    studio.ask("GET", `/api/runs/${id}/marked-threshold?rule=${rule}&language=es`);
  const found = (await ask("f1")).body;
  expect(found).toMatchObject({ rule: "f1", rows: 16, confirmed });
  expect(found.flagged).toBeGreaterThanOrEqual(found.above.confirmed + found.above.falseAlarms);

  const query = `threshold=${found.threshold}&rule=f1`;
  const call = (await studio.ask("GET", `/api/runs/${id}/threshold-call?${query}`)).body;
  expect(call.commandLine).toContain(`--marks marks/${id}.csv --threshold f1`);
  expect(call.program).toContain("rethreshold(model, table");
  const words = call.commandLine.split(" ").slice(1);
  const done = spawnSync(process.execPath, [main, ...words, "--json"], { cwd: folder });
  expect(done.status, String(done.stderr)).toBe(0);
  const told = JSON.parse(String(done.stdout));
  expect(told.threshold.value).toBe(found.threshold);
  expect(told.marks).toMatchObject({ rows: 16, confirmed, above: found.above });

  const plain = (await studio.ask("GET", `/api/runs/${id}/threshold-call?threshold=3.5`)).body;
  expect(plain.commandLine).toBe(
    `espejo threshold -m runs/${id}/model.onnx --threshold 3.5 -o ${id}.onnx`,
  );
  const idle = await ask("quantile:0.9");
  expect([idle.status, idle.body.code]).toEqual([400, "threshold_marks_rule"]);
});

test("few marks choose nothing, and none train", async () => {
  const studio = await openStudio(newFolder());
  const { id } = await marked(studio, 4);
  const few = await studio.ask("GET", `/api/runs/${id}/marked-threshold?rule=f1&language=es`);
  expect([few.status, few.body.error]).toEqual([
    422,
    expect.stringContaining("hay 4 filas marcadas"),
  ]);
  const { rows } = (await studio.ask("GET", `/api/runs/${id}/ranking?marked=any`)).body;
  for (const { row } of rows)
    await studio.ask("PUT", `/api/runs/${id}/marks/${row}`, { mark: null });
  const none = await studio.ask("POST", `/api/runs/${id}/again`);
  expect([none.status, none.body.code]).toEqual([422, "marks_absent"]);
  expect((await studio.ask("GET", "/api/runs")).body).toHaveLength(1);
});

test("a run is trained again from its marks, which go with it, and its rows are seen to move", async () => {
  const folder = newFolder();
  const studio = await openStudio(folder);
  const { ask } = studio;
  const { id, rows, confirmed } = await marked(studio);
  const begun = await ask("POST", `/api/runs/${id}/again`);
  expect(begun.status).toBe(201);
  const run = await ended(studio, begun.body.id);
  expect(run).toMatchObject({ state: "done", former: id, options: { epochs: 2, seed: 3 } });
  const file = `marks/${run.id}_from_${id}.csv`;
  expect(run.options.marks).toBe(file);
  expect(run.commandLine).toContain(`--marks ${file}`);
  expect(readFileSync(join(folder, file), "utf8").split("\n")).toHaveLength(rows.length + 2);

  const own = (await ask("GET", `/api/runs/${run.id}/ranking?marked=confirmed`)).body;
  expect(own.total).toBe(confirmed);
  const moves = (await ask("GET", `/api/runs/${run.id}/moves`)).body;
  expect(moves.all).toBe(rows.length);
  expect(moves.confirmed.rows).toBe(confirmed);
  const first = rows.find(({ row }: { row: number }) => row === moves.rows[0].row);
  expect(moves.rows[0].before).toBe(first.rank);
  const after = moves.rows.map((row: { after: number }) => row.after);
  expect(after).toEqual([...after].sort((a: number, b: number) => a - b));
  expect((await ask("GET", `/api/runs/${id}/moves`)).status).toBe(404);

  // the same as the command line makes of it, and as a studio that was opened anew shows
  const words = run.commandLine.split(" ").slice(1);
  const done = spawnSync(process.execPath, [main, ...words, "--run", "runs/by-hand"], {
    cwd: folder,
  });
  expect(done.status, String(done.stderr)).toBe(0);
  const bytesOf = (name: string) => readFileSync(join(folder, "runs", name, "model.onnx"));
  expect(bytesOf("by-hand").equals(bytesOf(run.id))).toBe(true);
  const again = await openStudio(folder);
  const marks = (await again.ask("GET", `/api/runs/${run.id}/ranking?marked=any`)).body;
  expect(marks.total).toBe(rows.length);
});

test("marks leave as a label column of all rows, which a detection takes", async () => {
  const folder = newFolder();
  const studio = await openStudio(folder);
  const { id, confirmed, rows } = await marked(studio);
  const labelled = await studio.ask("GET", `/api/runs/${id}/labelled?format=csv`);
  expect(labelled.headers["content-disposition"]).toContain(`${id}-labelled.csv`);
  const lines = String(labelled.body).trim().split(/\r?\n/);
  expect(lines).toHaveLength(301);
  expect(lines[0]).toBe("pedido,tienda,ventas,visitas,fraude,label");
  const labels = lines.slice(1).map((line) => line.split(",").at(-1));
  expect(labels.filter((label) => label === "anomaly")).toHaveLength(confirmed);
  expect(labels.filter((label) => label === "normal")).toHaveLength(rows.length - confirmed);
  // cells are as the source has them
  expect(lines[8]).toContain("n.d.?");

  const spanish = await studio.ask("GET", `/api/runs/${id}/labelled?format=csv-es`);
  expect(String(spanish.body)).toMatch(/pedido;tienda;ventas/);
  const parquet = await studio.ask("GET", `/api/runs/${id}/labelled?format=parquet`);
  expect(Buffer.from(parquet.bytes).subarray(0, 4).toString()).toBe("PAR1");

  writeFileSync(join(folder, "labelled.csv"), labelled.bytes);
  const words = ["--label", "label", "--normal", "normal", "--normal", "", "--ignore", "fraude"];
  const done = spawnSync(
    process.execPath,
    [main, "detect", "labelled.csv", ...words, "--epochs", "2", "--alone", "-o", "o.csv", "--json"],
    { cwd: folder },
  );
  expect(done.status, String(done.stderr)).toBe(0);
  expect(JSON.parse(String(done.stdout)).label.column).toBe("label");
});
