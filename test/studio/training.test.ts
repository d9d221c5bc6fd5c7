import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { espejo, start } from "../cli/helpers.ts";
import { newFolder, openStudio, shopsFile } from "./helpers.ts";

type Window = Awaited<ReturnType<typeof openStudio>>;

/** Drops a table of shops; gives the id of its source. */
async function shops({ ask }: Window, rows = 300): Promise<string> {
  const bytes = readFileSync(shopsFile(newFolder(), "tiendas.csv", rows));
  const { body } = await ask("PUT", "/api/uploads/tiendas.csv", bytes);
  await ask("PUT", `/api/sources/${body.id}/options`, {
    options: { label: "fraude", id: ["pedido"] },
  });
  return body.id;
}

const reaches = ({ ask }: Window, id: string, state: string) =>
  vi.waitFor(async () => expect((await ask("GET", `/api/runs/${id}`)).body.state).toBe(state), {
    timeout: 60_000,
    interval: 100,
  });

test("a choice is described before it trains, with the call that does the same", async () => {
  const studio = await openStudio(newFolder());
  const id = await shops(studio);
  const network = (options: object, verb = "train", language = "en") =>
    studio.ask("POST", `/api/sources/${id}/network?language=${language}`, { verb, options });

  const { status, body } = await network({ kind: "tied+sparse", hidden: "6", latent: "2" });
  expect(status).toBe(200);
  expect(body.kind).toBe("tied+sparse");
  expect(body.networks[0].map(({ units }: never) => units)).toEqual([
    ...[body.width, 6, 2, 6, body.width],
  ]);
  expect(body.commandLine).toBe(
    "espejo train data/tiendas.csv --label fraude --id pedido --kind tied+sparse --hidden 6 --latent 2",
  );
  expect(body.program).toContain('kind: "tied+sparse"');

  const large = await network({ hidden: "900,900" }, "train", "es");
  expect(large.body.notes.join(" ")).toContain("parámetros");
  const usual = await network({}, "detect");
  expect(usual.body).toMatchObject({ kind: "ensemble", patience: 0 });
  expect(usual.body.networks.map((stages: never[]) => stages.length)).toEqual([5, 5, 5, 5]);

  const refused = async (options: object, verb = "train") => (await network(options, verb)).body;
  expect(await refused({ beta: "2", kind: "sparse" })).toMatchObject({
    code: "option_kind",
    error: expect.stringContaining("--beta changes nothing in the kind sparse"),
  });
  expect(await refused({ epochs: "ten" })).toMatchObject({ code: "option_whole" });
  expect(await refused({ kind: "tied+variational" })).toMatchObject({ code: "network_options" });
  expect(await refused({ log: "nowhere" })).toMatchObject({ error: expect.any(String) });
  expect(await refused({ hidden: "4", keep: "pca" }, "detect")).toMatchObject({
    error: expect.stringContaining("--"),
  });
  // nothing was begun by all that was asked
  expect((await studio.ask("GET", "/api/runs")).body).toEqual([]);
}, 60_000);

test("options are those of the commands, in both languages", async () => {
  const { ask } = await openStudio(newFolder());
  const choices = async (verb: string, language: string) =>
    (await ask("GET", `/api/training?verb=${verb}&language=${language}`)).body;
  const english = await choices("train", "en");
  const spanish = await choices("train", "es");
  const rows = english.groups.flatMap(({ options }: never) => options) as {
    readonly name: string;
    readonly kinds: readonly string[] | null;
  }[];
  const names = rows.map(({ name }) => name);
  for (const name of ["hidden", "latent", "epochs", "beta", "threshold", "scaling", "normalOnly"])
    expect(names).toContain(name);
  for (const name of ["filters", "cell", "output", "run", "delimiter", "label"])
    expect(names).not.toContain(name);
  expect(rows.find(({ name }) => name === "beta")!.kinds).toEqual(["variational"]);
  expect(english.kinds.map(({ name }: never) => name)).not.toContain("convolutional");
  expect(spanish.groups[0].name).not.toBe(english.groups[0].name);
  expect(spanish.kinds[0].about).not.toBe(english.kinds[0].about);
  expect((await choices("dance", "en")).code).toBe("request_invalid");
});

