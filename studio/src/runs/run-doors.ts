import type { Run } from "../../../src/studio/api/runs.ts";

/** The rooms of a run by the names of their routes, in the order in which they are shown. */
export type RunDoor = "explore" | "codes" | "use";

/** The rooms that a run has: what it came to decides. */
export const doorsOf = ({ state, result }: Run): readonly RunDoor[] => [
  "explore",
  ...(state !== "running" && result?.codes ? (["codes"] as const) : []),
  // with what it came to, its model is there
  ...(state !== "running" && result ? (["use"] as const) : []),
];
