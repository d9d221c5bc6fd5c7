import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test, vi } from "vitest";
import { TableModel } from "../../src/node.ts";
import { espejo } from "../cli/helpers.ts";
import { newFolder, openStudio, shopsFile, token } from "./helpers.ts";

type Window = Awaited<ReturnType<typeof openStudio>>;

/** A project with the run of a detection, as the command line makes one. */
async function projectWithRun(): Promise<string> {
  const folder = newFolder();
  mkdirSync(join(folder, "data"));
  shopsFile(join(folder, "data"));
  const words = ["detect", "data/tiendas.csv", "--label", "fraude", "--id", "pedido", "--alone"];
  const { code, err } = await espejo(
    [...words, "--kind", "basic", "--epochs", "3", "--run", "runs/first"],
    { in: folder },
  );
  if (code !== 0) throw new Error(err);
  return folder;
}

/** Next month: the same shops, which count their sales in cents. */
const nextMonth = (): string =>
  readFileSync(shopsFile(newFolder(), "julio.csv", 250), "utf8").replace(
    /^(\d+;\w+;)(\d+),5/gm,
    (_, before, sales) => `${before}${100 * Number(sales)},5`,
  );

/** The studio at an address, as browsers ask it. */
async function listening({ app }: Window): Promise<AddressInfo> {
  await app.listen({ port: 0, host: "127.0.0.1" });
  return app.server.address() as AddressInfo;
}

/** Hears what a studio tells its windows; the function that comes back ends it. */
async function hear(port: number, told: (text: string) => void): Promise<() => void> {
  const url = `http://127.0.0.1:${port}`;
  const begun = await fetch(`${url}/api/session`, {
    ...{ method: "POST", body: JSON.stringify({ token }) },
    headers: { "content-type": "application/json" },
  });
  const cookie = begun.headers.get("set-cookie")!.split(";")[0]!;
  const request = get(`${url}/api/events`, { headers: { cookie } });
  request.on("response", (stream) => stream.on("data", (part) => told(String(part))));
  request.on("error", () => {});
  return () => request.destroy();
}

async function scored({ ask }: Window, place: string, source: string) {
  const begun = await ask("POST", `/api/${place}/scored`, { source });
  expect(begun.status, JSON.stringify(begun.body)).toBe(201);
  await vi.waitFor(
    async () =>
      expect((await ask("GET", `/api/scored/${begun.body.id}`)).body.state).not.toBe("running"),
    { timeout: 30_000, interval: 50 },
  );
  return (await ask("GET", `/api/scored/${begun.body.id}?language=es`)).body;
}

test("scores another file: what has drifted, the ranking of `espejo score`, rows opened, marks of its own", async () => {
  const folder = await projectWithRun();
  const studio = await openStudio(folder);
  const { ask } = studio;
  const source = await ask("PUT", "/api/uploads/julio.csv", Buffer.from(nextMonth()));
  const told = await scored(studio, "runs/first", source.body.id);
  expect(told).toMatchObject({ state: "done", data: "julio.csv", error: null });
  expect(told.drift[0]).toMatchObject({ code: "drift_scale", columns: ["ventas"] });
  expect(told.drift[0].text).toContain('columna "ventas"');
  expect(told.result).toMatchObject({ rows: 250, labelled: true, ids: ["pedido"] });
  expect(told.commandLine).toBe(
    `espejo score data/julio.csv -m runs/first/model.onnx --run scores/${told.id}`,
  );
  expect(told.program).toContain('TableModel.read("runs/first/model.onnx")');

  const plain = await espejo(
    ["score", "data/julio.csv", "-m", "runs/first/model.onnx", "--json", "--sort"],
    { in: folder },
  );
  const wanted = JSON.parse(plain.out).rows as readonly { score: number; pedido: string }[];
  const page = (await ask("GET", `/api/scored/${told.id}/ranking?rows=250`)).body;
  expect(page.rows.map(({ ids }: never) => ids[0])).toEqual(wanted.map(({ pedido }) => pedido));
  for (const [i, { score }] of wanted.entries())
    expect(Math.abs(page.rows[i].score - score)).toBeLessThan(1e-6 * Math.abs(score) + 1e-9);
  const bins = (await ask("GET", `/api/scored/${told.id}/scores`)).body;
  expect(bins.all).toEqual({ rows: 250, anomalies: 10, normals: 240 });

  const { row } = page.rows[0];
  const opened = (await ask("GET", `/api/scored/${told.id}/rows/${row}`)).body;
  expect(opened.score).toBeCloseTo(page.rows[0].score, 3);
  await ask("PUT", `/api/scored/${told.id}/marks/${row}`, { mark: "confirmed" });
  expect((await ask("GET", `/api/scored/${told.id}/ranking?marked=any`)).body.total).toBe(1);
  expect((await ask("GET", "/api/runs/first/ranking?marked=any")).body.total).toBe(0);
  const written = await ask("GET", `/api/scored/${told.id}/export?format=csv`);
  expect(written.bytes.toString().trim().split("\n")).toHaveLength(251);

  // another studio finds it again; taken away, it is gone, and with its run, too
  const later = await openStudio(folder);
  expect((await later.ask("GET", "/api/runs/first/scored")).body).toHaveLength(1);
  expect((await later.ask("DELETE", `/api/scored/${told.id}`)).status).toBe(204);
  expect(existsSync(join(folder, "scores", told.id))).toBe(false);
  const second = await scored(studio, "runs/first", source.body.id);
  await ask("DELETE", "/api/runs/first");
  expect((await ask("GET", `/api/scored/${second.id}`)).body.code).toBe("studio_scoring");
}, 60_000);

