// Models of a cluster beside those of one machine, trained on the same rows.
import { readFileSync } from "node:fs";
import { must } from "./stage.mjs";
import { weightsApart } from "./weights.mjs";

const columns = ["--label", "Class", "--id", "id"];

/** The training whose bytes are compared: few rounds, nothing else but what is usual. */
export const base = { epochs: 6, partitions: 4 };

/** The words of a training on the cluster. */
export const clusterWords = (
  { place, data },
  { of = "plain", epochs = base.epochs, partitions = base.partitions, more = [] } = {},
) => [
  ...["cluster", "train", data(of), ...columns, ...place],
  ...["--partitions", `${partitions}`, "--epochs", `${epochs}`, ...more],
];

/** The model of the base training, which is trained once. */
export const baseModel = (stage) => stage.trained("base", clusterWords(stage));

/** What one machine trains of the same rows. */
export const machineModel = (stage, { of = "plain", epochs, more = [] }) =>
  stage.trained(`machine-${of}-${epochs}${more.join("")}`, [
    ...["train", stage.data(of), ...columns, "--split", "hash", "--epochs", `${epochs}`, ...more],
  ]);

/** Epochs after which losses hardly fall any more. */
const long = 60;
const near = { loss: 0.02, auc: 0.005 };

/** `basic`, with categories, missing cells and dates; the same numbers where they must be the same. */
export async function train({ stage, check }) {
  await check("a model is trained on the cluster", async () => {
    const { done, events } = await baseModel(stage);
    const epochs = events.filter(({ event }) => event === "epoch");
    must(epochs.length === base.epochs, `${epochs.length} rounds were told`);
    const losses = epochs.map(({ validationLoss }) => validationLoss);
    must(losses.at(-1) < 0.8 * losses[0], `losses are ${losses.join(", ")}`);
    return `losses ${losses.map((each) => each.toFixed(3)).join(" ")}, ROC AUC ${done.evaluation.rocAuc.toFixed(3)}`;
  });
  await check("one partition: the weights of one machine", async () => {
    const words = clusterWords(stage, { of: "one", partitions: 1 });
    const cluster = await stage.trained("cluster-one", words);
    const machine = await machineModel(stage, {
      ...{ of: "one", epochs: base.epochs, more: ["--engine", "native"] },
    });
    const apart = weightsApart(cluster.model, machine.model);
    must(apart <= 1e-5, `weights are ${apart} apart`);
    return `at most ${apart.toExponential(1)} apart`;
  });
  await check(
    "one executor or two: the same bytes",
    async () => {
      const words = clusterWords(stage, { more: ["--conf", "spark.cores.max=1"] });
      await sameBytes(stage, await stage.trained("one-executor", words));
    },
    { full: true },
  );
}

/** Losses and ROC AUC beside one machine, however rows are dealt and files are sorted. */
export async function beside({ stage, check }) {
  for (const of of ["plain", "sorted"])
    for (const partitions of [4, 8])
      await check(
        `as good as one machine: ${of}, ${partitions} partitions`,
        () => besideMachine(stage, of, partitions),
        { full: true },
      );
}

async function besideMachine(stage, of, partitions) {
  const words = clusterWords(stage, { of, partitions, epochs: long });
  const cluster = (await stage.trained(`cluster-${of}-${partitions}`, words)).done;
  const machine = (await machineModel(stage, { of, epochs: long })).done;
  const loss = cluster.validationLoss / machine.validationLoss - 1;
  const auc = cluster.evaluation.rocAuc - machine.evaluation.rocAuc;
  const told = `validation loss ${cluster.validationLoss.toFixed(4)} beside ${machine.validationLoss.toFixed(4)}, ROC AUC ${cluster.evaluation.rocAuc.toFixed(4)} beside ${machine.evaluation.rocAuc.toFixed(4)}`;
  must(loss <= near.loss && Math.abs(auc) <= near.auc, told);
  return told;
}

/** That a model has the bytes of the base training. */
export async function sameBytes(stage, { model }) {
  const wanted = readFileSync((await baseModel(stage)).model);
  must(wanted.equals(readFileSync(model)), "the model has other bytes");
}

/** Nearly all rows in one file, none in others; and as many partitions as make some of them nearly empty. */
export async function partitions({ stage, check }) {
  await check(
    "empty files, and nearly all rows in one",
    async () => {
      const words = clusterWords(stage, { of: "skewed", epochs: base.epochs });
      const { done } = await stage.trained("skewed", words);
      const machine = (await machineModel(stage, { of: "skewed", epochs: base.epochs })).done;
      const auc = [done, machine].map(({ evaluation }) => evaluation.rocAuc);
      must(Math.abs(auc[0] - auc[1]) <= 0.02, `ROC AUC ${auc.join(" beside ")}`);
      return `ROC AUC ${auc.map((each) => each.toFixed(3)).join(" beside ")}`;
    },
    { full: true },
  );
  await check(
    "more partitions than rows need",
    async () => {
      const words = clusterWords(stage, { of: "nested", partitions: 40, epochs: 2 });
      const { done } = await stage.trained("many-partitions", [...words, "--ignore", "place,tags"]);
      must(Number.isFinite(done.validationLoss), `the loss is ${done.validationLoss}`);
    },
    { full: true },
  );
}

/** Other kinds: one with noise, one that trains no network. */
export async function kinds({ stage, check }) {
  for (const kind of ["variational", "ensemble"])
    await check(
      `${kind} beside one machine`,
      async () => {
        const epochs = kind === "ensemble" ? base.epochs : long;
        const more = ["--kind", kind];
        const words = clusterWords(stage, { epochs, more });
        const cluster = (await stage.trained(`cluster-${kind}`, words)).done;
        const machine = (await machineModel(stage, { epochs, more })).done;
        const auc = [cluster, machine].map(({ evaluation }) => evaluation.rocAuc);
        const told = `ROC AUC ${auc.map((each) => each.toFixed(4)).join(" beside ")}`;
        // two samples of 2,000 rows are two ensembles
        const most = kind === "ensemble" ? 0.02 : near.auc;
        must(Math.abs(auc[0] - auc[1]) <= most, told);
        return told;
      },
      { full: true },
    );
}
