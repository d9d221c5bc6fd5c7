import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { EspejoError } from "../../errors.ts";
import { temporaryFolder } from "../../files.ts";
import { requestOf } from "../../http/request-of.ts";
import { optionWords } from "../../invocation/option-words.ts";
import { readingNames, roleNames } from "../../invocation/reading-names.ts";
import {
  labelledQuery,
  type MarkedThreshold,
  type Moves,
  markedQuery,
  newMark,
  type ThresholdCall,
  thresholdCallQuery,
} from "../api/runs.ts";
import { languageIn } from "../page-language.ts";
import { begun } from "../runs/begun.ts";
import { wordsOf } from "../runs/detection.ts";
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

interface Named {
  readonly Params: { readonly id: string; readonly row: string };
}

/** Marks of rows, and what is made of them: a threshold, a new training, a label column. */
export function addMarkRoutes(app: FastifyInstance, rooms: RunRooms): void {
  const { project, folders, jobs, rankings, marks, events } = rooms;

  app.put<Named>("/api/runs/:id/marks/:row", async (request, reply) => {
    const { id } = request.params;
    const { mark } = requestOf(newMark, request.body);
    await folders.read(id);
    const row = rowOf(request.params.row);
    await marks.set(id, row, mark);
    events.tell("mark", { id, row, mark });
    return reply.code(204).send();
  });

  app.get<Named>("/api/runs/:id/marked-threshold", async (request): Promise<MarkedThreshold> => {
    const { id } = request.params;
    const { rule } = requestOf(markedQuery, request.query);
    const { folder } = await folders.read(id);
    return rankings.use(folder, (ranking) => thresholdByMarks(ranking, marks.of(id), rule));
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
      options: { ...told, marks: file, run: `runs/${next}` },
    } as const;
    jobs.start(next, wordsOf(call), folders.folderOf(next));
    return reply.code(201).send(await begun(next, rooms, languageIn(request)));
  });

  app.get<Named>("/api/runs/:id/moves", async (request): Promise<Moves> => {
    const { id } = request.params;
    const run = await folders.read(id);
    const former = formerOf(run);
    if (former === null) throw new EspejoError("studio_run", { id });
    const { folder } = await folders.read(former);
    return rankings.use(folder, (before) =>
      rankings.use(run.folder, (now) => movesOf(before, now, marks.of(id))),
    );
  });

  app.get<Named>("/api/runs/:id/labelled", async (request, reply) => {
    const { id } = request.params;
    const { format } = requestOf(labelledQuery, request.query);
    const { data, options } = await folders.read(id);
    const ending = format === "parquet" ? "parquet" : "csv";
    const source = project.sources.find(({ path }) => path === data);
    const reading = Object.entries(options).filter(
      ([name]) => readingNames.includes(name) || roleNames.includes(name) || name === "normal",
    );
    const folder = temporaryFolder(join(tmpdir(), "espejo-labelled-"));
    const [from, to] = [join(folder.path, "marks.csv"), join(folder.path, `rows.${ending}`)];
    try {
      await writeMarks(from, marks.of(id), data);
      await jobs.call([
        ...["label", source ? project.addressFor(source) : data, "--marks", from, "-o", to],
        ...(format === "csv-es" ? ["--excel", "es"] : []),
        ...reading.flatMap(([name, value]) => optionWords(name, value)),
      ]);
    } catch (error) {
      await folder.remove();
      throw error;
    }
    const stream = createReadStream(to);
    stream.once("close", () => void folder.remove());
    return reply
      .type(ending === "csv" ? "text/csv; charset=utf-8" : "application/vnd.apache.parquet")
      .header("content-disposition", `attachment; filename="${id}-labelled.${ending}"`)
      .send(stream);
  });
}

const rowOf = (text: string): number => (/^\d{1,12}$/.test(text) ? Number(text) : -1);