test("a file that the command line scores appears in every window", async () => {
  const folder = await projectWithRun();
  const studio = await openStudio(folder, { watchMs: 30 });
  const heard: string[] = [];
  const { port } = await listening(studio);
  const stop = await hear(port, (text) => heard.push(text));
  // what is there already is no news
  await new Promise((resolve) => setTimeout(resolve, 200));
  const words = ["score", "data/tiendas.csv", "-m", "runs/first/model.onnx", "--run", "scores/own"];
  expect((await espejo(words, { in: folder })).code).toBe(0);
  await vi.waitFor(
    () => expect(heard.join("")).toMatch(/event: scored\ndata: {"id":"own","state":"done"}/),
    {
      ...{ timeout: 10_000, interval: 50 },
    },
  );
  stop();
  const [kept] = (await studio.ask("GET", "/api/runs/first/scored")).body;
  expect(kept).toMatchObject({ id: "own", data: "tiendas.csv", state: "done" });
}, 60_000);

test("a file that cannot be scored says what is missing, and is kept nowhere", async () => {
  const folder = await projectWithRun();
  const studio = await openStudio(folder);
  const { ask } = studio;
  const failing = async (name: string, content: string) => {
    const { body } = await ask("PUT", `/api/uploads/${name}`, Buffer.from(content));
    const told = await scored(studio, "runs/first", body.id);
    expect(told.state).toBe("failed");
    expect(existsSync(join(folder, "scores", told.id))).toBe(false);
    return told;
  };
  const missing = await failing("corto.csv", "pedido;tienda\n1;Norte\n2;Sur\n");
  expect(missing.error).toContain("ventas");
  expect((await failing("vacio.csv", "")).error).not.toBe("");
  expect((await failing("foto.csv", "\u0000\u0001\u0002PNG")).error).not.toBe("");
  const all = (await ask("GET", "/api/runs/first/scored")).body;
  expect(all).toHaveLength(3);
  expect((await ask("DELETE", `/api/scored/${missing.id}`)).status).toBe(204);
  expect((await ask("GET", "/api/runs/first/scored")).body).toHaveLength(2);
}, 60_000);

test("a model that is brought is used as that of a run; what is none is refused", async () => {
  const folder = await projectWithRun();
  const studio = await openStudio(folder);
  const { ask } = studio;
  const bytes = readFileSync(join(folder, "runs/first/model.onnx"));
  const added = await ask("PUT", "/api/models/tiendas%20de%20mayo.onnx", bytes);
  expect(added.body).toMatchObject({ id: "tiendas de mayo", name: "tiendas de mayo.onnx" });
  const again = await ask("POST", "/api/models", { path: join(folder, "runs/first/model.onnx") });
  expect(again.body.id).toBe("model");
  const use = (await ask("GET", "/api/models/tiendas%20de%20mayo/use")).body;
  expect(use).toMatchObject({
    ...{ kind: "basic", path: "models/tiendas de mayo.onnx", content: "rows" },
    ...{ label: { column: "fraude", normal: ["no"] }, kerasRefusal: null },
  });
  expect(use.columns.filter(({ input }: never) => input).map(({ name }: never) => name)).toEqual([
    ...["tienda", "ventas", "visitas"],
  ]);
  const source = await ask("PUT", "/api/uploads/julio.csv", Buffer.from(nextMonth()));
  const told = await scored(studio, "models/tiendas%20de%20mayo", source.body.id);
  expect(told.result.rows).toBe(250);

  const foreign = await ask("PUT", "/api/models/otro.onnx?language=es", Buffer.from("no model"));
  expect(foreign.status).toBe(422);
  expect(foreign.body.error).toContain("otro.onnx");
  expect(foreign.body.error).not.toContain(folder);
  expect((await ask("GET", "/api/models")).body).toHaveLength(2);
  await ask("DELETE", "/api/models/tiendas%20de%20mayo");
  expect((await ask("GET", `/api/scored/${told.id}`)).status).toBe(404);
  expect((await ask("GET", "/api/models/tiendas%20de%20mayo/use")).body.code).toBe("studio_model");
  expect((await ask("GET", "/api/models/..%2Fruns/use")).status).toBe(404);
}, 60_000);

