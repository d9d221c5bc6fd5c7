import { copyFile, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { EspejoError } from "../../errors.ts";
import { reasonOf } from "../../files.ts";
import { ModelFile } from "../../tasks/model/model-file.ts";
import type { ModelAdded } from "../api/use.ts";
import type { Project } from "../project/project.ts";
import { freePath, receive } from "../project/received-file.ts";

const ending = /\.onnx$/i;

/** The model files that lie in a project, whoever put them there; each is named by its file. */
export class ModelFiles {
  readonly #project: Pick<Project, "models">;

  constructor(project: Pick<Project, "models">) {
    this.#project = project;
  }

  /** All models, those that came last first. */
  async list(): Promise<readonly ModelAdded[]> {
    const names = await readdir(this.#project.models).catch((): string[] => []);
    const found = await Promise.all(names.filter((name) => ending.test(name)).map(this.#told));
    return found
      .filter((each) => each !== null)
      .sort((a, b) => (`${a.added} ${a.id}` < `${b.added} ${b.id}` ? 1 : -1));
  }

  readonly #told = async (name: string): Promise<ModelAdded | null> => {
    const file = await stat(join(this.#project.models, name)).catch(() => null);
    if (!file?.isFile()) return null;
    const added = `${file.mtime.toISOString().slice(0, 19)}Z`;
    return { id: name.replace(ending, ""), name, added };
  };

  /** Where a model lies. Throws `studio_model`. */
  async pathOf(id: string): Promise<string> {
    const found = (await this.list()).find((each) => each.id === id);
    if (!found) throw new EspejoError("studio_model", { id: id.slice(0, 100) });
    return join(this.#project.models, found.name);
  }

  /** Keeps a file whose bytes come, where it is a model. Throws what reading a model file does, `request_large`, `write_failed`. */
  receive(bytes: AsyncIterable<Uint8Array>, name: string, limit: number): Promise<ModelAdded> {
    return this.#take(name, (path) => receive(bytes, path, limit));
  }

  /** Copies a model file of this computer into the project. Throws as `receive`. */
  async copy(path: string): Promise<ModelAdded> {
    // what is none is told by its own place
    const file = await ModelFile.read(path);
    await file.dispose();
    return this.#take(basename(path), (own) => copyFile(path, own));
  }

  async #take(name: string, bring: (path: string) => Promise<void>): Promise<ModelAdded> {
    const folder = this.#project.models;
    const path = await freePath(folder, ending.test(name) ? name : `${name}.onnx`);
    // what lies there under its own name is a model of the project
    const coming = join(folder, `.${basename(path)}.new`);
    try {
      await mkdir(folder, { recursive: true });
      await rm(coming, { force: true });
      await bring(coming);
      const file = await namedAs(name, () => ModelFile.read(coming));
      await file.dispose();
      await rename(coming, path);
    } catch (error) {
      await rm(coming, { force: true });
      if (error instanceof EspejoError) throw error;
      const reason = reasonOf(error as Error);
      throw new EspejoError("write_failed", { path, reason }, { cause: error });
    }
    return (await this.#told(basename(path)))!;
  }

  /** Throws `studio_model`. */
  async remove(id: string): Promise<void> {
    await rm(await this.pathOf(id), { force: true });
  }
}

/** Tells an error about a file under the name that a person knows. */
async function namedAs<Made>(name: string, work: () => Promise<Made>): Promise<Made> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EspejoError) || error.parameters.path === undefined) throw error;
    throw new EspejoError(error.code, { ...error.parameters, path: name } as never, {
      cause: error,
    });
  }
}
