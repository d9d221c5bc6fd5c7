import type { InvocationOptions } from "./invocation.ts";

/** Where the library has what the command line calls by a shorter name. */
const places: Readonly<Record<string, readonly string[]>> = {
  latent: ["latentDim"],
  beta: ["variational.beta"],
  warmUp: ["variational.warmUp"],
  variance: ["variational.variance"],
  prior: ["adversarial.prior.kind", "wasserstein.prior.kind"],
  penalty: ["sparse.penalty"],
  rho: ["sparse.target"],
  strength: ["sparse.weight", "contractive.weight", "wasserstein.weight"],
  robustLoss: ["robust.loss"],
  sigma: ["robust.sigma"],
  corruption: ["denoising"],
};

/** Where the library, and the record of a model file, have an option of the command line: names, joined by dots. */
export const placesOf = (name: string): readonly string[] => places[name] ?? [name];

/** Options of the command line as the library takes them; of a kind that is not in use where no kind is said, all. */
export function libraryOptions(options: InvocationOptions): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options))
    if (value !== undefined) for (const path of placesOf(name)) put(found, path.split("."), value);
  return found;
}

function put(into: Record<string, unknown>, [name, ...rest]: readonly string[], value: unknown) {
  if (rest.length === 0) into[name!] = value;
  else {
    const inner = { ...(into[name!] as Record<string, unknown> | undefined) };
    put(inner, rest, value);
    into[name!] = inner;
  }
}

/** Examples of numbers, `column=1.234,5`, as the library takes them. */
export const examplesByColumn = (examples: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    examples.map((each) => {
      const at = each.indexOf("=");
      return [each.slice(0, at), each.slice(at + 1)];
    }),
  );
