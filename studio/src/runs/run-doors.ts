import type { Run } from "../../../src/studio/api/runs.ts";

/** The rooms of a run by the names of their routes, in the order in which they are shown. */
export type RunDoor = "explore" | "use";

/** The rooms that a run has: what it came to decides. */
export const doorsOf = (run: Run): readonly RunDoor[] => [
  "explore",
  // with what it came to, its model is there
  ...(run.state !== "running" && run.result ? (["use"] as const) : []),
];
