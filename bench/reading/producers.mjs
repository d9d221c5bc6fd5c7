/** Whose files lie side by side, as their names and headers tell; what is none of these came alone. */
const producers = /** @type {const} */ ([
  ["ResultsOR30x", /^ResultsOR30x/],
  [
    "British offices",
    /ePC_Data|^Copy_of_2016|^GPC_DCLG|^HMRC|^Sustainability|^Wine_Cellar|^business_expenses|^epcs-dwp|^permanent_secretary|^planning-app|^rape_table|^Oct_2013|^senior-staff|-senior\.csv$/,
  ],
  ["Auto_Tone", /^Auto_Tone/],
  ["vissim", /^vissim/],
  ["download", /^download/],
  ["S30out, W44out", /^[SW]\d+out/],
  ["mordenite, tetranatrolite", /^mordenite|^tetranatrolite/],
  ["extended, narrow", /^extended|^narrow/],
]);

/** The producers that have two files or more, each with a test of a file's name. */
export const namedProducers = producers.map(([name, pattern]) => ({
  name,
  made: (/** @type {string} */ file) => pattern.test(file),
}));
