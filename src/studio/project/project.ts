import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { EspejoError } from "../../errors.ts";
import { reasonOf } from "../../files.ts";
import type { ReadingOptions, Source } from "../api/sources.ts";
import { type ProjectFile, readProject, writeProject } from "./project-file.ts";

/** A source that is about to be kept. */
export type SourceDraft = Pick<Source, "name" | "path" | "kind"> & {
  readonly options?: ReadingOptions;
  /** With its password. */
  readonly address?: string;
};

/** A folder of plain files, safe to copy: what is read, what was run, what a person marked. */
export class Project {
  readonly folder: string;
  #file: ProjectFile;
  /** Addresses with their passwords by those without; gone when the studio ends. */
  readonly #secrets = new Map<string, string>();
  #writing: Promise<void> = Promise.resolve();

  private constructor(folder: string, file: ProjectFile) {
    this.folder = folder;
    this.#file = file;
  }

  /** Opens the project in a folder, or makes one there. Throws `project_damaged`, `project_folder`. */
  static async open(path: string): Promise<Project> {
    const folder = resolve(path);
    const known = await readProject(folder);
    const project = new Project(folder, known ?? { name: basename(folder), sources: [] });
    try {
      await mkdir(project.data, { recursive: true });
      await mkdir(project.runs, { recursive: true });
      if (!known) await project.#keep(project.#file);
    } catch (error) {
      const reason = reasonOf(error as Error);
      throw new EspejoError("project_folder", { path: folder, reason }, { cause: error });
    }
    return project;
  }

  get name(): string {
    return this.#file.name;
  }

  /** Where dropped files lie. */
  get data(): string {
    return join(this.folder, "data");
  }

  /** Where runs lie. */
  get runs(): string {
    return join(this.folder, "runs");
  }

  /** Where model files lie that a person put into the project. */
  get models(): string {
    return join(this.folder, "models");
  }

  /** Where files lie that were scored. */
  get scores(): string {
    return join(this.folder, "scores");
  }

  get sources(): readonly Source[] {
    return this.#file.sources;
  }

  /** Throws `source_unknown`. */
  source(id: string): Source {
    const found = this.sources.find((each) => each.id === id);
    if (!found) throw new EspejoError("source_unknown", { id });
    return found;
  }

  /** Where a source lies for a process in the folder of the project, with the password that the project file does not keep. */
  addressFor({ path }: Source): string {
    return this.#secrets.get(path) ?? path;
  }

  /** Where a source lies for a process anywhere. */
  addressOf(source: Source): string {
    return source.kind === "dropped" ? join(this.folder, source.path) : this.addressFor(source);
  }

  /** Keeps a source; one of the same place is the same. Of an address with a password only the rest is written. */
  async add({ options = {}, address, ...draft }: SourceDraft): Promise<Source> {
    if (address !== undefined) this.#secrets.set(draft.path, address);
    const known = this.sources.find(
      ({ path, options: own }) => path === draft.path && own.query === options.query,
    );
    if (known) return known;
    const id = randomBytes(6).toString("hex");
    const added = `${new Date().toISOString().slice(0, 19)}Z`;
    const source: Source = { id, ...draft, added, options };
    await this.#change((sources) => [...sources, source]);
    return source;
  }

  /** Forgets a source; a file that was dropped goes with it. */
  async remove(id: string): Promise<void> {
    const source = this.source(id);
    await this.#change((sources) => sources.filter((each) => each.id !== id));
    if (source.kind === "dropped") await rm(this.addressOf(source), { force: true });
  }

  /** Keeps other options of a source. */
  async setOptions(id: string, options: ReadingOptions): Promise<Source> {
    const changed = { ...this.source(id), options };
    await this.#change((sources) => sources.map((each) => (each.id === id ? changed : each)));
    return changed;
  }

  #change(change: (sources: readonly Source[]) => readonly Source[]): Promise<void> {
    const next = this.#writing.then(() =>
      this.#keep({ ...this.#file, sources: change(this.#file.sources) }),
    );
    this.#writing = next.catch(() => {});
    return next;
  }

  /** What could not be written did not happen. */
  async #keep(file: ProjectFile): Promise<void> {
    await writeProject(this.folder, file);
    this.#file = file;
  }
}
