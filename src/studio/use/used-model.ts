import { readFile, stat } from "node:fs/promises";
import { isAbsolute, relative } from "node:path";
import { EspejoError } from "../../errors.ts";
import { type ModelUsed, snippetsOf } from "../../invocation/snippets.ts";
import type { Language } from "../../language.ts";
import { exportKeras } from "../../tasks/keras/export-keras.ts";
import { type AnyMetadata, type Metadata, rowsHeld } from "../../tasks/model/metadata.ts";
import { ModelFile } from "../../tasks/model/model-file.ts";
import type { ModelUse } from "../api/use.ts";
import { messageOf } from "../runs/run-view.ts";

type Known = Omit<ModelUse, "path" | "file" | "kerasRefusal"> & { readonly refusal: Error | null };

/** What is known of model files that were looked into, by their path, as long as they are as they were. */
const known = new Map<string, { readonly at: number; readonly told: Promise<Known> }>();
const mostKnown = 50;

/** What a model file is and how it is used; `file` is the name under which it is saved. Throws what reading it does. */
export async function usedModel(
  path: string,
  project: { readonly folder: string },
  file: string,
  language: Language,
): Promise<ModelUse> {
  const { mtimeMs } = await stat(path).catch(() => {
    throw new EspejoError("file_missing", { path });
  });
  const key = `${path} ${file}`;
  let hold = known.get(key);
  if (hold?.at !== mtimeMs) {
    hold = { at: mtimeMs, told: lookInto(path, file) };
    known.set(key, hold);
    hold.told.catch(() => known.delete(key));
    for (const oldest of [...known.keys()].slice(0, -mostKnown)) known.delete(oldest);
  }
  const { refusal, ...told } = await hold.told;
  return {
    ...{ ...told, file, path: shownPath(path, project) },
    kerasRefusal: refusal && messageOf(refusal, language),
  };
}

/** A path as a process in the folder of the project names it. */
export function shownPath(path: string, { folder }: { readonly folder: string }): string {
  const inside = relative(folder, path);
  return inside.startsWith("..") || isAbsolute(inside) ? path : inside.replaceAll("\\", "/");
}

async function lookInto(path: string, name: string): Promise<Known> {
  const file = await ModelFile.from(await readFile(path), name);
  try {
    const { metadata } = file;
    const { training, threshold, kind } = metadata;
    const { label } = training;
    const ofTable = "columns" in metadata;
    return {
      kind,
      content: ofTable ? "rows" : metadata.source.content,
      columns: ofTable
        ? metadata.columns.map(({ name, type, role, input }) => ({
            ...{ name, type, role, input: input !== null },
          }))
        : [],
      rows: training.rows.train ?? 0,
      epochs: training.epochs,
      seed: training.seed,
      label: label && { column: label.column, normal: [label.normal].flat() },
      ...{ threshold: threshold.value, rule: threshold.rule },
      codes: codesIn(metadata),
      rowsHeld: rowsHeld(metadata),
      version: training.versions.espejo ?? null,
      refusal: await exportKeras(file).then(
        () => null,
        (error: Error) => error,
      ),
      snippets: ofTable
        ? snippetsOf(usedBy(metadata, name, file.proto.graph.input?.[0]?.name === "x"))
        : null,
    };
  } finally {
    await file.dispose();
  }
}

const codesIn = ({ latentDim, architecture }: AnyMetadata): number =>
  latentDim ?? (architecture.latentDim as number);

/** The columns of a model with the values of an example row: the second that it keeps has those in the middle. */
function usedBy({ columns, golden }: Metadata, file: string, plain: boolean): ModelUsed {
  const numbers = golden.numeric[1] ?? golden.numeric[0] ?? [];
  const texts = golden.categories[1] ?? golden.categories[0] ?? [];
  const of = (input: "numeric" | "categories") => columns.filter((each) => each.input === input);
  return {
    ...{ file, plain },
    numeric: of("numeric").map(({ name, type }, j) => ({ name, type, value: numbers[j] ?? null })),
    categories: of("categories").map(({ name, type }, j) => ({
      ...{ name, type, value: texts[j] ?? "" },
    })),
  };
}
