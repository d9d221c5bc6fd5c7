import { join } from "node:path";
import { optionWords } from "../../invocation/option-words.ts";
import type { Language } from "../../language.ts";
import type { KeptRun } from "../../tasks/runs/kept-run.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import type { RunRooms } from "./rooms.ts";

/** The path of the report on a run, which is made where it is not yet. Throws what `espejo report` does. */
export async function reportOf(
  { folder, data, options }: KeptRun,
  { jobs, project }: RunRooms,
  language: Language,
): Promise<string> {
  const path = join(folder, `report-${language}.html`);
  const source = project.sources.find((each) => each.path === data);
  const address = source ? project.addressFor(source) : data;
  const label = optionWords("label", options.label);
  await jobs.call([
    ...["report", address, "-m", join(folder, runFiles.model), "-o", path],
    ...label,
    ...["--lang", language],
  ]);
  return path;
}
