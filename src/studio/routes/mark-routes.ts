import { dirname, join } from "node:path";
import type { FastifyInstance } from "fastify";
import { EspejoError } from "../../errors.ts";
import { requestOf } from "../../http/request-of.ts";
import { optionWords } from "../../invocation/option-words.ts";
import { readingNames, roleNames } from "../../invocation/reading-names.ts";
import { openRanking } from "../../tasks/ranking/kept-ranking.ts";
import {
  labelledQuery,
  type MarkedThreshold,
  type Moves,
  markedQuery,
  type ThresholdCall,
  thresholdCallQuery,
} from "../api/runs.ts";
import { languageIn } from "../page-language.ts";
import { beginRun } from "../runs/begin-run.ts";
import {
  formerOf,
  keepMarks,
  marksFile,
  marksFileOf,
  movesOf,
  thresholdByMarks,
  thresholdCall,
  writeMarks,
} from "../runs/marked-runs.ts";
import type { RunRooms } from "../runs/rooms.ts";
import { sendRows } from "./send-made.ts";

interface Named {
  readonly Params: { readonly id: string };
}

/** Marks of rows, and what is made of them: a threshold, a new training, a label column. */
export function addMarkRoutes(app: FastifyInstance, rooms: RunRooms): void {
  const { project, folders, jobs, rankings, marks } = rooms;

  app.get<Named>("/api/runs/:id/marked-threshold", async (request): Promise<MarkedThreshold> => {
    const { id } = request.params;
    const { rule } = requestOf(markedQuery, request.query);
    const { folder, data } = await folders.read(id);
    return rankings.use(folder, openRanking, (ranking) =>
      thresholdByMarks(ranking, { data, rule, marks: marks.of(id) }),
    );
  });

  app.get<Named>("/api/runs/:id/threshold-call", async (request): Promise<ThresholdCall> => {
    const { id } = request.params;
    const { threshold, rule } = requestOf(thresholdCallQuery, request.query);
    const run = await folders.read(id);
    if (rule === undefined) return thresholdCall(run, id, threshold, null);
    const file = marksFile(id);
    await keepMarks(project, file, marks.of(id), run.data);
    return thresholdCall(run, id, threshold, { rule, file });
  });

  app.post<Named>("/api/runs/:id/again", async (request, reply) => {
    const { id } = request.params;
    const { data, command, options, program } = await folders.read(id);
    if (program || command !== "detect")
      throw new EspejoError("resume_program", { path: folders.folderOf(id) });
    const next = await folders.make();
    const file = marksFileOf(next, id);
    try {
      await keepMarks(project, file, marks.of(id), data);
      await marks.carry(id, next);
    } catch (error) {
      await folders.remove(next);
      throw error;
    }
    const source = project.sources.find(({ path }) => path === data);
    const { resume: _, ...told } = options;
    const call = {
      verb: "detect",
      data: source ? project.addressFor(source) : data,
      options: { ...told, marks: file },
    } as const;
    return reply.code(201).send(await beginRun(call, rooms, languageIn(request), next));
  });

  app.get<Named>("/api/runs/:id/moves", async (request): Promise<Moves> => {
    const { id } = request.params;
    const run = await folders.read(id);
    const former = formerOf(run);
    if (former === null) throw new EspejoError("studio_run", { id });
    const { folder } = await folders.read(former);
    return rankings.use(folder, openRanking, (before) =>
      rankings.use(run.folder, openRanking, (now) => movesOf(before, now, marks.of(id))),
    );
  });

  app.get<Named>("/api/runs/:id/labelled", async (request, reply) => {
    const { id } = request.params;
    const { format } = requestOf(labelledQuery, request.query);
    const { data, options } = await folders.read(id);
    const source = project.sources.find(({ path }) => path === data);
    const reading = Object.entries(options).filter(
      ([name]) => readingNames.includes(name) || roleNames.includes(name) || name === "normal",
    );
    return sendRows(reply, { name: `${id}-labelled`, format }, async (path, _, spanish) => {
      const from = join(dirname(path), "marks.csv");
      await writeMarks(from, marks.of(id), data);
      await jobs.call([
        ...["label", source ? project.addressFor(source) : data, "--marks", from, "-o", path],
        ...(spanish ? ["--excel", "es"] : []),
        ...reading.flatMap(([name, value]) => optionWords(name, value)),
      ]);
    });
  });
}
