import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { EspejoError } from "../../errors.ts";

/** Where a model that is served lies, and what it is called. */
export interface ModelSource {
  readonly name: string;
  /** By the folder that it lies in; null where its file says, or else is "1". */
  readonly version: string | null;
  readonly path: string;
}

/** What an address can hold as it is. */
const possible = /^[\w.-]{1,64}$/;

/**
 * The models of arguments such as `fraud.onnx`, `wines=models/wine.onnx`, or a folder: every `.onnx` in it by its name, and
 * `m/1/model.onnx` as version 1 of `m`. Throws `serve_models`, `serve_name`, `file_missing`.
 */
export async function findModels(words: readonly string[]): Promise<readonly ModelSource[]> {
  const found: ModelSource[] = [];
  for (const word of words) {
    const [, name, given] = /^([^=/\\]+)=(.+)$/.exec(word) ?? [];
    const path = given ?? word;
    const about = await stat(path).catch(() => null);
    if (!about) throw new EspejoError("file_missing", { path });
    if (about.isDirectory()) found.push(...(await folderModels(path, name)));
    else found.push({ name: name ?? nameOf(path), version: null, path });
  }
  for (const { name } of found)
    if (!possible.test(name)) throw new EspejoError("serve_name", { name });
  if (found.length === 0) throw new EspejoError("serve_models", {});
  return found;
}

const nameOf = (path: string): string => basename(path).replace(/\.onnx$/i, "");

/** The models of a folder; with a name those of its versions. */
async function folderModels(folder: string, name?: string): Promise<readonly ModelSource[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: ModelSource[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const versioned = /^[1-9]\d*$/.test(entry.name) ? await modelIn(path) : null;
      if (versioned)
        found.push({ name: name ?? basename(folder), version: entry.name, path: versioned });
      else if (name === undefined)
        for (const version of await versionsIn(path)) {
          const file = await modelIn(join(path, version));
          if (file) found.push({ name: entry.name, version, path: file });
        }
    } else if (/\.onnx$/i.test(entry.name))
      found.push({ name: name ?? nameOf(entry.name), version: null, path });
  }
  return found;
}

const versionsIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => /^[1-9]\d*$/.test(name));

/** The model file of a folder of one version. */
async function modelIn(folder: string): Promise<string | null> {
  const files = (await readdir(folder)).filter((name) => /\.onnx$/i.test(name));
  const file = files.find((name) => name === "model.onnx") ?? files.sort()[0];
  return file === undefined ? null : join(folder, file);
}
