import type { enJoin } from "./en-join.ts";

/** What several commands say of the files that they write, in Spanish. */
export const esJoin: Readonly<Record<keyof typeof enJoin, string>> = {
  "output.saved": "guardado {path}: {counted}",
};
