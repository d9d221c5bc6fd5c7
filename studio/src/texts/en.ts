import { enCodes } from "./en-codes.ts";
import { enData } from "./en-data.ts";
import { enExplore } from "./en-explore.ts";
import { enHome } from "./en-home.ts";
import { enModel } from "./en-model.ts";
import { enRuns } from "./en-runs.ts";
import { enShell } from "./en-shell.ts";
import { enUse } from "./en-use.ts";

/** Everything the page says by itself, in English, a file for each room; `es.ts` says the same in Spanish. */
export const en = {
  ...enShell,
  ...enHome,
  ...enData,
  ...enRuns,
  ...enExplore,
  ...enModel,
  ...enCodes,
  ...enUse,
} as const;
