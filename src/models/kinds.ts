import { EspejoError, mistake } from "../errors.ts";
import type { Model } from "../nn/index.ts";
import { checkArgument, checkObject, optionParts } from "../options.ts";
import { inShort, z } from "../schema.ts";
import { type AdversarialOptions, adversarial, adversarialOptions } from "./adversarial.ts";
import { type AutoencoderOptions, autoencoder } from "./autoencoder.ts";
import { type ContractiveOptions, contractive, contractiveOptions } from "./contractive.ts";
import { type ConvolutionalOptions, convolutional } from "./convolutional.ts";
import { type DenoisingOptions, denoising, denoisingOptions } from "./denoising.ts";
import { type EnsembleOptions, ensemble } from "./ensemble.ts";
import { type LayeredOptions, layered } from "./layered.ts";
import { type RecurrentOptions, recurrent } from "./recurrent.ts";
import { type RobustOptions, robust, robustOptions } from "./robust.ts";
import { type SparseOptions, sparse, sparseOptions } from "./sparse.ts";
import { tied } from "./tied.ts";
import { type VariationalOptions, variational, variationalOptions } from "./variational.ts";
import { type WassersteinOptions, wasserstein, wassersteinOptions } from "./wasserstein.ts";

/** What rows of data can be. */
export type Content = "tables" | "images" | "sequences";

/** All that is known about a kind of autoencoder. Networks stand alone; the others change one. */
export interface Kind {
  readonly name: string;
  readonly formula: string;
  readonly source: string;
  /** What it learns from. */
  readonly data: readonly Content[];
  readonly role: "network" | "code" | "restriction";
  /** Whether its code may take any value, whatever activation is stated. */
  readonly freesCode?: boolean;
  /** Puts the kind on a model; a network gives back what it is put on. */
  readonly on: (model: Model, options: never) => Model;
}

const all: readonly Content[] = ["tables", "images", "sequences"];
const alone = (model: Model): Model => model;
const charte = "Charte et al. 2018";

/** Every kind, networks first, then in the order in which they are put on a network. */
export const kinds: readonly Kind[] = [
  {
    name: "basic",
    formula: "mean L(x, g(f(x))), f(X) = d1(W1 X + b1), g(H) = d2(W2 H + b2)",
    source: charte,
    data: all,
    role: "network",
    on: alone,
  },
  {
    name: "convolutional",
    formula: "mean L(x, g(f(x))), f and g of convolutions over images or time",
    source: `Masci et al. 2011; ${charte}`,
    data: ["images", "sequences"],
    role: "network",
    on: alone,
  },
  {
    name: "recurrent",
    formula:
      "mean L(x_t, g(h)_t) over observed steps, h = d(s_T W + b), s_T the last state of an RNN, GRU or LSTM",
    source: `Srivastava et al. 2015; ${charte}`,
    data: ["sequences"],
    role: "network",
    on: alone,
  },
  {
    name: "ensemble",
    formula:
      "sum over k of mean sqrt((x - g_k(f_k(x)))^2 + 1e-4), codes of 1, 2, 3, 4 units; the detector",
    source: `Chen et al. 2017; ${charte}`,
    data: ["tables"],
    role: "network",
    on: alone,
  },
  {
    name: "tied",
    formula: "mean L(x, g(f(x))), W2 = W1 transposed",
    source: `Bengio et al. 2007; ${charte}`,
    data: ["tables", "images"],
    role: "code",
    on: tied,
  },
  {
    name: "variational",
    formula: "sum -log p(x | z) + beta sum (m^2 + exp(s) - 1 - s) / 2, z = m + exp(s / 2) e",
    source: `Kingma and Welling 2014; Higgins et al. 2017; ${charte}`,
    data: all,
    role: "code",
    freesCode: true,
    on: variational,
  },
  {
    name: "adversarial",
    formula: "mean L(x, g(f(x))); -(log D(p) + log(1 - D(f(x)))) / 2; -log D(f(x))",
    source: `Makhzani et al. 2016; ${charte}`,
    data: all,
    role: "code",
    freesCode: true,
    on: adversarial,
  },
  {
    name: "wasserstein",
    formula: "sum L(x, g(f(x))) + lambda MMD^2(f(x), p)",
    source: "Tolstikhin et al. 2018",
    data: all,
    role: "code",
    freesCode: true,
    on: wasserstein,
  },
  {
    name: "sparse",
    formula: "mean L(x, g(f(x))) + lambda sum_j KL(rho || rho_j), or lambda sum_j |h_j|",
    source: `Ng 2011; ${charte}`,
    data: all,
    role: "restriction",
    on: sparse,
  },
  {
    name: "contractive",
    formula: "mean L(x, g(f(x))) + lambda |J_f(x)|^2, the encoder's Jacobian, Frobenius norm",
    source: `Rifai et al. 2011; ${charte}`,
    data: ["tables", "images"],
    role: "restriction",
    on: contractive,
  },
  {
    name: "robust",
    formula: "-mean sum_i exp(-(x_i - g(f(x))_i)^2 / (2 sigma^2)) / (sqrt(2 pi) sigma)",
    source: `Qi et al. 2014; ${charte}`,
    data: all,
    role: "restriction",
    on: robust,
  },
  {
    name: "denoising",
    formula: "mean L(x, g(f(x~))), x~ = x with noise",
    source: `Vincent et al. 2008; ${charte}`,
    data: all,
    role: "restriction",
    on: denoising,
  },
];

