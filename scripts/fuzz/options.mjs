// Public functions with valid arguments, of which one field is changed. What is too large to be tried in a moment, but
// right, is left out: a million epochs are no mistake.
import { oneFieldChanged } from "./changes.mjs";
import { figures } from "./figures.mjs";
import { jobs } from "./jobs.mjs";
import { networks } from "./networks.mjs";

/** Each with the options that are changed, and what calls it. */
const calls = { ...networks, ...jobs, ...figures };

/** Fields for which a large number is no mistake, and would take its time. */
const lasting =
  /epochs|patience|batchSize|threads|permutations|trees|rounds|rows (gone|other|nudged)|hidden|latentDim|units/;

export function optionCases(world, draws) {
  const name = draws.pick(Object.keys(calls));
  const { valid, call } = calls[name];
  const { tree, what } = oneFieldChanged(valid, { ...draws, outside: true });
  if (lasting.test(what) && /: \d{4,}/.test(what)) return null;
  return {
    what: `${name}: ${what}`,
    run: async () => {
      await call(world.espejo, tree, world);
      return "done";
    },
  };
}
