import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openTable } from "../../src/data/tables/open.ts";
import { newFolder, openStudio, shopsFile, token } from "./helpers.ts";

type Window = Awaited<ReturnType<typeof openStudio>>;

/** Drops a table and searches it; gives the id of the run. */
async function search({ ask }: Window, options: object = {}, rows = 300): Promise<string> {
  const bytes = readFileSync(shopsFile(newFolder(), "tiendas.csv", rows));
  const source = await ask("PUT", "/api/uploads/tiendas.csv", bytes);
  await ask("PUT", `/api/sources/${source.body.id}/options`, {
    options: { label: "fraude", id: ["pedido"] },
  });
  const run = await ask("POST", `/api/sources/${source.body.id}/detect`, { options });
  expect(run.status).toBe(201);
  return run.body.id;
}

const ended = async ({ ask }: Window, id: string) => {
  await vi.waitFor(
    async () => expect((await ask("GET", `/api/runs/${id}`)).body.state).not.toBe("running"),
    { timeout: 60_000, interval: 100 },
  );
  return (await ask("GET", `/api/runs/${id}`)).body;
};

test("from a dropped table to ranked rows with reasons, marks, and files to take away", async () => {
  const folder = newFolder();
  const studio = await openStudio(folder);
  const { ask } = studio;
  const id = await search(studio, { epochs: 3, seed: 7 });
  const run = await ended(studio, id);
  expect(run).toMatchObject({ state: "done", error: null, data: "tiendas.csv", command: "detect" });
  expect(run.result).toMatchObject({ rows: 300, labelled: true, ids: ["pedido"] });
  expect(run.commandLine).toContain("espejo detect data/tiendas.csv");
  expect(run.commandLine).toContain("--label fraude");
  expect(run.program).toContain('label: "fraude"');
  expect(
    (await ask("GET", `/api/runs/${id}/losses`)).body.map(({ epoch }: never) => epoch),
  ).toEqual([1, 2, 3]);

  const spanish = await ask("GET", `/api/runs/${id}/ranking?rows=12&language=es`);
  expect(spanish.body.total).toBe(300);
  const [first] = spanish.body.rows;
  expect(first).toMatchObject({ rank: 1, labelled: true, mark: null });
  expect(first.row % 25).toBe(24);
  expect(first.ids).toEqual([String(first.row + 1)]);
  expect(first.reasons[0].text).toContain("se esperaba");
  const byNumber = await ask("GET", `/api/runs/${id}/ranking?sort=pedido&descending=true&rows=1`);
  expect(byNumber.body.rows[0].row).toBe(299);

  const scores = (await ask("GET", `/api/runs/${id}/scores?bins=20`)).body;
  expect(scores.counts.reduce((a: number, b: number) => a + b, 0)).toBe(300);
  expect(scores.anomalies.reduce((a: number, b: number) => a + b, 0)).toBe(12);
  expect(scores.all).toEqual({ rows: 300, anomalies: 12, normals: 288 });
  const ten = scores.rules.find(({ rule }: never) => rule === "budget:10");
  const above = await ask("GET", `/api/runs/${id}/ranking?above=${ten.threshold}`);
  expect([ten.rows, above.body.total]).toEqual([above.body.total, ten.rows]);
  expect(ten.rows).toBeLessThanOrEqual(10);

  const opened = (await ask("GET", `/api/runs/${id}/rows/${first.row}`)).body;
  expect(opened.score).toBeCloseTo(first.score, 4);
  const sales = opened.cells.find(({ column }: never) => column === "ventas");
  expect(sales.actual).toBe("9000.5");
  expect(opened.cells.reduce((sum: number, { share }: never) => sum + share, 0)).toBeCloseTo(1, 5);
  expect((await ask("GET", `/api/runs/${id}/rows/900`)).body.code).toBe("row_unknown");
  expect((await ask("GET", `/api/runs/${id}/rows/-1`)).body.code).toBe("row_unknown");

  const mark = (row: number, said: unknown) =>
    ask("PUT", `/api/runs/${id}/marks/${row}`, { mark: said });
  const second = spanish.body.rows[1].row;
  await mark(first.row, "confirmed");
  await mark(second, "confirmed");
  await mark(second, "false_alarm");
  await mark(3, "false_alarm");
  await mark(3, null);
  expect((await mark(4, "perhaps")).body.code).toBe("request_invalid");
  const marked = await ask("GET", `/api/runs/${id}/ranking?marked=false_alarm`);
  expect(marked.body.rows.map(({ row }: never) => row)).toEqual([second]);
  const again = (await ask("GET", `/api/runs/${id}/scores`)).body;
  expect(again.reviewed).toEqual({ rows: 2, confirmed: 1, above: 2, falseAlarms: 1 });

  const save = (query: string) => ask("GET", `/api/runs/${id}/export?${query}`);
  const csv = await save(`format=csv&above=${ten.threshold}`);
  const lines = String(csv.body).trim().split("\n");
  expect(lines).toHaveLength(ten.rows + 1);
  expect(lines[0]).toContain("rank,row,pedido,score,is_anomaly,label_is_anomaly,mark,reason_1");
  const excel = String((await save("format=csv-es&marked=any&language=es")).body);
  expect(excel).toMatch(/^\ufeffrank;row;/);
  expect(excel).toContain("se esperaba");
  for (const format of ["parquet", "xlsx", "json"]) {
    const saved = await save(`format=${format}`);
    const path = join(newFolder(), `rows.${format}`);
    writeFileSync(path, saved.bytes);
    const table = await openTable(path);
    expect([format, table.rows]).toEqual([format, 300]);
    await table.dispose();
  }
  expect((await save("format=pdf")).body.code).toBe("request_invalid");

  const report = await ask("GET", `/api/runs/${id}/report?language=es`);
  expect(report.status).toBe(200);
  expect(String(report.body)).toContain('lang="es"');
  expect(report.headers["content-security-policy"]).toContain("sandbox");
  const model = await ask("GET", `/api/runs/${id}/model?threshold=3`);
  expect(model.bytes.length).toBeGreaterThan(10_000);

  // another studio has it all; and the run can go, with all that it left
  const other = await openStudio(folder);
  expect((await other.ask("GET", `/api/runs/${id}/scores`)).body.reviewed.rows).toBe(2);
  expect((await other.ask("DELETE", `/api/runs/${id}`)).status).toBe(204);
  expect(readdirSync(join(folder, "runs"))).toEqual([]);
  expect((await other.ask("GET", `/api/runs/${id}`)).body.code).toBe("studio_run");
}, 120_000);

