import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Watches } from "../watch/watches.ts";
import type { ServerMetrics } from "./metrics.ts";

/** Writes a line for each request, counts it, and watches its rows; no value of a row leaves here. */
export function watchRequests(
  app: FastifyInstance,
  metrics: ServerMetrics,
  watches: Watches,
): void {
  app.addHook("onResponse", (request, reply, done) => {
    const { outcome } = request;
    const door = doorOf(request);
    const code = reply.statusCode;
    const seconds = reply.elapsedTime / 1000;
    const scored = outcome && {
      served: outcome.served,
      rows: outcome.scored.rows,
      inferSeconds: outcome.inferMs / 1000,
    };
    metrics.answered({ door, code, seconds, ...(scored && { scored }) });
    if (outcome) watches.of(outcome.served).add(outcome.decoded.rows, outcome.scored);
    const about = {
      id: request.id,
      method: request.method,
      path: request.routeOptions.url ?? "",
      status: code,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(request.tokenName && { token: request.tokenName }),
      ...(outcome && {
        model: outcome.served.name,
        version: outcome.served.version,
        rows: outcome.scored.rows,
      }),
    };
    if (code >= 500) request.log.warn(about, "request");
    else request.log.info(about, "request");
    done();
  });
}

/** The protocol of a request, for metrics. */
function doorOf({ routeOptions: { config, url = "" } }: FastifyRequest): string {
  return config.door ?? /^\/(v1|v2|metrics|docs)/.exec(url)?.[1] ?? "other";
}