/** Options of the kinds that are put on a network, by the name of the kind. */
export interface KindOptions {
  readonly tied?: object;
  readonly variational?: VariationalOptions;
  readonly adversarial?: AdversarialOptions;
  readonly wasserstein?: WassersteinOptions;
  readonly sparse?: SparseOptions;
  readonly contractive?: ContractiveOptions;
  readonly robust?: RobustOptions;
  readonly denoising?: DenoisingOptions;
}

/** What kinds that are put on a network may be told, as it comes from a caller. */
export const kindSchemas: Readonly<Record<keyof KindOptions, z.ZodMiniObject>> = {
  tied: z.object({}),
  variational: variationalOptions,
  adversarial: adversarialOptions,
  wasserstein: wassersteinOptions,
  sparse: sparseOptions,
  contractive: contractiveOptions,
  robust: robustOptions,
  denoising: denoisingOptions,
};

/** A network by its kind. */
export type NetworkOptions =
  | ({ readonly network?: "basic" } & AutoencoderOptions)
  | ({ readonly network: "convolutional" } & ConvolutionalOptions)
  | ({ readonly network: "recurrent" } & RecurrentOptions)
  | ({ readonly network: "ensemble" } & EnsembleOptions)
  | ({ readonly network: "layered" } & LayeredOptions);

const networks = {
  basic: autoencoder,
  convolutional,
  recurrent,
  ensemble,
  layered,
} as unknown as Readonly<Record<string, (options: object) => Model>>;

/**
 * The kinds that a name such as "convolutional+denoising" joins, in the order in which they are put on each
 * other; the network of its data where none is named. Throws `argument_wrong` for names that are unknown or do
 * not go together.
 */
export function kindsOf(name: string): readonly Kind[] {
  if (typeof name !== "string")
    throw new EspejoError("argument_value", {
      argument: "kind",
      ...{ wanted: "the name of a kind", got: inShort(name) },
    });
  const wanted = name.split("+").map((part) => part.trim());
  for (const part of wanted)
    if (!kinds.some((kind) => kind.name === part))
      throw mistake(
        `kind: one of ${kinds.map((kind) => kind.name).join(", ")}, joined by +; got "${part}"`,
      );
  const found = kinds.filter((kind) => wanted.includes(kind.name));
  for (const role of ["network", "code"] as const) {
    const rivals = found.filter((kind) => kind.role === role);
    if (rivals.length > 1)
      throw mistake(
        `kind: ${rivals.map((kind) => kind.name).join(" and ")} do not go together: each gives the ${role}`,
      );
  }
  if (found.length > 1 && found.some(({ name }) => name === "ensemble"))
    throw mistake("kind: ensemble stands alone, nothing is put on it");
  return found;
}

/** A model from plain data: a network and what is put on it. `architecture` of any model is such data. */
export function makeModel(options: NetworkOptions & KindOptions): Model {
  checkObject("makeModel", options);
  const { network = "basic" } = options;
  checkArgument("makeModel: network", optionParts.oneOf(Object.keys(networks)), network);
  const make = networks[network]!;
  const names = kinds.map(({ name }) => name) as (keyof KindOptions)[];
  const plain = Object.fromEntries(
    Object.entries(options).filter(
      ([name]) => name !== "network" && !names.includes(name as keyof KindOptions),
    ),
  );
  return kinds.reduce((model, { name, on }) => {
    const own = options[name as keyof KindOptions];
    return own === undefined || own === null ? model : on(model, own as never);
  }, make(plain));
}
