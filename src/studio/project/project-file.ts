import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EspejoError } from "../../errors.ts";
import { writeWhole } from "../../files.ts";
import { checked, z } from "../../schema.ts";
import type { Source } from "../api/sources.ts";

/** What a project keeps of itself, beside its data, runs and marks. */
export interface ProjectFile {
  readonly name: string;
  readonly sources: readonly Source[];
}

const name = "espejo-project.json";
const schemaVersion = 1;

const projectFile = z.object({
  schemaVersion: z.literal(schemaVersion),
  name: z.string(),
  sources: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      path: z.string(),
      kind: z.enum(["file", "dropped", "sample", "query"]),
      added: z.string(),
      options: z.record(z.string(), z.any()),
    }),
  ),
});

/** The file of a project; null where there is none. Throws `project_damaged`. */
export async function readProject(folder: string): Promise<ProjectFile | null> {
  const path = join(folder, name);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    throw new EspejoError("project_damaged", { path, reason: message }, { cause: error });
  }
  try {
    const result = checked(projectFile, JSON.parse(text));
    if ("value" in result) return result.value as ProjectFile;
    const { at, wanted, got } = result.fault;
    throw new Error(`${at || name}: ${wanted} is expected, found ${got}`);
  } catch (error) {
    const reason = (error as Error).message;
    throw new EspejoError("project_damaged", { path, reason }, { cause: error });
  }
}

/** Writes it whole, in lines that a version control shows well. Throws `write_failed`. */
export const writeProject = (folder: string, file: ProjectFile): Promise<void> =>
  writeWhole(join(folder, name), [`${JSON.stringify({ schemaVersion, ...file }, null, 2)}\n`]);
