import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyCookie from "@fastify/cookie";
import fastifyHelmet from "@fastify/helmet";
import fastifyStatic from "@fastify/static";
import fastify, { type FastifyInstance } from "fastify";
import { answerErrors, frameworkErrors } from "../http/error-answers.ts";
import { guard } from "../http/guards.ts";
import { requestIds } from "../http/request-ids.ts";
import { espejoVersion } from "../tasks/model/version.ts";
import type { StudioState } from "./api/state.ts";
import { Events } from "./events/events.ts";
import { Jobs } from "./jobs/jobs.ts";
import { Lessons } from "./looks/lessons.ts";
import { Previews } from "./looks/previews.ts";
import { type StudioOptions, withUsual } from "./options.ts";
import { Marks } from "./project/marks.ts";
import { OpenedFolders } from "./project/opened-folders.ts";
import { Project } from "./project/project.ts";
import { addCodeRoutes } from "./routes/code-routes.ts";
import { addEventRoutes } from "./routes/event-routes.ts";
import { addRankingRoutes } from "./routes/ranking-routes.ts";
import { addRunRoutes } from "./routes/run-routes.ts";
import { addSourceRoutes } from "./routes/source-routes.ts";
import { addTrainingRoutes } from "./routes/training-routes.ts";
import { addUploadRoutes } from "./routes/upload-routes.ts";
import { addUseRoutes } from "./routes/use-routes.ts";
import { OpenedRows } from "./runs/opened-rows.ts";
import { rankedRuns } from "./runs/ranked-place.ts";
import { Rankings } from "./runs/rankings.ts";
import { RunCodes } from "./runs/run-codes.ts";
import { RunFolders } from "./runs/run-folders.ts";
import { watchRuns } from "./runs/watch-runs.ts";
import { samples } from "./samples.ts";
import { addSession } from "./session.ts";
import { ModelFiles } from "./use/model-files.ts";
import { Scorings } from "./use/scorings.ts";

/** A studio, not yet listening. */
export interface Studio {
  /** The app of Fastify: `listen`, `inject`, `close`. */
  readonly app: FastifyInstance;
  /** The folder of its project. */
  readonly folder: string;
}

/** Bytes of a body that is no file. */
const bodyLimit = 1024 * 1024;

/** The page, as it lies in the package. */
const pageFolder = fileURLToPath(new URL("../../dist/studio-page/", import.meta.url));
const engineFolder = fileURLToPath(new URL("../../dist/engine/onnxruntime-web/", import.meta.url));

/**
 * A studio on a project: what it answers stands in `api/`. It listens nowhere, and trains in processes of its own. Throws
 * what opening the project does.
 */
export async function buildStudio(options: StudioOptions): Promise<Studio> {
  const { project: path, folders, main, words, token, ...usual } = withUsual(options);
  const project = await Project.open(path);
  const events = new Events();
  const jobs = new Jobs(main, project, events);
  const previews = new Previews();
  const runFolders = new RunFolders(project);
  const rows = new OpenedRows(project);
  const rooms = {
    ...{ project, events, jobs, folders: runFolders, rows },
    ...{
      rankings: new Rankings(),
      codes: new RunCodes({ project, jobs, rows }),
      marks: await Marks.open(project.folder),
    },
  };
  const opened = new OpenedFolders([project.folder, ...folders]);
  const models = new ModelFiles(project);
  const scorings = new Scorings(rooms);
  const app = fastify({
    ...{ bodyLimit, ...requestIds, ...frameworkErrors },
    forceCloseConnections: true,
  });
  answerErrors(app);
  guard(app, { tokens: [], loopback: true, origins: [] });
  app.addHook("onRequest", (request, _reply, done) => {
    // what is saved from an address has no header of its own for the language
    const { language } = request.query as { language?: string };
    if (language === "es" || language === "en") request.headers["accept-language"] = language;
    done();
  });
  await app.register(fastifyHelmet, {
    hsts: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
      },
    },
  });
  await app.register(fastifyCookie);
  addSession(app, token);
  app.get(
    "/api/state",
    async (): Promise<StudioState> => ({
      version: espejoVersion,
      project: { name: project.name, folder: project.folder },
      samples,
      recent: await projectsBeside(project.folder),
    }),
  );
  addEventRoutes(app, events);
  addSourceRoutes(app, {
    project,
    folders: opened,
    previews,
    events,
    patienceMs: usual.patienceMs,
  });
  await addUploadRoutes(app, { project, models, events, limit: usual.uploadLimit });
  addRunRoutes(app, { ...rooms, scorings });
  addRankingRoutes(app, rooms, rankedRuns(runFolders));
  const lessons = new Lessons();
  addTrainingRoutes(app, rooms, { lessons, words });
  addCodeRoutes(app, rooms);
  addUseRoutes(app, { ...rooms, models, scorings, opened });
  await addPage(app);
  const unwatch = watchRuns(rooms, usual.watchMs);
  app.addHook("onClose", async () => {
    unwatch();
    await jobs.close();
    await previews.close();
    await rooms.rankings.close();
    await rooms.codes.close();
    await rooms.rows.close();
    await lessons.close();
  });
  return { app, folder: project.folder };
}

/** Whether the page lies where it should: a clone builds it by a command of its own. */
export const hasPage = (): boolean => existsSync(join(pageFolder, "index.html"));

/** The addresses of the rooms, as the page has them. */
const roomAddresses = [
  ...["/", "/data/:id", "/data/:id/model", "/runs", "/models/:id"],
  ...["/runs/:id", "/runs/:id/codes", "/runs/:id/use"],
];

/** The files of the page; every address of a room is that of the page. */
async function addPage(app: FastifyInstance): Promise<void> {
  if (!hasPage()) return;
  await app.register(fastifyStatic, { root: pageFolder, wildcard: false, index: false });
  // the engine for browsers lies in the package once, for Node and for pages
  await app.register(fastifyStatic, {
    ...{ root: engineFolder, prefix: "/assets/onnxruntime-web/" },
    ...{ wildcard: false, index: false, decorateReply: false },
  });
  for (const url of roomAddresses)
    app.get(url, (_request, reply) =>
      reply.header("cache-control", "no-cache").sendFile("index.html"),
    );
}

/** Other projects in the folder where this one lies. */
async function projectsBeside(folder: string): Promise<StudioState["recent"]> {
  const home = dirname(folder);
  const names = await readdir(home, { withFileTypes: true }).catch(() => []);
  const found: { name: string; folder: string }[] = [];
  for (const each of names) {
    if (!each.isDirectory() || each.name === basename(folder)) continue;
    const inside = await readdir(join(home, each.name)).catch((): string[] => []);
    if (inside.includes("espejo-project.json"))
      found.push({ name: each.name, folder: join(home, each.name) });
  }
  return found;
}
