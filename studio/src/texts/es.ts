import type { en } from "./en.ts";
import { esCodes } from "./es-codes.ts";
import { esData } from "./es-data.ts";
import { esExplore } from "./es-explore.ts";
import { esHome } from "./es-home.ts";
import { esModel } from "./es-model.ts";
import { esRuns } from "./es-runs.ts";
import { esShell } from "./es-shell.ts";
import { esUse } from "./es-use.ts";

/** Todo lo que la página dice por sí misma, en español. */
export const es: Readonly<Record<keyof typeof en, string>> = {
  ...esShell,
  ...esHome,
  ...esData,
  ...esRuns,
  ...esExplore,
  ...esModel,
  ...esCodes,
  ...esUse,
};