test("a run is stopped with what it has come to, goes on to the same end, and one that is broken is shown so", async () => {
  const folder = newFolder();
  const studio = await openStudio(folder);
  const { ask, app } = studio;
  const options = { kind: "basic", epochs: 4000, patience: 4000, seed: 3 };
  const id = await search(studio, options);
  const begun = () =>
    vi.waitFor(
      async () => expect((await ask("GET", `/api/runs/${id}`)).body.epochs).toBeGreaterThan(2),
      {
        ...{ timeout: 60_000, interval: 50 },
      },
    );
  await begun();
  expect((await ask("DELETE", `/api/runs/${id}`)).body.code).toBe("studio_running");
  expect((await ask("POST", `/api/runs/${id}/resume`)).body.code).toBe("studio_running");
  const stopped = await ask("POST", `/api/runs/${id}/stop`);
  expect(stopped.body.state).toBe("stopped");
  expect(stopped.body.result.rows).toBe(300);
  expect((await ask("POST", `/api/runs/${id}/stop`)).body.code).toBe("studio_ended");
  expect((await ask("POST", `/api/runs/${id}/resume`)).body.state).toBe("running");
  // the studio ends in the middle of it: another one shows it as broken, and goes on
  await new Promise((resolve) => setTimeout(resolve, 500));
  await app.close();
  const other = await openStudio(folder);
  const left = (await other.ask("GET", `/api/runs/${id}`)).body;
  expect(left.state).toMatch(/broken|stopped/);
  await other.ask("POST", `/api/runs/${id}/resume`);
  await other.ask("POST", `/api/runs/${id}/stop`);
  expect((await other.ask("GET", `/api/runs/${id}`)).body.state).toBe("stopped");
}, 120_000);

