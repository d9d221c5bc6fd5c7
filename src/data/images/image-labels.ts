import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { EspejoError } from "../../errors.ts";
import { readTable } from "../tables/open.ts";
import type { ArraysOptions } from "../terms/arrays.ts";
import { findColumn } from "../terms/find.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Table } from "../terms/table.ts";
import type { ImageFile } from "./image-file.ts";
import { folderClasses } from "./image-list.ts";
import type { ImageSource } from "./image-source.ts";

type LabelOptions = Pick<ArraysOptions, "labels" | "label">;

/** The class of each image: from a table of labels, else the sub-folder that it lies in; null where neither is. */
export async function imageLabels(
  { folder, file }: ImageSource,
  images: readonly ImageFile[],
  options: LabelOptions,
  notes: Note[],
): Promise<string[] | null> {
  const beside = join(folder, "labels.csv");
  const path = options.labels ?? (file === null && existsSync(beside) ? beside : null);
  if (path === null) {
    const classes = folderClasses(images.map(({ file }) => file));
    if (classes)
      notes.push(note("labels_folders", { count: new Set(classes.filter((c) => c !== "")).size }));
    return classes;
  }
  const table = await readTable(path);
  try {
    return await labelsOf(table, images, options.label, notes);
  } finally {
    await table.dispose();
  }
}

/** A name in a table may be the path, the file's name, or that without its ending; of pages theirs comes first. */
const waysToSay = ({ name, file }: ImageFile): readonly string[] => {
  const base = posix.basename(file);
  return [name, file, base, base.replace(/\.[^.]+$/, "")];
};

async function labelsOf(
  { path, columns, batches }: Table,
  images: readonly ImageFile[],
  label: string | undefined,
  notes: Note[],
): Promise<string[]> {
  const titles = columns.map(({ name }) => name);
  // the pages of a file share its name
  const said = new Map<string, number[]>();
  images.forEach((image, i) => {
    for (const way of new Set(waysToSay(image))) {
      const known = said.get(way);
      if (!known) said.set(way, [i]);
      else if (images[known[0]!]!.file === image.file) known.push(i);
    }
  });
  const labels = images.map(() => "");
  let place: { file: number; label: number } | undefined;
  for await (const { text, rows } of batches({ numeric: [], categories: [], text: titles })) {
    place ??= columnsOf(path, titles, text, said, label);
    for (let row = 0; row < rows; row++) {
      for (const image of said.get(normal(text[place.file]![row]!)) ?? [])
        labels[image] = text[place.label]![row]!;
    }
  }
  const missing = labels.filter((text) => text === "").length;
  const column = titles[place!.label]!;
  notes.push(note("labels_table", { path, column }));
  if (missing > 0) {
    const { name } = images[labels.indexOf("")]!;
    notes.push(note("labels_missing", { path, missing, count: images.length, name }));
  }
  return labels;
}

const normal = (cell: string): string => cell.replaceAll("\\", "/").replace(/^\.\//, "");

function columnsOf(
  path: string,
  titles: readonly string[],
  cells: readonly (readonly string[])[],
  said: ReadonlyMap<string, readonly number[]>,
  label: string | undefined,
): { file: number; label: number } {
  const hits = cells.map((column) => column.filter((cell) => said.has(normal(cell))).length);
  const file = hits.indexOf(Math.max(...hits));
  const columns = titles.join(", ");
  if (!hits[file]) throw new EspejoError("labels_no_files", { path, columns });
  if (label !== undefined) return { file, label: findColumn(titles, label, path, "label_missing") };
  const others = titles.map((_, i) => i).filter((i) => i !== file);
  const named = others.filter((i) =>
    /^(class|clase|labels?|etiquetas?|target|y)$/i.test(titles[i]!),
  );
  const [only] = others.length === 1 ? others : named;
  if (only === undefined) throw new EspejoError("labels_no_class", { path, columns });
  return { file, label: only };
}
