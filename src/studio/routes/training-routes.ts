import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { noteIn } from "../../data/terms/note-language.ts";
import { requestOf } from "../../http/request-of.ts";
import { shellOf } from "../../invocation/shell.ts";
import { typescriptOf } from "../../invocation/typescript.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import { describeNetwork } from "../../tasks/train/describe-network.ts";
import {
  choicesQuery,
  type LiveFrame,
  type NetworkTold,
  newTraining,
  type TrainingChoices,
} from "../api/training.ts";
import type { Lessons } from "../looks/lessons.ts";
import type { CommandWords } from "../options.ts";
import { languageIn } from "../page-language.ts";
import { beginRun } from "../runs/begin-run.ts";
import type { RunRooms } from "../runs/rooms.ts";
import { trainingOf } from "../runs/training.ts";

interface Named {
  readonly Params: { readonly id: string };
}

/** Trainings before they begin: what can be chosen, and the network that a choice gives. And how one looks while it learns. */
export function addTrainingRoutes(
  app: FastifyInstance,
  rooms: RunRooms,
  { lessons, words }: { readonly lessons: Lessons; readonly words: CommandWords },
): void {
  const { project, folders } = rooms;

  app.get("/api/training", async (request): Promise<TrainingChoices> => {
    const { verb } = requestOf(choicesQuery, request.query);
    const language = languageIn(request);
    return { kinds: words.kinds(language), groups: await words.groups(verb, language) };
  });

  app.post<Named>("/api/sources/:id/network", async (request): Promise<NetworkTold> => {
    const source = project.source(request.params.id);
    const { verb, options: texts } = requestOf(newTraining, request.body);
    const options = await words.parse(verb, texts);
    const call = trainingOf(source, verb, options);
    const told = { commandLine: shellOf(call), program: typescriptOf(call) };
    return lessons.use(
      source,
      project.addressOf(source),
      (table) => words.settings(verb, table, options),
      async (begun, settings) => {
        const { network: _, notes, ...described } = describeNetwork(begun, settings);
        const sentences = notes.map((each) => noteIn(each, languageIn(request)));
        return { ...described, notes: sentences, ...told };
      },
    );
  });

  app.post<Named>("/api/sources/:id/train", async (request, reply) => {
    const source = project.source(request.params.id);
    const { verb, options: texts } = requestOf(newTraining, request.body);
    const options = await words.parse(verb, texts);
    const call = trainingOf({ ...source, path: project.addressFor(source) }, verb, options);
    return reply.code(201).send(await beginRun(call, rooms, languageIn(request)));
  });

  app.get<Named>("/api/runs/:id/live", async (request, reply): Promise<LiveFrame | null> => {
    const { folder } = await folders.read(request.params.id);
    const text = await readFile(join(folder, runFiles.live), "utf8").catch(() => "null");
    // it is JSON already, written whole
    return reply.type("application/json; charset=utf-8").send(text) as unknown as null;
  });
}
