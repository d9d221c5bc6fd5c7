/** What a run's data are called in short: the end of a path, whatever a shell of this computer puts between. */
export const shortName = (data: string): string =>
  data.split(/[\\/]/).filter(Boolean).at(-1) ?? data;
