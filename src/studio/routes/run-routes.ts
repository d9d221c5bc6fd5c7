import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { EspejoError } from "../../errors.ts";
import { requestOf } from "../../http/request-of.ts";
import { statedThreshold } from "../../tasks/model/threshold-record.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import { workerOf } from "../../tasks/runs/run-lock.ts";
import { replaceThreshold } from "../../tasks/threshold/replace-threshold.ts";
import { type Loss, modelQuery, newDetection } from "../api/runs.ts";
import { EpochFile } from "../jobs/epochs.ts";
import { languageIn } from "../page-language.ts";
import { begun } from "../runs/begun.ts";
import { detectionOf, wordsOf } from "../runs/detection.ts";
import type { RunRooms } from "../runs/rooms.ts";
import { runView } from "../runs/run-view.ts";

interface Named {
  readonly Params: { readonly id: string };
}

/** Runs: begun, stopped, gone on with, taken away; and what they leave. */
export function addRunRoutes(app: FastifyInstance, rooms: RunRooms): void {
  const { project, folders, jobs, rankings, rows, events } = rooms;
  const view = async (id: string, request: FastifyRequest) =>
    runView(await folders.read(id), rooms, languageIn(request));

  app.post<Named>("/api/sources/:id/detect", async (request, reply) => {
    const source = project.source(request.params.id);
    const { options = {} } = requestOf(newDetection, request.body ?? {});
    const id = await folders.make();
    const call = detectionOf({ ...source, path: project.addressFor(source) }, options);
    const run = `runs/${id}`;
    jobs.start(id, wordsOf({ ...call, options: { ...call.options, run } }), folders.folderOf(id));
    return reply.code(201).send(await begun(id, rooms, languageIn(request)));
  });

  app.get("/api/runs", async (request) =>
    Promise.all((await folders.list()).map((run) => runView(run, rooms, languageIn(request)))),
  );
  app.get<Named>("/api/runs/:id", (request) => view(request.params.id, request));

  app.post<Named>("/api/runs/:id/stop", async (request) => {
    await jobs.stop(request.params.id);
    return view(request.params.id, request);
  });

  app.post<Named>("/api/runs/:id/resume", async (request) => {
    const { id } = request.params;
    const { command, folder } = await folders.read(id);
    if (jobs.isRunning(id)) throw new EspejoError("studio_running", {});
    await refuseBusy(folder);
    await forget(id);
    jobs.start(id, [command, "--resume", `runs/${id}`], folders.folderOf(id));
    return view(id, request);
  });

  app.delete<Named>("/api/runs/:id", async ({ params: { id } }, reply) => {
    if (jobs.isRunning(id)) throw new EspejoError("studio_running", {});
    const { folder } = await folders.read(id);
    await refuseBusy(folder);
    await forget(id);
    await folders.remove(id);
    events.tell("run", { id, state: "gone" });
    return reply.code(204).send();
  });

  app.get<Named>("/api/runs/:id/losses", async ({ params: { id } }): Promise<readonly Loss[]> => {
    const { folder } = await folders.read(id);
    const lines = await new EpochFile(join(folder, runFiles.metrics)).news();
    return lines.map(({ epoch, loss, validationLoss }) => ({
      ...{ epoch, loss },
      validationLoss: validationLoss ?? null,
    }));
  });

  app.get<Named>("/api/runs/:id/model", async (request, reply) => {
    const { id } = request.params;
    const { threshold } = requestOf(modelQuery, request.query);
    const path = join((await folders.read(id)).folder, runFiles.model);
    const bytes = await readFile(path).catch(() => {
      throw new EspejoError("file_missing", { path });
    });
    const told =
      threshold === undefined
        ? bytes
        : replaceThreshold(bytes, path, { rows: statedThreshold(threshold) });
    return reply
      .type("application/octet-stream")
      .header("content-disposition", `attachment; filename="${id}.onnx"`)
      .send(Buffer.from(told));
  });

  /** Throws `run_busy` where a process in a terminal is at a run. */
  async function refuseBusy(folder: string): Promise<void> {
    const worker = await workerOf(folder);
    if (worker) throw new EspejoError("run_busy", { path: folder, ...worker });
  }

  async function forget(id: string): Promise<void> {
    const folder = folders.folderOf(id);
    await Promise.all([rankings.forget(folder), rows.forget(folder)]);
  }
}