test("sets runs side by side, with what differs and how each learnt", async () => {
  const folder = await projectWithRun();
  const words = ["train", "data/tiendas.csv", "--label", "fraude", "--epochs", "2"];
  await espejo([...words, "--run", "runs/second"], { in: folder });
  const { ask } = await openStudio(folder);
  const { body } = await ask("GET", "/api/compared?with=first,second");
  expect(body.runs).toEqual(["first", "second"]);
  expect(body.differences).toContainEqual({ name: "command", values: ["detect", "train"] });
  expect(body.differences).toContainEqual({ name: "--epochs", values: ["3", "2"] });
  expect(body.losses.map(({ length }: never) => length)).toEqual([3, 2]);
  expect(body.figures.map(({ name }: never) => name)).toContain("pcaRocAuc");
  expect(body.commandLine).toBe("espejo runs --compare runs/first,runs/second");
  expect((await ask("GET", "/api/compared?with=first,none")).body.code).toBe("studio_run");
}, 60_000);

test("takes halves, Keras file, codes and report away, each under its name", async () => {
  const folder = await projectWithRun();
  const { ask } = await openStudio(folder);
  const half = await ask("GET", "/api/runs/first/half?part=decoder");
  expect(half.headers["content-disposition"]).toContain('filename="first-decoder.onnx"');
  const { code } = await espejo(
    ["export", "runs/first/model.onnx", "--part", "decoder", "-o", "d.onnx"],
    { in: folder },
  );
  expect(code).toBe(0);
  expect(Buffer.from(half.bytes)).toEqual(readFileSync(join(folder, "d.onnx")));
  const keras = await ask("GET", "/api/runs/first/keras");
  expect(keras.bytes.subarray(0, 2).toString()).toBe("PK");
  const source = await ask("PUT", "/api/uploads/julio.csv", Buffer.from(nextMonth()));
  const codes = await ask("GET", `/api/runs/first/codes-of?source=${source.body.id}&format=csv`);
  expect(codes.bytes.toString().split("\n")[0]).toMatch(/^pedido,latent_1/);
  expect(codes.bytes.toString().trim().split("\n")).toHaveLength(251);
  const page = await ask("GET", `/api/runs/first/report-on?source=${source.body.id}&language=es`);
  expect(page.bytes.toString()).toContain('<html lang="es"');
}, 60_000);

test("the programs that it shows do what they say", async () => {
  const folder = await projectWithRun();
  const { ask } = await openStudio(folder);
  const use = (await ask("GET", "/api/runs/first/use")).body;
  const model = await TableModel.read(join(folder, "runs/first/model.onnx"));
  const { numeric, categories } = model.metadata.golden;
  const { score } = await model.run(["score"], {
    rows: 1,
    numeric: Float64Array.from(numeric[1]!.map((cell) => cell ?? Number.NaN)),
    categories: [...categories[1]!],
  });
  await model.dispose();
  // beside the file, with the library of this build
  writeFileSync(join(folder, use.file), readFileSync(join(folder, "runs/first/model.onnx")));
  const library = pathToFileURL(join(import.meta.dirname, "../../dist/node.js")).href;
  writeFileSync(join(folder, "use.mjs"), use.snippets.node.replace("espejo/node", library));
  const said = execFileSync(process.execPath, ["use.mjs"], { cwd: folder, encoding: "utf8" });
  expect(Number(said.split(" ")[0])).toBeCloseTo((score!.data as Float32Array)[0]!, 5);
  expect(use.snippets.shell).toBe("espejo score new-rows.csv -m first.onnx -o scores.csv");
  expect(use.snippets.serve).toBe("espejo serve first.onnx");
  for (const name of ["tienda", "ventas", "visitas"])
    for (const language of ["node", "python", "java"])
      expect(use.snippets[language]).toContain(name);
}, 60_000);
