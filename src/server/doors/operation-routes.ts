import type { FastifyInstance } from "fastify";
import { espejoVersion } from "../../tasks/model/version.ts";
import type { Registry } from "../models/registry.ts";
import type { ServerMetrics } from "../operations/metrics.ts";
import type { Readiness } from "../readiness.ts";
import type { Watches } from "../watch/watches.ts";
import { answers, documented } from "./documents.ts";

interface Named {
  readonly Params: { readonly model: string; readonly version?: string };
}

/** What MLflow's clients and SageMaker ask beside scores. */
export function addMlflowRoutes(app: FastifyInstance, readiness: Readiness): void {
  const { plain } = answers;
  const about = (summary: string, more = {}) => ({
    schema: documented({ tag: "mlflow", summary, answer: plain, open: true, more }),
  });
  for (const url of ["/ping", "/health"])
    app.get(url, about("Whether requests should come", { 503: plain }), async (_request, reply) =>
      reply
        .code(readiness.ready ? 200 : 503)
        .type("text/plain; charset=utf-8")
        .send("\n"),
    );
  app.get("/version", about("The version of Espejo"), async (_request, reply) =>
    reply.type("text/plain; charset=utf-8").send(espejoVersion),
  );
}

/** What Prometheus asks for. */
export function addMetricsRoute(app: FastifyInstance, metrics: ServerMetrics): void {
  const schema = documented({
    ...{ tag: "operations", summary: "Figures for Prometheus", answer: answers.plain },
  });
  app.get("/metrics", { config: { scope: "infer" }, schema }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
}

/** How the rows that models were asked about differ from those that trained them. */
export function addDriftRoutes(app: FastifyInstance, registry: Registry, watches: Watches): void {
  const schema = documented({
    tag: "operations",
    summary:
      "How rows differ from those of training: since the model was loaded, and in the window",
    answer: answers.drift,
  });
  for (const url of ["/v2/models/:model/drift", "/v2/models/:model/versions/:version/drift"])
    app.get<Named>(url, { config: { scope: "infer" }, schema }, async ({ params }) => {
      const served = registry.get(params.model, params.version);
      const watch = watches.of(served);
      return {
        model_name: served.name,
        model_version: served.version,
        total: watch.total,
        window: { seconds: watches.seconds, ...watch.last() },
      };
    });
}
