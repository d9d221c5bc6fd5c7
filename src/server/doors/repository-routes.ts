import type { FastifyInstance } from "fastify";
import { EspejoError, phrase } from "../../errors.ts";
import { requestOf } from "../../http/request-of.ts";
import { shown, z } from "../../schema.ts";
import { jsonOfBody } from "../decode/json-body.ts";
import type { Registry } from "../models/registry.ts";
import { answers, documented } from "./documents.ts";

interface Named {
  readonly Params: { readonly model: string };
}

/** The model repository of v2: which models there are, loading their files anew, taking them away. For admins. */
export function addRepositoryRoutes(app: FastifyInstance, registry: Registry): void {
  const admin = (summary: string, answer: object) => ({
    config: { scope: "admin" as const },
    schema: documented({ tag: "repository", summary, answer: { ...answer } }),
  });
  const index = admin("Models that are here, loaded or not", answers.index);
  app.post("/v2/repository/index", index, async () => registry.index());
  const load = admin("Loads the files of a model anew", answers.nothing);
  app.post<Named>("/v2/repository/models/:model/load", load, async ({ params, body }) => {
    checkParameters(body);
    await registry.load(params.model);
    return {};
  });
  const unload = admin("Takes a model away", answers.nothing);
  app.post<Named>("/v2/repository/models/:model/unload", unload, async ({ params, body }) => {
    checkParameters(body);
    await registry.unload(params.model);
    return {};
  });
}

const repositoryRequest = z.looseObject({
  parameters: z.exactOptional(z.record(z.string(), z.any())),
});

/** Refuses what a request may name elsewhere, other files and settings: a server reads what it was started with. */
function checkParameters(body: unknown): void {
  const bytes = body as Uint8Array | undefined;
  if (!bytes || bytes.length === 0) return;
  const { parameters = {} } = requestOf(repositoryRequest, jsonOfBody(bytes));
  for (const [name, value] of Object.entries(parameters))
    if (name === "config" || name.startsWith("file:"))
      throw new EspejoError("request_invalid", {
        place: `parameters.${name.slice(0, 40)}`,
        wanted: phrase("own_files", {}),
        got: shown(value),
      });
}