test("a run that cannot be says why, in the language of the window", async () => {
  const folder = newFolder();
  const studio = await openStudio(folder);
  const { ask } = studio;
  const bytes = readFileSync(shopsFile(newFolder()));
  const { id: source } = (await ask("PUT", "/api/uploads/t.csv", bytes)).body;
  const refused = await ask("POST", `/api/sources/${source}/detect?language=es`, {
    options: { latent: 9_999_999, kind: "nobody" },
  });
  expect(refused.status).toBe(400);
  expect(refused.body.error).not.toMatch(/ is | the /);
  expect(readdirSync(join(folder, "runs"))).toEqual([]);
  // one that fails later keeps what it has
  const id = await search(studio, { epochs: 2 });
  await ended(studio, id);
  rmSync(join(folder, "data", "tiendas.csv"));
  rmSync(join(folder, "runs", id, "summary.json"));
  await ask("POST", `/api/runs/${id}/resume`);
  const run = await ended(studio, id);
  expect([run.state, run.result]).toEqual(["failed", null]);
  expect(run.error).toContain("no such file");
  expect((await ask("GET", `/api/runs/${id}?language=es`)).body.error).toContain("no existe");
  for (const name of ["..%2F..", "nobody", ".hidden"])
    expect((await ask("GET", `/api/runs/${name}`)).body.code).toBe("studio_run");
}, 60_000);

test("every window hears what happens, also what it missed while it was away", async () => {
  const studio = await openStudio(newFolder(), { watchMs: 50 });
  const { app } = studio;
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const begun = await fetch(`${url}/api/session`, {
    ...{
      method: "POST",
      body: JSON.stringify({ token }),
      headers: { "content-type": "application/json" },
    },
  });
  const cookie = begun.headers.get("set-cookie")!.split(";")[0]!;
  /** What a window hears. */
  const hear = (last?: string) => {
    const heard = { text: "" };
    const request = get(`${url}/api/events`, {
      headers: { cookie, ...(last && { "last-event-id": last }) },
    });
    request.on("response", (stream) => stream.on("data", (part) => (heard.text += part)));
    request.on("error", () => {});
    return { heard, end: () => request.destroy() };
  };
  const first = hear();
  await vi.waitFor(() => expect(first.heard.text).toContain("retry:"));
  await fetch(`${url}/api/uploads/a.csv`, {
    method: "PUT",
    body: "a,b\n1,2\n",
    headers: { cookie },
  });
  await vi.waitFor(() => expect(first.heard.text).toMatch(/id: 1\nevent: sources/));
  first.end();
  await fetch(`${url}/api/uploads/b.csv`, {
    method: "PUT",
    body: "a,b\n1,2\n",
    headers: { cookie },
  });
  const again = hear("1");
  await vi.waitFor(() => expect(again.heard.text).toMatch(/id: 2\nevent: sources/));
  expect(again.heard.text).not.toContain("id: 1\n");
  const lost = hear("7000");
  await vi.waitFor(() => expect(lost.heard.text).toContain("event: reset"));
  for (const each of [again, lost]) each.end();
});

test("a run of the command line appears in the studio", async () => {
  const folder = newFolder();
  const studio = await openStudio(folder);
  const data = shopsFile(mkdtempSync(join(tmpdir(), "espejo-data-")));
  const { spawnSync } = await import("node:child_process");
  const main = new URL("../../dist/cli/main.js", import.meta.url).pathname;
  const run = join(folder, "runs", "by-hand");
  spawnSync(process.execPath, [
    main,
    "train",
    data,
    "--epochs",
    "2",
    "--run",
    run,
    "--kind",
    "basic",
  ]);
  expect(existsSync(join(run, "model.onnx"))).toBe(true);
  const [found] = (await studio.ask("GET", "/api/runs")).body;
  expect(found).toMatchObject({ id: "by-hand", command: "train", state: "done", source: null });
  const ranking = await studio.ask("GET", "/api/runs/by-hand/ranking");
  expect(ranking.body.code).toBe("ranking_absent");
}, 60_000);