test("a run that is paused waits through a new start of the studio, and goes on by the command line to the same bytes", async () => {
  const folder = newFolder();
  const first = await openStudio(folder);
  const source = await shops(first, 3000);
  const options = { latent: "2", epochs: "400", patience: "0", seed: "5" };
  const begin = async (studio: Window) => {
    const answer = await studio.ask("POST", `/api/sources/${source}/train`, {
      verb: "train",
      options,
    });
    expect(answer.status).toBe(201);
    return answer.body.id as string;
  };
  const id = await begin(first);
  const own = join(folder, "runs", id);
  await vi.waitFor(() => expect(existsSync(join(own, "checkpoint.bin"))).toBe(true), {
    ...{ timeout: 60_000, interval: 20 },
  });
  const paused = await first.ask("POST", `/api/runs/${id}/pause`);
  expect(paused.body).toMatchObject({ state: "paused", error: null, result: null });
  expect(paused.body.options).not.toHaveProperty("live");
  expect(existsSync(join(own, "summary.json"))).toBe(false);
  expect((await first.ask("POST", `/api/runs/${id}/pause`)).body.code).toBe("studio_ended");
  await first.app.close();

  const second = await openStudio(folder);
  expect((await second.ask("GET", `/api/runs/${id}`)).body.state).toBe("paused");
  const resumed = await espejo(["train", "--resume", `runs/${id}`], { in: folder });
  expect([resumed.code, resumed.err]).toEqual([0, expect.stringContaining("epoch")]);
  await reaches(second, id, "done");

  const never = await begin(second);
  await reaches(second, never, "done");
  const bytes = (run: string) => readFileSync(join(folder, "runs", run, "model.onnx"));
  expect(bytes(id).equals(bytes(never))).toBe(true);

  const { body: frame } = await second.ask("GET", `/api/runs/${never}/live`);
  expect(frame).toMatchObject({ epochs: 400, map: { axes: "latent" } });
  const { body: run } = await second.ask("GET", `/api/runs/${never}`);
  expect(run.result.training).toMatchObject({
    ended: "epochs",
    parts: { train: expect.any(Number) },
  });
  expect(run.result.verdicts.length).toBeGreaterThan(0);
  const report = await second.ask("GET", `/api/runs/${never}/report`);
  expect([report.status, String(report.body).slice(0, 15)]).toEqual([200, "<!doctype html>"]);
}, 120_000);

test("a run goes on in the studio after a pause, and is stopped with its best epoch", async () => {
  const studio = await openStudio(newFolder());
  const source = await shops(studio, 3000);
  const { body } = await studio.ask("POST", `/api/sources/${source}/train`, {
    verb: "train",
    options: { latent: "2", epochs: "100000", patience: "0" },
  });
  const epochs = async () => (await studio.ask("GET", `/api/runs/${body.id}`)).body.epochs;
  const learns = (past: number) =>
    vi.waitFor(async () => expect(await epochs()).toBeGreaterThan(past), {
      ...{ timeout: 60_000, interval: 50 },
    });
  await learns(0);
  await studio.ask("POST", `/api/runs/${body.id}/pause`);
  const before = await epochs();
  await studio.ask("POST", `/api/runs/${body.id}/resume`);
  await learns(before);
  const stopped = await studio.ask("POST", `/api/runs/${body.id}/stop`);
  expect(stopped.body).toMatchObject({
    state: "stopped",
    result: { training: { ended: "asked" } },
  });
  expect(stopped.body.result.training.bestEpoch).toBeGreaterThan(0);
}, 120_000);

test("a run that the command line begins in the project is watched as one of the studio is", async () => {
  const folder = newFolder();
  const studio = await openStudio(folder);
  shopsFile(folder);
  const made = await espejo(
    ["train", "tiendas.csv", "--epochs", "2", "--run", "runs/mine", "--live"],
    { in: folder },
  );
  expect(made.code).toBe(0);
  const { body } = await studio.ask("GET", "/api/runs/mine");
  expect(body).toMatchObject({ state: "done", command: "train", source: null, epochs: 2 });
  expect((await studio.ask("GET", "/api/runs/mine/live")).body.rows.length).toBeGreaterThan(0);
  expect((await studio.ask("GET", "/api/runs/none/live")).body.code).toBe("studio_run");
}, 60_000);

test("a run that another process is at runs, and is left to it", async () => {
  const folder = newFolder();
  const studio = await openStudio(folder);
  shopsFile(folder, "tiendas.csv", 3000);
  const words = ["train", "tiendas.csv", "--epochs", "100000", "--patience", "0"];
  const { child, done } = start([...words, "--run", "runs/mine"], { in: folder });
  const run = async () => (await studio.ask("GET", "/api/runs/mine")).body;
  await vi.waitFor(async () => expect((await run()).epochs).toBeGreaterThan(0), {
    ...{ timeout: 60_000, interval: 50 },
  });
  expect(await run()).toMatchObject({ state: "running", elsewhere: true, phase: "training" });
  expect((await studio.ask("POST", "/api/runs/mine/resume")).body.code).toBe("run_busy");
  expect((await studio.ask("DELETE", "/api/runs/mine")).body.code).toBe("run_busy");
  expect((await studio.ask("POST", "/api/runs/mine/pause")).body.code).toBe("studio_ended");
  child.kill("SIGKILL");
  await done;
  expect(await run()).toMatchObject({ state: "broken", elsewhere: false });
  const resumed = await studio.ask("POST", "/api/runs/mine/resume");
  expect(resumed.body).toMatchObject({ state: "running", elsewhere: false });
  await studio.ask("POST", "/api/runs/mine/pause");
}, 60_000);
