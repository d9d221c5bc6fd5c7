import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { EspejoError } from "../../errors.ts";
import { requestOf } from "../../http/request-of.ts";
import { exportKeras } from "../../tasks/keras/export-keras.ts";
import { ModelFile } from "../../tasks/model/model-file.ts";
import { modelHalf } from "../../tasks/model/model-half.ts";
import { statedThreshold } from "../../tasks/model/threshold-record.ts";
import { openScoring } from "../../tasks/ranking/kept-scoring.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import { replaceThreshold } from "../../tasks/threshold/replace-threshold.ts";
import { modelQuery } from "../api/runs.ts";
import {
  codesQuery,
  halfQuery,
  type ModelPlace,
  newModel,
  newScoring,
  reportQuery,
} from "../api/use.ts";
import { languageIn } from "../page-language.ts";
import type { OpenedFolders } from "../project/opened-folders.ts";
import { reportPolicy } from "../runs/report.ts";
import type { RunRooms } from "../runs/rooms.ts";
import type { ModelFiles } from "../use/model-files.ts";
import { type Scorings, scoredKey } from "../use/scorings.ts";
import { shownPath, usedModel } from "../use/used-model.ts";
import { addRankingRoutes } from "./ranking-routes.ts";
import { keptAs, sendMade, sendRows } from "./send-made.ts";

interface Named {
  readonly Params: { readonly id: string };
}

export interface UseRooms extends RunRooms {
  readonly models: ModelFiles;
  readonly scorings: Scorings;
  readonly opened: OpenedFolders;
}

/** Models that are used: files that they score, what is taken away of them, and models that a person brings. */
export function addUseRoutes(app: FastifyInstance, rooms: UseRooms): void {
  const { project, models, scorings, events, opened } = rooms;

  app.get("/api/models", () => models.list());
  app.post("/api/models", async (request, reply) => {
    const { path } = requestOf(newModel, request.body);
    const model = await models.copy(await opened.pathOf(path));
    events.tell("models", {});
    return reply.code(201).send(model);
  });
  app.delete<Named>("/api/models/:id", async ({ params: { id } }, reply) => {
    const path = await models.pathOf(id);
    await scorings.removeOf(path);
    await models.remove(id);
    events.tell("models", {});
    return reply.code(204).send();
  });

  addModelRoutes(app, rooms, "runs", async (id) => {
    const { folder } = await rooms.folders.read(id);
    return join(folder, runFiles.model);
  });
  addModelRoutes(app, rooms, "models", (id) => models.pathOf(id));
  app.get<Named>("/api/models/:id/model", async (request, reply) => {
    const path = await models.pathOf(request.params.id);
    return sendModel(path, `${request.params.id}.onnx`, request.query, reply);
  });

  app.get<Named>("/api/scored/:id", (request) =>
    scorings.view(request.params.id, languageIn(request)),
  );
  app.delete<Named>("/api/scored/:id", async ({ params }, reply) => {
    await scorings.remove(params.id);
    return reply.code(204).send();
  });
  app.get<Named>("/api/scored/:id/model", async (request, reply) => {
    const { model } = await scorings.ranked(request.params.id);
    return sendModel(model, "model.onnx", request.query, reply);
  });
  addRankingRoutes(app, rooms, {
    ...{ address: "/api/scored", keyOf: scoredKey },
    read: (id) => scorings.ranked(id),
    open: openScoring,
  });

  async function sendModel(path: string, name: string, query: unknown, reply: FastifyReply) {
    const { threshold } = requestOf(modelQuery, query);
    const bytes = await readFile(path).catch(() => {
      throw new EspejoError("file_missing", { path: shownPath(path, project) });
    });
    const told =
      threshold === undefined
        ? bytes
        : replaceThreshold(bytes, path, { rows: statedThreshold(threshold) });
    return sendFile(reply, Buffer.from(told), name);
  }
}

/** What is done with the model of a run, or with one that a person brought. */
function addModelRoutes(
  app: FastifyInstance,
  { project, jobs, scorings }: UseRooms,
  place: ModelPlace,
  pathOf: (id: string) => Promise<string>,
): void {
  const address = `/api/${place}/:id`;
  const named = async (id: string) => ({ path: await pathOf(id), file: `${id}.onnx` });
  const withModel = async <Made>(id: string, work: (file: ModelFile) => Made | Promise<Made>) => {
    const file = await ModelFile.read(await pathOf(id));
    try {
      return await work(file);
    } finally {
      await file.dispose();
    }
  };

  app.get<Named>(`${address}/use`, async (request) => {
    const { path, file } = await named(request.params.id);
    return usedModel(path, project, file, languageIn(request));
  });

  app.get<Named>(`${address}/scored`, async (request) =>
    scorings.of(await pathOf(request.params.id), languageIn(request)),
  );

  app.post<Named>(`${address}/scored`, async (request, reply) => {
    const source = project.source(requestOf(newScoring, request.body).source);
    const id = scorings.start(shownPath(await pathOf(request.params.id), project), source);
    return reply.code(201).send(await scorings.view(id, languageIn(request)));
  });

  app.get<Named>(`${address}/half`, async (request, reply) => {
    const { id } = request.params;
    const { part } = requestOf(halfQuery, request.query);
    const bytes = await withModel(id, (file) => modelHalf(file, { part }));
    return sendFile(reply, Buffer.from(bytes), `${id}-${part}.onnx`);
  });

  app.get<Named>(`${address}/keras`, async (request, reply) => {
    const { id } = request.params;
    const { bytes } = await withModel(id, (file) => exportKeras(file));
    return sendFile(reply, Buffer.from(bytes), `${id}.keras`);
  });

  app.get<Named>(`${address}/codes-of`, async (request, reply) => {
    const { id } = request.params;
    const { source: of, format } = requestOf(codesQuery, request.query);
    const words = ["encode", project.addressFor(project.source(of)), "-m", await pathOf(id)];
    return sendRows(reply, { name: "codes", format }, (path, _, spanish) =>
      jobs.call([...words, ...(spanish ? ["--excel", "es"] : []), "-o", path]),
    );
  });

  app.get<Named>(`${address}/report-on`, async (request, reply) => {
    const source = project.source(requestOf(reportQuery, request.query).source);
    const words = ["report", project.addressFor(source), "-m", await pathOf(request.params.id)];
    reply.header("content-security-policy", reportPolicy);
    const page = { name: "report.html", type: "text/html; charset=utf-8", kept: false };
    return sendMade(reply, page, (path) =>
      jobs.call([...words, "--lang", languageIn(request), "-o", path]),
    );
  });
}

/** Sends bytes that a browser keeps under a name. */
function sendFile(reply: FastifyReply, bytes: Buffer, name: string) {
  return reply
    .type("application/octet-stream")
    .header("content-disposition", keptAs(name))
    .send(bytes);
}
