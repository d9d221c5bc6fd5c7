import fastifyCompress from "@fastify/compress";
import fastifyCors from "@fastify/cors";
import fastifyHelmet from "@fastify/helmet";
import fastifyRateLimit from "@fastify/rate-limit";
import fastifySwagger from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import fastifyUnderPressure from "@fastify/under-pressure";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { EspejoError } from "../errors.ts";
import { answerErrors } from "../http/error-answers.ts";
import { guard } from "../http/guards.ts";
import { requestIds } from "../http/request-ids.ts";
import { espejoVersion } from "../tasks/model/version.ts";
import { addDriftRoutes, addMetricsRoute, addMlflowRoutes } from "./doors/operation-routes.ts";
import { addPageRoutes } from "./doors/page-routes.ts";
import { addRepositoryRoutes } from "./doors/repository-routes.ts";
import { addScoreRoutes } from "./doors/score-routes.ts";
import { addV1Routes } from "./doors/v1-routes.ts";
import { addV2Routes } from "./doors/v2-routes.ts";
import { Registry } from "./models/registry.ts";
import { findModels, type ModelSource } from "./models/sources.ts";
import { ServerMetrics } from "./operations/metrics.ts";
import { watchRequests } from "./operations/requests.ts";
import { type FullOptions, type ServerOptions, withDefaults } from "./options.ts";
import { Pool } from "./pool/pool.ts";
import { Readiness } from "./readiness.ts";
import { Scorer } from "./scorer.ts";
import { Watches } from "./watch/watches.ts";

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
    const app = newApp(full);
    const registry = await Registry.open(pool, sources, {
      ...(full.defaultModel !== undefined && { defaultName: full.defaultModel }),
      events: {
        loaded(served, milliseconds) {
          const { name: model, version, note } = served;
          const ms = Math.round(milliseconds);
          app.log.info({ model, version, ms, ...(note && { note }) }, "model loaded");
          for (const hearer of hearers) hearer.loaded(model, "loaded");
        },
        failed(model, version, error) {
          app.log.error({ model, version, reason: error.message }, "model kept as it was");
          for (const hearer of hearers) hearer.loaded(model, "failed");
        },
        unloaded(served) {
          watches.forget(served);
          app.log.info({ model: served.name, version: served.version }, "model unloaded");
        },
      },
    });
    const scorer = new Scorer(pool, registry, full);
    const metrics = new ServerMetrics(registry, watches, {
      ...{ pool, scorer },
      lagMs: () => app.memoryUsage().eventLoopDelay,
    });
    hearers.push(metrics);
    const readiness = new Readiness(registry);
    await addParts(app, full);
    watchRequests(app, metrics, watches);
    addScoreRoutes(app, scorer, full);
    addV2Routes(app, registry, readiness);
    addRepositoryRoutes(app, registry);
    addV1Routes(app, registry);
    addMlflowRoutes(app, readiness);
    addMetricsRoute(app, metrics);
    addDriftRoutes(app, registry, watches);
    await addPageRoutes(app, registry, { tokens: full.tokens.length > 0 });
    app.addHook("onRequest", (_request, reply, done) => {
      // who is answered while the server stops asks another one next
      if (readiness.stopping) void reply.header("connection", "close");
      done();
    });
    app.addHook("preClose", (done) => {
      // a connection that is at work now may be idle later
      const idle = setInterval(() => app.server.closeIdleConnections(), 50);
      app.server.once("close", () => clearInterval(idle));
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

/** Milliseconds that the event loop may be late before no more rows are taken. */
const mostLagMs = 1000;

/** Slow clients are cut off: they have this long for the head of a request, and for all of it. */
const patience = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 72_000 };

function newApp({ bodyLimit, logger, https }: FullOptions): FastifyInstance {
  const app = fastify({
    ...(https && { https }),
    ...(logger && { loggerInstance: logger as FastifyBaseLogger }),
    bodyLimit,
    // one line a request, of ours
    logController: new LogController({ disableRequestLogging: true }),
    ...requestIds,
    requestTimeout: patience.requestTimeout,
    keepAliveTimeout: patience.keepAliveTimeout,
    http: { headersTimeout: patience.headersTimeout, maxHeaderSize: 16 * 1024 },
    routerOptions: { maxParamLength: 128 },
  });
  // what a protocol asks of a body is looked at where it is read; schemas of routes are for /openapi.json
  // the type of a body is looked at by its door: clients of v2 name none
  // the id of a request is in the line that is written of it: a logger for each would write it too, and take its time
  app.setChildLoggerFactory((logger) => logger);
  app.setValidatorCompiler(() => () => true);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  return app;
}

/** Errors, guards, and the parts of others that look after HTTP. */
async function addParts(app: FastifyInstance, full: FullOptions): Promise<void> {
  const { bodyLimit, tokens, loopback, origins, rateLimit } = full;
  answerErrors(app, { bodyLimit });
  guard(app, { tokens, loopback, origins });
  // headers of pages are for pages; what programs get needs one of them
  app.addHook("onRequest", (_request, reply, done) => {
    void reply.header("x-content-type-options", "nosniff");
    done();
  });
  await app.register(fastifyHelmet, {
    global: false,
    contentSecurityPolicy: { directives: { "upgrade-insecure-requests": null } },
    hsts: false,
  });
  if (origins.length > 0) await app.register(fastifyCors, { origin: [...origins] });
  if (rateLimit !== undefined)
    await app.register(fastifyRateLimit, {
      max: rateLimit,
      timeWindow: "1 minute",
      keyGenerator: (request) => request.tokenName ?? request.ip,
      errorResponseBuilder: () => new EspejoError("request_often", {}),
      allowList: (request) => request.routeOptions.config.scope === undefined,
    });
  await app.register(fastifyUnderPressure, {
    maxEventLoopDelay: mostLagMs,
    pressureHandler: (request) => {
      if (request.routeOptions.config.door) throw new EspejoError("server_busy", {});
    },
  });
  await app.register(fastifyCompress, {
    global: true,
    threshold: 8192,
    encodings: ["gzip", "deflate"],
    requestEncodings: ["gzip", "deflate"],
    customTypes: /^application\/json|^text\/|^application\/x-ndjson|^application\/octet-stream/,
  });
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Espejo", version: espejoVersion },
      ...(tokens.length > 0 && {
        components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
        security: [{ token: [] }],
      }),
    },
  });
  await app.register(fastifySwaggerUi, { routePrefix: "/docs", staticCSP: true });
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
}
