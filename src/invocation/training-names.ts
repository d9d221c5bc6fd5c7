/** Options of a training that tasks take as they are, by their names on the command line. */
export const trainingNames: readonly string[] = [
  ...["kind", "normal", "marks", "hidden", "latent", "activation", "dropout", "noise", "l1", "l2"],
  ...["filters", "kernelSize", "down", "up", "cell", "units", "bidirectional"],
  ...["scaling", "epochs", "batchSize", "learningRate", "optimizer", "clipNorm", "patience"],
  ...["normalOnly", "private", "modelVersion", "seed", "split", "threshold", "score"],
  ...["corruption", "beta", "warmUp", "variance", "prior", "penalty", "strength", "rho"],
  ...["robustLoss", "sigma"],
];

/** Options of the engine. */
export const engineNames: readonly string[] = ["engine", "threads", "provider"];
