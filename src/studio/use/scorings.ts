import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, isAbsolute, join, resolve } from "node:path";
import { noteIn } from "../../data/terms/note-language.ts";
import { EspejoError } from "../../errors.ts";
import { commandOptions } from "../../invocation/command-options.ts";
import type { Invocation, InvocationOptions } from "../../invocation/invocation.ts";
import { examplesByColumn } from "../../invocation/library-options.ts";
import { readingNames } from "../../invocation/reading-names.ts";
import { shellOf } from "../../invocation/shell.ts";
import { typescriptOf } from "../../invocation/typescript.ts";
import type { Language } from "../../language.ts";
import { type KeptScoring, listScorings, readScoring } from "../../tasks/ranking/kept-scoring.ts";
import type { ReadingOptions, Source } from "../api/sources.ts";
import type { Scoring } from "../api/use.ts";
import { wordsOf } from "../runs/detection.ts";
import type { RankedData } from "../runs/opened-rows.ts";
import type { RunRooms } from "../runs/rooms.ts";
import { messageOf, resultOf } from "../runs/run-view.ts";

/** What marks, events and processes call a scored file: runs have no such names. */
export const scoredKey = (id: string): string => `scored/${id}`;

/** The files of a project that were scored, whoever did it; each is named by its folder. */
export class Scorings {
  readonly #rooms: Pick<RunRooms, "project" | "jobs" | "rankings" | "rows" | "events">;
  /** Those that this studio began: of one that fails nothing is on the disk. */
  readonly #begun = new Map<string, KeptScoring>();

  constructor(rooms: Pick<RunRooms, "project" | "jobs" | "rankings" | "rows" | "events">) {
    this.#rooms = rooms;
  }

  /** Scores a source by a model file, named as in the folder of the project, in a process of its own. */
  start(model: string, source: Source): string {
    const { project, jobs } = this.#rooms;
    const time = new Date().toISOString().slice(0, 19);
    const name = time.replace("T", "-").replaceAll(":", "");
    let n = 1;
    while (this.#begun.has(`${name}-${n}`) || existsSync(join(project.scores, `${name}-${n}`))) n++;
    const id = `${name}-${n}`;
    const folder = join(project.scores, id);
    const options = readingOf(source);
    const call: Invocation = {
      ...{ verb: "score", data: project.addressFor(source) },
      options: { ...options, model, run: `scores/${id}` },
    };
    const began = `${time}Z`;
    this.#begun.set(id, { folder, data: source.path, model, options, began, summary: null });
    jobs.start(scoredKey(id), wordsOf(call), folder, "scored");
    return id;
  }

  /** Those that a model scored, the last first. */
  async of(model: string, language: Language): Promise<readonly Scoring[]> {
    const all = await this.#all();
    const wanted = this.#path(model);
    return all
      .filter((each) => this.#path(each.model) === wanted)
      .map((each) => this.#view(each, language));
  }

  /** Throws `studio_scoring`. */
  async view(id: string, language: Language): Promise<Scoring> {
    return this.#view(await this.#read(id), language);
  }

  /** What was ranked. Throws `studio_scoring`. */
  async ranked(id: string): Promise<RankedData> {
    const { folder, data, model, options } = await this.#read(id);
    const { number, ...reading } = options as InvocationOptions;
    return {
      ...{ folder, data, model: this.#path(model) },
      reading: {
        ...reading,
        ...(number !== undefined && { numbers: examplesByColumn(number as readonly string[]) }),
      },
    };
  }

  /** Takes a scored file away: its ranking, not the data. Throws `studio_scoring`, `studio_running`. */
  async remove(id: string): Promise<void> {
    const { jobs, rankings, rows, events } = this.#rooms;
    if (jobs.isRunning(scoredKey(id))) throw new EspejoError("studio_running", {});
    const { folder } = await this.#read(id);
    await Promise.all([rankings.forget(folder), rows.forget(folder)]);
    await rm(folder, { recursive: true, force: true });
    this.#begun.delete(id);
    events.tell("scored", { id, state: "gone" });
  }

  /** Takes away all that a model scored: without it no row of them can be opened. */
  async removeOf(model: string): Promise<void> {
    for (const { id } of await this.of(model, "en")) await this.remove(id);
  }

  readonly #path = (path: string): string =>
    isAbsolute(path) ? path : resolve(this.#rooms.project.folder, path);

  async #all(): Promise<readonly KeptScoring[]> {
    const kept = await listScorings(this.#rooms.project.scores);
    const there = new Set(kept.map(({ folder }) => basename(folder)));
    const begun = [...this.#begun].filter(([id]) => !there.has(id)).map(([, each]) => each);
    return [...begun.reverse(), ...kept];
  }

  async #read(id: string): Promise<KeptScoring> {
    const unknown = new EspejoError("studio_scoring", { id: id.slice(0, 100) });
    if (!/^\w[\w.-]*$/.test(id)) throw unknown;
    const kept = await readScoring(join(this.#rooms.project.scores, id));
    const found = kept ?? this.#begun.get(id);
    if (!found) throw unknown;
    return found;
  }

  #view(kept: KeptScoring, language: Language): Scoring {
    const { project, jobs } = this.#rooms;
    const { folder, data, model, options, began, summary } = kept;
    const id = basename(folder);
    const key = scoredKey(id);
    const running = jobs.isRunning(key);
    const failure = running ? null : jobs.failureOf(key);
    const source = project.sources.find(({ path }) => path === data);
    const call: Invocation = {
      verb: "score",
      data,
      options: { ...options, model, run: `scores/${id}` },
    };
    const known = running ? null : summary;
    return {
      ...{ id, data: source?.name ?? basename(data), source: source?.id ?? null, began },
      state: running ? "running" : known ? "done" : failure ? "failed" : "broken",
      error: known || !failure ? null : messageOf(failure, language),
      drift: (known?.drift ?? []).map((note) => ({
        code: note.code,
        columns: [note.parameters.column, note.parameters.other].flatMap((name) =>
          name === undefined ? [] : [String(name)],
        ),
        text: noteIn(note, language),
      })),
      notes: (known?.notes ?? []).map((note) => noteIn(note, language)),
      result: known && resultOf({ ...known, evaluation: null }, language),
      ...{ commandLine: shellOf(call), program: typescriptOf(call) },
    };
  }
}

/** How a source is read, in words of the command line: what its columns are for, the model knows. */
function readingOf({ options }: { readonly options: ReadingOptions }): InvocationOptions {
  const words = commandOptions({ ...options, beside: true }) ?? options;
  return Object.fromEntries(Object.entries(words).filter(([name]) => readingNames.includes(name)));
}
