import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { addDriftRoutes, addMetricsRoute, addMlflowRoutes } from "./doors/operation-routes.ts";
import { addPageRoutes } from "./doors/page-routes.ts";
import { addRepositoryRoutes } from "./doors/repository-routes.ts";
import { addScoreRoutes } from "./doors/score-routes.ts";
import { addV1Routes } from "./doors/v1-routes.ts";
import { addV2Routes } from "./doors/v2-routes.ts";
import { Registry } from "./models/registry.ts";
import { findModels, type ModelSource } from "./models/sources.ts";
import { watchRequests } from "./operations/requests.ts";
import { type ServerOptions, withDefaults } from "./options.ts";
import { Pool } from "./pool/pool.ts";
import { Readiness } from "./readiness.ts";
import { Scorer } from "./scorer.ts";
import { Watches } from "./watch/watches.ts";

/** Milliseconds for what is on its way when a server closes. */
const lastBytesMs = 500;

/** A server that scores, not yet listening. */
export interface ScoringServer {
  /** The app of Fastify: `listen`, `inject`, `close`. */
  readonly app: FastifyInstance;
  /** Names of the models. */
  readonly names: readonly string[];
  /** Loads the file of a model anew; throws where it is not to be used, and the old one goes on. */
  reload(path: string): Promise<void>;
  /** Loads one more model. */
  add(source: ModelSource): Promise<void>;
  /** The models that it was started with. */
  readonly sources: readonly ModelSource[];
  /** From now on `ready` says no, so that requests go elsewhere. */
  stop(): void;
}

/**
 * A server of models: files, `name=file`, or folders. It loads and warms them all, and does not listen. Throws what reading
 * a model throws, `serve_models`, `serve_name` or `serve_twice`.
 */
export async function buildServer(
  models: readonly string[],
  options: ServerOptions = {},
): Promise<ScoringServer> {
  const full = withDefaults(options);
  const sources = await findModels(models);
  const pool = await Pool.start(full);
  try {
    const watches = new Watches(full.driftWindowMs);
    const hearers: { loaded(name: string, result: "loaded" | "failed"): void }[] = [];
    const log = full.logger as FastifyBaseLogger | undefined;
    const opening = Registry.open(pool, sources, {
      ...(full.defaultModel !== undefined && { defaultName: full.defaultModel }),
      events: {
        loaded(served, milliseconds) {
          const { name: model, version, note } = served;
          const ms = Math.round(milliseconds);
          log?.info({ model, version, ms, ...(note && { note }) }, "model loaded");
          for (const hearer of hearers) hearer.loaded(model, "loaded");
        },
        failed(model, version, error) {
          log?.error({ model, version, reason: error.message }, "model kept as it was");
          for (const hearer of hearers) hearer.loaded(model, "failed");
        },
        unloaded(served) {
          log?.info({ model: served.name, version: served.version }, "model unloaded");
        },
      },
    });
    // what looks after HTTP is loaded while threads load the models
    const [registry, { makeApp }, { ServerMetrics }] = await Promise.all([
      opening,
      import("./app.ts"),
      import("./operations/metrics.ts"),
    ]);
    const app = await makeApp(full);
    const scorer = new Scorer(pool, registry, full);
    const metrics = new ServerMetrics(registry, watches, {
      ...{ pool, scorer },
      lagMs: () => app.memoryUsage().eventLoopDelay,
    });
    hearers.push(metrics);
    const readiness = new Readiness(registry);
    watchRequests(app, metrics, watches);
    addScoreRoutes(app, scorer, full);
    addV2Routes(app, registry, readiness);
    addRepositoryRoutes(app, registry);
    addV1Routes(app, registry);
    addMlflowRoutes(app, readiness);
    addMetricsRoute(app, metrics);
    addDriftRoutes(app, registry, watches);
    await addPageRoutes(app, registry, { tokens: full.tokens.length > 0 });
    app.addHook("onSend", (_request, reply, _body, done) => {
      // who is answered while the server stops asks another one next
      if (readiness.stopping) void reply.header("connection", "close");
      done();
    });
    app.addHook("preClose", (done) => {
      const began = performance.now();
      const look = setInterval(() => {
        // a connection that is at work now may be idle later
        app.server.closeIdleConnections();
        const waited = performance.now() - began;
        // what has come is answered; who still sends, however slowly, is not waited for
        if ((scorer.inside === 0 && waited > lastBytesMs) || waited > full.timeoutMs)
          app.server.closeAllConnections();
      }, 50);
      app.server.once("close", () => clearInterval(look));
      done();
    });
    app.addHook("onClose", async () => {
      await pool.close();
    });
    return {
      app,
      names: registry.names,
      sources,
      reload: (path) => registry.reload(path),
      add: (source) => registry.add(source),
      stop: () => readiness.stop(),
    };
  } catch (error) {
    await pool.close();
    throw error;
  }
}
