import { basename } from "node:path";
import type { FastifyInstance } from "fastify";
import { isDatabaseUrl, shownUrl } from "../../data/postgres/postgres.ts";
import { openPreview } from "../../data/preview/preview.ts";
import type { TableSeen } from "../../data/preview/seen.ts";
import { EspejoError } from "../../errors.ts";
import { requestOf } from "../../http/request-of.ts";
import { shellOf } from "../../invocation/shell.ts";
import type { Language } from "../../language.ts";
import { inShort } from "../../schema.ts";
import { type Look, newSource, type Source, sourceOptions } from "../api/sources.ts";
import type { Events } from "../events/events.ts";
import { fileHead } from "../looks/file-head.ts";
import { lookOf } from "../looks/look.ts";
import type { Previews } from "../looks/previews.ts";
import { languageIn } from "../page-language.ts";
import type { OpenedFolders } from "../project/opened-folders.ts";
import type { Project, SourceDraft } from "../project/project.ts";
import { detectionOf } from "../runs/detection.ts";
import { samplePath } from "../samples.ts";

const later = (ms: number): Promise<null> =>
  new Promise((resolve) => setTimeout(resolve, ms, null));

interface Named {
  readonly Params: { readonly id: string };
}

export interface SourceRooms {
  readonly project: Project;
  readonly folders: OpenedFolders;
  readonly previews: Previews;
  readonly events: Events;
  /** Milliseconds that a person waits for all of a file before its first rows are shown. */
  readonly patienceMs: number;
}

/** What is read: sources, looks at them, and options that change how they are read. */
export function addSourceRoutes(
  app: FastifyInstance,
  { project, folders, previews, events, patienceMs }: SourceRooms,
): void {
  app.get("/api/sources", async () => project.sources);

  app.post("/api/sources", async (request, reply) => {
    const source = await project.add(await draftOf(requestOf(newSource, request.body)));
    events.tell("sources", {});
    return reply.code(201).send(source);
  });

  app.delete<Named>("/api/sources/:id", async ({ params }, reply) => {
    await previews.forget(params.id);
    await project.remove(params.id);
    events.tell("sources", {});
    return reply.code(204).send();
  });

  app.get<Named>("/api/sources/:id/look", async (request) => {
    const source = project.source(request.params.id);
    return look(source, languageIn(request));
  });

  app.put<Named>("/api/sources/:id/options", async (request) => {
    const { options } = requestOf(sourceOptions, request.body);
    const source = project.source(request.params.id);
    // what cannot be read is not kept
    const found = await lookAtAll({ ...source, options }, languageIn(request));
    await project.setOptions(source.id, options);
    events.tell("sources", {});
    return found;
  });

  app.get<Named>("/api/sources/:id/shares", async (request) => {
    const source = project.source(request.params.id);
    return previews.use(source.id, readOf(source), (preview) => preview.shares());
  });

  /** A look at a source; of a great file first at its head, while the rest is read. */
  async function look(source: Source, language: Language): Promise<Look> {
    if (previews.holds(source.id)) return lookAtAll(source, language);
    const began = Date.now();
    // before the rest, which takes every processor that there is
    const head = await fileHead(project.addressOf(source));
    const first = head && (await lookAtHead(head, source, language));
    const whole = lookAtAll(source, language);
    if (!first) return whole;
    const left = Math.max(0, patienceMs - (Date.now() - began));
    const soon = await Promise.race([whole, later(left)]);
    if (soon) return soon;
    const tell = (): void => events.tell("look", { id: source.id });
    void whole.then(tell, tell);
    return first;
  }

  async function lookAtAll(source: Source, language: Language): Promise<Look> {
    const seen = await previews.use(source.id, readOf(source), (preview) =>
      preview.reread({ ...source.options, language }),
    );
    return told(seen, source, language, false);
  }

  const readOf = (source: Source) => ({
    ...{ address: project.addressOf(source), options: source.options },
  });

  /** What the head cannot tell, the whole will. */
  async function lookAtHead(head: Uint8Array, source: Source, language: Language) {
    try {
      const preview = await openPreview(head, { ...source.options, language });
      await preview.dispose();
      return told(preview.seen, source, language, true);
    } catch {
      return null;
    }
  }

  const told = (seen: TableSeen, source: Source, language: Language, partial: boolean): Look =>
    lookOf(seen, source, { command: shellOf(detectionOf(source)), language, partial });

  async function draftOf(
    given: ReturnType<typeof requestOf<typeof newSource>>,
  ): Promise<SourceDraft> {
    if ("sample" in given) {
      const path = samplePath(given.sample);
      return { name: basename(path), path, kind: "sample" };
    }
    if ("query" in given) {
      const { address, query } = given;
      if (!isDatabaseUrl(address))
        throw new EspejoError("request_invalid", {
          ...{ place: "address", wanted: "postgres://...", got: inShort(address) },
        });
      const path = shownUrl(address);
      return { name: path, path, kind: "query", address, options: { query } };
    }
    if (isDatabaseUrl(given.path))
      return { name: shownUrl(given.path), path: given.path, kind: "query" };
    const path = await folders.pathOf(given.path);
    return { name: basename(path), path, kind: "file" };
  }
}
