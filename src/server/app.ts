import fastifyCompress from "@fastify/compress";
import fastifyCors from "@fastify/cors";
import fastifyHelmet from "@fastify/helmet";
import fastifyRateLimit from "@fastify/rate-limit";
import fastifySwagger from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import fastifyUnderPressure from "@fastify/under-pressure";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { EspejoError } from "../errors.ts";
import { readBodies } from "../http/bodies.ts";
import { answerOddRequests, connectionOptions } from "../http/connections.ts";
import { answerErrors, frameworkErrors } from "../http/error-answers.ts";
import { guard } from "../http/guards.ts";
import { requestIds } from "../http/request-ids.ts";
import { espejoVersion } from "../tasks/model/version.ts";
import type { FullOptions } from "./options.ts";

/** What the documents may load: their own files, and the styles that they write themselves. */
const documentPolicy = [
  ...["default-src 'self'", "base-uri 'self'", "object-src 'none'", "frame-ancestors 'self'"],
  ...["img-src 'self' data:", "script-src 'self'", "style-src 'self' 'unsafe-inline'"],
].join("; ");

/** Milliseconds that the event loop may be late before no more rows are taken. */
const mostLagMs = 1000;

/** Bodies of the greatest size that may lie in memory beside one for each thread: some come, some are answered. */
const bodiesBeside = 3;

/** An app without addresses: errors, guards, and the parts of others that look after HTTP. */
export async function makeApp(options: FullOptions): Promise<FastifyInstance> {
  const app = newApp(options);
  await addParts(app, options);
  return app;
}

function newApp({ bodyLimit, logger, ...full }: FullOptions): FastifyInstance {
  const app = fastify({
    ...connectionOptions(full),
    ...(logger && { loggerInstance: logger as FastifyBaseLogger }),
    // one line a request, of ours
    logController: new LogController({ disableRequestLogging: true }),
    ...requestIds,
    ...frameworkErrors,
    routerOptions: { maxParamLength: 128 },
  });
  // what a protocol asks of a body is looked at where it is read; schemas of routes are for /openapi.json
  // the type of a body is looked at by its door: clients of v2 name none
  // the id of a request is in the line that is written of it: a logger for each would write it too, and take its time
  app.setChildLoggerFactory((logger) => logger);
  app.setValidatorCompiler(() => () => true);
  readBodies(app, { bodyLimit, room: bodyLimit * (full.workers + bodiesBeside) });
  return app;
}

async function addParts(app: FastifyInstance, full: FullOptions): Promise<void> {
  const { tokens, loopback, origins, rateLimit } = full;
  answerOddRequests(app);
  answerErrors(app);
  // on refusals of the guard too; headers of pages are for pages
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header("x-content-type-options", "nosniff").header("x-request-id", request.id);
    done();
  });
  guard(app, { tokens, loopback, origins });
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
    globalDecompression: false,
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
  await app.register(fastifySwaggerUi, { routePrefix: "/docs", staticCSP: documentPolicy });
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
}
