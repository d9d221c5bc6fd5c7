import type { Words } from "../../charts/words.ts";
import { isDatabaseUrl } from "../../data/postgres/postgres.ts";
import type { Invocation } from "../../invocation/invocation.ts";
import { separationOf } from "../verdicts/separation.ts";
import { isDependent, type Subject } from "./brief.ts";
import type { NextStep } from "./lead.ts";
import { readingOf, trainingCalls } from "./reproduce.ts";
import { comparison, isOnNewer, rebuiltNothing } from "./summary.ts";

/** Rows that a person goes through one by one, and seconds that other methods may try. */
const [mostLooked, fewLooked, trial] = [100, 20, 60];
/** A threshold that finds fewer than this share of the anomalies is strict. */
const strict = 0.3;

/** What steps hang on beside what was found. */
export interface Situation extends Subject {
  /** The call that makes the report, and what the model is called in it. */
  readonly call: Invocation;
  readonly model: string;
  /** Whether there is such a file. */
  readonly saved: boolean;
  /** The report is about the codes. */
  readonly codes: boolean;
}

/** What to do next, by what was found; each step runs after those before it. Nothing where the data cannot be named. */
export function nextSteps(situation: Situation, words: Words): readonly NextStep[] {
  const { data, metadata, model, call, saved, codes } = situation;
  if (data === "-" || isDatabaseUrl(data)) return [];
  const trainings = trainingCalls(metadata, data, model, readingOf(call));
  const made = saved
    ? []
    : trainings
        .filter(({ verb }) => verb !== "threshold")
        .map((invocation) => ({ why: words.text("next.train"), invocation }));
  const [training] = trainings as readonly [Invocation, ...Invocation[]];
  const steps = codes ? ofCodes(situation, words) : ofScores(situation, training, words);
  return [...made, ...steps];
}

/** Whether the model has learnt less than the mean of each column tells. */
const isUnlearnt = ({ findings, metadata }: Situation): boolean =>
  findings.rebuilt !== null &&
  rebuiltNothing(findings.rebuilt.model) &&
  // what lies beyond all that trained is not learnt by longer training
  !isOnNewer(findings, metadata) &&
  metadata.training.epochs > 0;

function ofScores(
  situation: Situation,
  training: Invocation,
  { text, count }: Words,
): readonly NextStep[] {
  const { findings, metadata, data, verdicts, model, call } = situation;
  const { evaluation, labels, flagged, profile, acquaintance } = findings;
  const { arrays = false } = call;
  const reading = readingOf(call);
  const separation = evaluation && separationOf(evaluation)?.code;
  const steps: NextStep[] = [];
  const step = (why: string, invocation: Invocation): void => {
    steps.push({ why, invocation: { ...invocation, arrays } });
  };
  if (profile.drift.length > 0 && acquaintance === "other")
    step(text("next.anew"), renamed(training, "new.onnx"));
  else if (isUnlearnt(situation))
    step(text("next.longer"), longer(training, metadata.training.epochs));
  if (separation === "not_separates" && !arrays && labels)
    step(text("next.compare"), {
      ...{ verb: "compare", data },
      options: { ...labelling(training), ...reading, budget: trial },
    });
  if (separation !== "not_separates") {
    const top = Math.min(Math.max(fewLooked, Math.min(flagged, mostLooked)), findings.rows);
    step(text("next.look", { n: count(top) }), {
      ...{ verb: "score", data },
      options: { ...reading, model, top, output: "first.csv" },
    });
  }
  const others = evaluation?.pca ?? null;
  const chosen = verdicts.some(({ code }) => code.startsWith("kept_"));
  if (others && !chosen && comparison(evaluation!.rocAuc, others.rocAuc) === "Worse" && !arrays)
    step(text("next.best"), {
      ...{ verb: "detect", data },
      options: {
        ...labelling(training),
        ...logging(training),
        ...reading,
        ...{ save: "best.onnx", output: "ranked.csv" },
      },
    });
  if (separation === "separates" && evaluation!.recall < strict)
    step(text("next.more"), {
      ...{ verb: "threshold", data },
      options: { ...labelling(training), ...reading, model, threshold: "f1", output: "more.onnx" },
    });
  if (isDependent(verdicts) && training.verb === "train")
    step(text("next.newest"), renamed(training, "newest.onnx", { split: "time" }));
  return steps;
}

/** Settings of a training that a reduction does not have, or sets otherwise. */
const notOfCodes = ["output", "latent", "threshold", "score", "normal", "normalOnly", "private"];

function ofCodes(situation: Situation, { text }: Words): readonly NextStep[] {
  const { data, model, call, verdicts, metadata } = situation;
  const { arrays = false } = call;
  const reading = readingOf(call);
  const written: NextStep = {
    why: text("next.codes"),
    invocation: {
      ...{ verb: "encode", data, arrays },
      options: { ...reading, model, output: "codes.csv" },
    },
  };
  if (!verdicts.some(({ code }) => code === "index_time")) return [written];
  const [training] = trainingCalls(metadata, data, model, reading);
  const same = Object.entries(training!.options).filter(([name]) => !notOfCodes.includes(name));
  const second: NextStep = {
    why: text("next.second"),
    invocation: {
      ...{ verb: "reduce", data },
      options: { ...Object.fromEntries(same), latent: 2, output: "two.csv", report: "two.html" },
    },
  };
  return [written, second];
}

/** The label of a training, and which of its values are normal. */
const labelling = ({ options: { label, normal } }: Invocation) => ({
  ...(label !== undefined && { label }),
  ...(normal !== undefined && { normal }),
});

/** The columns of a training that are taken as logarithms. */
const logging = ({ options: { log } }: Invocation) => (log === undefined ? {} : { log });

/** The same training for a file of another name. */
function renamed(training: Invocation, name: string, more: object = {}): Invocation {
  const place = training.verb === "detect" ? "save" : "output";
  return { ...training, options: { ...training.options, ...more, [place]: name } };
}

const longer = (training: Invocation, epochs: number): Invocation =>
  renamed(training, "longer.onnx", { epochs: 2 * epochs });
