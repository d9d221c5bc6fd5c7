import type { FastifyInstance } from "fastify";
import type { Registry } from "../models/registry.ts";
import { declaredInputs, declaredOutputs } from "../outputs.ts";
import { answers, documented } from "./documents.ts";

interface Named {
  readonly Params: { readonly model: string; readonly version?: string };
}

/** What TensorFlow Serving and KServe v1 tell of models. */
export function addV1Routes(app: FastifyInstance, registry: Registry): void {
  const infer = (summary: string, answer: object) => ({
    config: { scope: "infer" as const },
    schema: documented({ tag: "v1", summary, answer: { ...answer } }),
  });
  app.get("/v1/models", infer("Names of the models", answers.models), async () => ({
    models: registry.names,
  }));
  for (const place of ["/v1/models/:model", "/v1/models/:model/versions/:version"]) {
    const state = infer("Whether a model is loaded, and in which versions", answers.v1Model);
    app.get<Named>(place, state, async ({ params: { model, version } }) => {
      const { name } = registry.get(model, version);
      const versions = version === undefined ? registry.versions(model) : [version];
      return {
        name,
        ready: true,
        model_version_status: versions.map((each) => ({
          version: each,
          state: "AVAILABLE",
          status: { error_code: "OK", error_message: "" },
        })),
      };
    });
    const metadata = infer("What a model takes and gives", answers.v1Metadata);
    app.get<Named>(`${place}/metadata`, metadata, async ({ params: { model, version } }) => {
      const { name, version: own, facts } = registry.get(model, version);
      return {
        model_spec: { name, version: own, signature_name: "serving_default" },
        metadata: { inputs: declaredInputs(facts), outputs: declaredOutputs(facts) },
      };
    });
  }
}
