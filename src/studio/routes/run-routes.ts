import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { EspejoError } from "../../errors.ts";
import { requestOf } from "../../http/request-of.ts";
import { optionName } from "../../invocation/option-words.ts";
import { shellOf } from "../../invocation/shell.ts";
import { statedThreshold } from "../../tasks/model/threshold-record.ts";
import { forgetPause } from "../../tasks/runs/pause.ts";
import { compareRuns } from "../../tasks/runs/run-comparison.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import { replaceThreshold } from "../../tasks/threshold/replace-threshold.ts";
import { sentenceIn } from "../../tasks/verdicts/verdict.ts";
import {
  comparedQuery,
  type Loss,
  modelQuery,
  newDetection,
  type RunsCompared,
} from "../api/runs.ts";
import { EpochFile, lossOf } from "../jobs/epochs.ts";
import { languageIn } from "../page-language.ts";
import { beginRun } from "../runs/begin-run.ts";
import { detectionOf } from "../runs/detection.ts";
import { reportOf, reportPolicy } from "../runs/report.ts";
import type { RunRooms } from "../runs/rooms.ts";
import { runView } from "../runs/run-view.ts";
import type { Scorings } from "../use/scorings.ts";

interface Named {
  readonly Params: { readonly id: string };
}

/** Runs that are set side by side at most. */
const mostCompared = 8;

async function lossesIn(folder: string): Promise<readonly Loss[]> {
  const lines = await new EpochFile(join(folder, runFiles.metrics)).news();
  return lines.map(lossOf);
}

/** Runs: begun, stopped, gone on with, taken away; and what they leave. */
export function addRunRoutes(
  app: FastifyInstance,
  rooms: RunRooms & { readonly scorings: Scorings },
): void {
  const { scorings, project, folders, jobs, rankings, rows, codes, events } = rooms;
  const view = async (id: string, request: FastifyRequest) =>
    runView(await folders.read(id), rooms, languageIn(request));

  app.post<Named>("/api/sources/:id/detect", async (request, reply) => {
    const source = project.source(request.params.id);
    const { options = {} } = requestOf(newDetection, request.body ?? {});
    const call = detectionOf({ ...source, path: project.addressFor(source) }, options);
    return reply.code(201).send(await beginRun(call, rooms, languageIn(request)));
  });

  app.get("/api/runs", async (request) =>
    Promise.all((await folders.list()).map((run) => runView(run, rooms, languageIn(request)))),
  );
  app.get("/api/compared", async (request): Promise<RunsCompared> => {
    const names = requestOf(comparedQuery, request.query).with.split(",").slice(0, mostCompared);
    const runs = await Promise.all(names.map((name) => folders.read(name)));
    const { differences, figures, fair } = compareRuns(runs);
    const language = languageIn(request);
    const compare = names.map((name) => `runs/${name}`);
    return {
      ...{ runs: names, figures, fair },
      differences: differences.map(({ name, values }) => ({
        name: ["data", "command", "kind"].includes(name) ? name : `--${optionName(name)}`,
        values,
      })),
      verdicts: runs.map(({ summary }) =>
        (summary?.verdicts ?? []).map((each) => sentenceIn(each, language)),
      ),
      losses: await Promise.all(runs.map(({ folder }) => lossesIn(folder))),
      commandLine: shellOf({ verb: "runs", data: null, options: { compare } }),
    };
  });
  app.get<Named>("/api/runs/:id", (request) => view(request.params.id, request));

  app.post<Named>("/api/runs/:id/stop", async (request) => {
    await jobs.stop(request.params.id);
    return view(request.params.id, request);
  });

  app.post<Named>("/api/runs/:id/pause", async (request) => {
    const { id } = request.params;
    await jobs.pause(id, folders.folderOf(id));
    return view(id, request);
  });

  app.post<Named>("/api/runs/:id/resume", async (request) => {
    const { id } = request.params;
    const { command, atWork } = await folders.read(id);
    if (atWork) throw new EspejoError("studio_running", {});
    await forget(id);
    // what the process will say a moment later
    if (!jobs.isRunning(id)) await forgetPause(folders.folderOf(id));
    jobs.start(id, [command, "--resume", `runs/${id}`, "--live"], folders.folderOf(id));
    return view(id, request);
  });

  app.delete<Named>("/api/runs/:id", async ({ params: { id } }, reply) => {
    const { atWork } = await folders.read(id);
    if (atWork || jobs.isRunning(id)) throw new EspejoError("studio_running", {});
    await forget(id);
    await scorings.removeOf(join(folders.folderOf(id), runFiles.model));
    await folders.remove(id);
    events.tell("run", { id, state: "gone" });
    return reply.code(204).send();
  });

  app.get<Named>("/api/runs/:id/losses", async ({ params: { id } }): Promise<readonly Loss[]> => {
    return lossesIn((await folders.read(id)).folder);
  });

  app.get<Named>("/api/runs/:id/report", async (request, reply) => {
    const run = await folders.read(request.params.id);
    const path = await reportOf(run, rooms, languageIn(request));
    return reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", reportPolicy)
      .send(createReadStream(path));
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

  async function forget(id: string): Promise<void> {
    const folder = folders.folderOf(id);
    await Promise.all([rankings.forget(folder), rows.forget(folder), codes.forget(folder)]);
  }
}
