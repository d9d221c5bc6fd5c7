import type { FastifyInstance } from "fastify";
import type { Events } from "../events/events.ts";
import type { Project } from "../project/project.ts";
import { fileName, freePath, receive } from "../project/received-file.ts";
import type { ModelFiles } from "../use/model-files.ts";

/** Takes files that are dropped into the page: their bytes go to the data, or the models, of the project as they come. */
export async function addUploadRoutes(
  app: FastifyInstance,
  {
    project,
    models,
    events,
    limit,
  }: {
    readonly project: Project;
    readonly models: ModelFiles;
    readonly events: Events;
    readonly limit: number;
  },
): Promise<void> {
  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    uploads.put<{ Params: { name: string } }>(
      "/api/uploads/:name",
      { bodyLimit: limit },
      async ({ params, body }, reply) => {
        const name = fileName(params.name);
        const path = await freePath(project.data, name);
        await receive((body ?? []) as AsyncIterable<Uint8Array>, path, limit);
        const source = await project.add({
          name,
          path: `data/${path.slice(project.data.length + 1)}`,
          kind: "dropped",
        });
        events.tell("sources", {});
        return reply.code(201).send(source);
      },
    );
    uploads.put<{ Params: { name: string } }>(
      "/api/models/:name",
      { bodyLimit: limit },
      async ({ params, body }, reply) => {
        const model = await models.receive(
          (body ?? []) as AsyncIterable<Uint8Array>,
          fileName(params.name),
          limit,
        );
        events.tell("models", {});
        return reply.code(201).send(model);
      },
    );
  });
}
