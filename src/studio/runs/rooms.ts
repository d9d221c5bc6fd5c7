import type { Events } from "../events/events.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Marks } from "../project/marks.ts";
import type { Project } from "../project/project.ts";
import type { OpenedRows } from "./opened-rows.ts";
import type { Rankings } from "./rankings.ts";
import type { RunCodes } from "./run-codes.ts";
import type { RunFolders } from "./run-folders.ts";

/** What routes about runs work with. */
export interface RunRooms {
  readonly project: Project;
  readonly folders: RunFolders;
  readonly jobs: Jobs;
  readonly rankings: Rankings;
  readonly rows: OpenedRows;
  readonly codes: RunCodes;
  readonly marks: Marks;
  readonly events: Events;
}
