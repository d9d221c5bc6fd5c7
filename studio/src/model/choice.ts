import type { KindTold } from "../../../src/studio/api/training.ts";

/** What an address says behind its "?": a name alone is null, one that stands there again a list. */
type Query = Readonly<Record<string, string | null | (string | null)[]>>;

/** What a person wants of a table. */
export const recipes = ["anomalies", "reduce", "index"] as const;
export type Recipe = (typeof recipes)[number];

/** Options of a training by their names in camel case, as they would be typed on the command line. */
export type Texts = Readonly<Record<string, string | true>>;

/** What is chosen about a training: the address of the room says it. */
export interface Choice {
  readonly recipe: Recipe;
  readonly options: Texts;
}

/** What each recipe sets; the command that does it. */
const presets: Readonly<
  Record<Recipe, { readonly verb: "detect" | "train"; readonly options: Texts }>
> = {
  anomalies: { verb: "detect", options: {} },
  reduce: { verb: "train", options: { latent: "2" } },
  index: { verb: "train", options: { latent: "1" } },
};

/** Options that make the network: another recipe begins with its own. */
const ofNetwork = ["kind", "hidden", "latent", "activation", "keep", "alone"];

export const verbOf = ({ recipe }: Choice): "detect" | "train" => presets[recipe].verb;

/** The same with another recipe. */
export function withRecipe({ options }: Choice, recipe: Recipe): Choice {
  const kept = Object.entries(options).filter(([name]) => !ofNetwork.includes(name));
  return { recipe, options: { ...Object.fromEntries(kept), ...presets[recipe].options } };
}

/** The same with an option said otherwise; without it where nothing is said. */
export function withOption(choice: Choice, name: string, text: string | true | null): Choice {
  const { [name]: _, ...others } = choice.options;
  const said = text !== null && text !== "";
  const options = said ? { ...others, [name]: text } : others;
  // an index has one variable
  const recipe = choice.recipe === "index" && options.latent !== "1" ? "reduce" : choice.recipe;
  return { recipe, options };
}

/** What an address says; a recipe with what it sets where it says nothing. */
export function choiceOf(query: Query): Choice {
  const { recipe: named, ...said } = query;
  const recipe = recipes.find((each) => each === named);
  const options = Object.fromEntries(
    Object.entries(said).map(([name, value]) => [
      name,
      ([value].flat().at(-1) ?? true) as string | true,
    ]),
  );
  if (recipe) return { recipe, options };
  return { recipe: "anomalies", options: { ...presets.anomalies.options, ...options } };
}

/** A choice as an address says it: a switch by its name alone. */
export const queryOf = ({ recipe, options }: Choice): Query => ({
  recipe,
  ...Object.fromEntries(
    Object.entries(options).map(([name, text]) => [name, text === true ? null : text]),
  ),
});

/** Kinds of a name such as "tied+sparse". */
export const partsOf = (kind: string | true | undefined): readonly string[] =>
  typeof kind === "string" ? kind.split("+").filter(Boolean) : [];

/**
 * A kind with one more part, or without it: the ensemble stands alone, and of those that give the code there is one. Null for
 * what is usual.
 */
export function toggled(
  kind: string | true | undefined,
  name: string,
  kinds: readonly KindTold[],
): string | null {
  const roleOf = (part: string) => kinds.find((each) => each.name === part)?.role;
  const parts = partsOf(kind);
  const role = roleOf(name);
  if (role === "network") return parts.length === 1 && parts[0] === name ? null : name;
  const others = parts.filter((part) => part !== name && roleOf(part) !== "network");
  const rest = role === "code" ? others.filter((part) => roleOf(part) !== "code") : others;
  const next = parts.includes(name) ? others : [...rest, name];
  // in the order in which they are put on each other
  const order = kinds.map((each) => each.name);
  return next.sort((a, b) => order.indexOf(a) - order.indexOf(b)).join("+") || null;
}
