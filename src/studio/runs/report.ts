import { join } from "node:path";
import { optionWords } from "../../invocation/option-words.ts";
import type { Language } from "../../language.ts";
import type { KeptRun } from "../../tasks/runs/kept-run.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import type { RunRooms } from "./rooms.ts";

/** A report carries its own style and script, and may do nothing beyond itself. */
export const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; sandbox allow-scripts allow-downloads";

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
