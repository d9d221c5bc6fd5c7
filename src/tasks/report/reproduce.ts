import { basename } from "node:path";
import { isDatabaseUrl } from "../../data/postgres/postgres.ts";
import { namesText } from "../../data/terms/names-text.ts";
import { formatThreshold, parseThreshold } from "../../metrics/threshold.ts";
import type { AnyMetadata } from "../model/metadata.ts";
import { isStated } from "../model/threshold-record.ts";
import { shellText } from "./shell.ts";

/** What a file is called in a report: absolute paths tell nobody else anything, and too much of the machine. */
export function shownName(path: string): string {
  if (isDatabaseUrl(path)) return `postgres://…/${path.split(/[?#]/)[0]!.split("/")[3] ?? ""}`;
  const absolute = path.startsWith("/") || path.startsWith("~") || /^[a-z]:[\\/]|^\\\\/i.test(path);
  return absolute ? basename(path.replaceAll("\\", "/")) : path;
}

/** Where the settings of a training stand in the metadata, by their flags. */
const settings: Readonly<Record<string, readonly string[]>> = {
  "--hidden": ["architecture.hidden"],
  "--latent": ["architecture.latentDim"],
  "--filters": ["architecture.filters"],
  "--kernel-size": ["architecture.kernelSize"],
  "--down": ["architecture.down"],
  "--up": ["architecture.up"],
  "--cell": ["architecture.cell"],
  "--units": ["architecture.units"],
  "--bidirectional": ["architecture.bidirectional"],
  "--activation": ["architecture.activation"],
  "--dropout": ["architecture.dropout"],
  "--noise": ["architecture.noise"],
  "--l1": ["architecture.l1"],
  "--l2": ["architecture.l2"],
  "--beta": ["architecture.variational.beta"],
  "--warm-up": ["architecture.variational.warmUp"],
  "--variance": ["architecture.variational.variance"],
  "--prior": ["architecture.adversarial.prior.kind", "architecture.wasserstein.prior.kind"],
  "--penalty": ["architecture.sparse.penalty"],
  "--strength": [
    "architecture.sparse.weight",
    "architecture.contractive.weight",
    "architecture.wasserstein.weight",
  ],
  "--rho": ["architecture.sparse.target"],
  "--robust-loss": ["architecture.robust.loss"],
  "--sigma": ["architecture.robust.sigma"],
  "--scaling": ["training.options.scaling"],
  "--log": ["training.options.log"],
  "--epochs": ["training.options.epochs"],
  "--batch-size": ["training.options.batchSize"],
  "--learning-rate": ["training.options.learningRate"],
  "--optimizer": ["training.options.optimizer"],
  "--clip-norm": ["training.options.clipNorm"],
  "--patience": ["training.options.patience"],
  "--threshold": ["training.options.threshold"],
  "--split": ["training.options.split.by"],
  "--seed": ["training.seed"],
};

const corruptionNames: Readonly<Record<string, string>> = { saltAndPepper: "salt-and-pepper" };

/** The commands that make such a model again, as far as the file tells: a line each. */
export function trainCommands(metadata: AnyMetadata, data: string, model: string): string {
  const { threshold } = metadata;
  const { rule, value } = threshold;
  const { threshold: first } = metadata.training.options;
  const again = typeof first === "string" && formatThreshold(parseThreshold(first)) !== rule;
  const words = isStated(threshold) ? [String(value)] : [rule, "DATA"];
  return [
    trainCommand(metadata, data, model),
    ...(again
      ? [
          shellText(
            "espejo",
            "threshold",
            ...words.slice(1),
            "-m",
            model,
            "--threshold",
            words[0]!,
            "-o",
            model,
          ),
        ]
      : []),
  ].join("\n");
}

function trainCommand(metadata: AnyMetadata, data: string, model: string): string {
  const words = ["train", data];
  const say = (flag: string, value: unknown): void => {
    if (value === true) words.push(flag);
    else if (Array.isArray(value)) words.push(flag, value.length === 0 ? "0" : namesText(value));
    else if (typeof value === "string" || typeof value === "number")
      words.push(flag, String(value));
  };
  if (metadata.kind !== "basic") say("--kind", metadata.kind);
  for (const [flag, value] of rolesOf(metadata)) say(flag, value);
  for (const [flag, paths] of Object.entries(settings))
    say(
      flag,
      paths.map((path) => at(metadata, path)).find((value) => value !== undefined),
    );
  const noise = at(metadata, "architecture.denoising.noise");
  if (typeof noise === "string") {
    const amount = at(metadata, "architecture.denoising.amount");
    const name = corruptionNames[noise] ?? noise;
    say("--corruption", amount === undefined ? name : `${name}:${amount}`);
  }
  return shellText("espejo", ...words, "-o", model);
}

type Said = readonly (readonly [flag: string, value: unknown])[];

/** What the columns are for, or how rows were cut out of their source. */
function rolesOf(metadata: AnyMetadata): Said {
  const { label } = metadata.training;
  const normal: Said = label
    ? [label.normal].flat().map((value) => ["--normal", value] as const)
    : [];
  if (!("columns" in metadata)) {
    const { shape, content, format, fit, features, time, group, stride } = metadata.source;
    const cut: Said =
      content === "images"
        ? [
            ...(format === "folder" ? ([["--size", `${shape[0]}x${shape[1]}`]] as const) : []),
            ["--fit", fit ?? undefined],
          ]
        : [
            ["--window", stride === null ? undefined : shape[0]],
            ["--stride", stride ?? undefined],
            ["--features", features ?? undefined],
          ];
    return [...normal, ...cut, ["--time", time ?? undefined], ["--group", group ?? undefined]];
  }
  const named = (role: string): readonly string[] | undefined => {
    const names = metadata.columns.filter((column) => column.role === role).map(({ name }) => name);
    return names.length > 0 ? names : undefined;
  };
  return [
    ["--label", label?.column],
    ...normal,
    ["--ignore", named("ignore")],
    ["--id", named("id")],
    ["--time", named("time")?.[0]],
    ["--weight", named("weight")?.[0]],
  ];
}

/** A value deep in plain data, by its path. */
function at(data: unknown, path: string): unknown {
  let value = data;
  for (const key of path.split("."))
    value =
      typeof value === "object" && value !== null
        ? (value as Record<string, unknown>)[key]
        : undefined;
  return value;
}
