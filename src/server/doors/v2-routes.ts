import type { FastifyInstance } from "fastify";
import { espejoVersion } from "../../tasks/model/version.ts";
import type { Registry } from "../models/registry.ts";
import { declaredInputs, declaredOutputs } from "../outputs.ts";
import type { Readiness } from "../readiness.ts";
import { answers, documented } from "./documents.ts";

interface Named {
  readonly Params: { readonly model: string; readonly version?: string };
}

/** What the Open Inference Protocol v2 tells of the server and its models. */
export function addV2Routes(app: FastifyInstance, registry: Registry, readiness: Readiness): void {
  const about = (summary: string, answer: object, more = {}) => ({
    schema: documented({ tag: "v2", summary, answer: { ...answer }, open: true, more }),
  });
  app.get("/v2", about("What this server is", answers.server), async () => ({
    name: "espejo",
    version: espejoVersion,
    extensions: ["binary_tensor_data", "model_repository"],
  }));
  app.get("/v2/health/live", about("Whether it runs", answers.live), async () => ({ live: true }));
  const ready = about("Whether requests should come", answers.ready, { 503: answers.ready });
  app.get("/v2/health/ready", ready, async (_request, reply) =>
    reply.code(readiness.ready ? 200 : 503).send({ ready: readiness.ready }),
  );
  for (const url of ["/v2/models/:model", "/v2/models/:model/versions/:version"]) {
    const schema = documented({
      tag: "v2",
      summary: "What a model takes and gives",
      answer: answers.model,
    });
    app.get<Named>(url, { config: { scope: "infer" }, schema }, async ({ params }) => {
      const { name, facts } = registry.get(params.model, params.version);
      return {
        name,
        versions: [...registry.versions(params.model)].reverse(),
        platform: "espejo_onnx",
        inputs: declaredInputs(facts),
        outputs: declaredOutputs(facts),
      };
    });
    const here = about("Whether a model is loaded", answers.modelReady);
    app.get<Named>(`${url}/ready`, here, async ({ params: { model, version } }) => {
      const { name } = registry.get(model, version);
      return { name, ready: true };
    });
  }
}
