/** What several commands say of the files that they write, in English. */
export const enJoin = {
  "output.saved": "saved {path}: {counted}",
} as const satisfies Record<string, string>;
