/** What is said of a model before it is trained, and of a network while it learns, in English. */
export const enModel = {
  "model.title": "Model",
  "model.data": "Back to the data",
  "model.open": "Choose a model",
  "model.recipe": "What is wanted of the table",
  "model.recipe.anomalies": "Find anomalies",
  "model.recipe.reduce": "Reduce dimensions",
  "model.recipe.index": "Build an index",
  "model.recipeAbout.anomalies": "Rows that are unlike the others, ranked, each with its reasons.",
  "model.recipeAbout.reduce": "A few variables that say most of what many columns say.",
  "model.recipeAbout.index": "One number for each row that says as much of it as one number can.",
  "model.train": "Train",
  "model.trainDetect": "Find anomalies",
  "model.kind": "Kind",
  "model.kindHelp":
    "What the network is asked for beside rebuilding its rows. One of those that give the code goes together with any restrictions.",
  "model.kindHelpDetect":
    "Nothing chosen is the usual detector: an ensemble, compared with a plain autoencoder and PCA. A kind of your own is trained in its place.",
  "model.role.network": "Network",
  "model.role.code": "What gives the code",
  "model.role.restriction": "Restrictions",
  "model.where.basic": "L: the loss, f: the encoder, g: the decoder, x: a row.",
  "model.where.ensemble": "k: four networks with codes of 1, 2, 3 and 4 units; ε: 0.0001.",
  "model.where.tied": "W₁, W₂: the weights of the encoder and of the decoder.",
  "model.where.sparse":
    "ρ: how active a unit should be on average, ρⱼ: how active it is; λ: how much that counts.",
  "model.where.contractive":
    "How much the code changes where the row changes a little; λ: how much that counts.",
  "model.where.denoising":
    "x̃: the row with noise e; what is rebuilt is compared with the clean row.",
  "model.where.robust": "x̃ᵢ: the cell as rebuilt; σ: errors far beyond it hardly count.",
  "model.where.variational":
    "m, s: mean and logarithm of the variance of each code; z is drawn from them; β: how much it counts that codes are spread as a standard normal.",
  "model.where.adversarial":
    "D: a second network that tells codes from draws of a distribution; the encoder learns to deceive it.",
  "model.where.wasserstein":
    "MMD: how far codes are from draws of the distribution p; λ: how much that counts.",
  "model.network": "Network",
  "model.networkHelp":
    "Drag a layer by its edge, or take its column and use the arrow keys; Insert adds a layer, Delete removes it. The way back is the mirror of the way in.",
  "model.ensembleHelp":
    "The ensemble is four small networks side by side. Its sizes are its own; choose another kind to draw a network yourself.",
  "model.measuring": "Measuring the columns of the table",
  "model.undrawn": "The network is drawn once the options can be taken.",
  "model.drawing": "Units of each layer: {sizes}",
  "model.layer.input": "Input",
  "model.layer.output": "Output",
  "model.layer.code": "Code",
  "model.layer.hidden": "Hidden layer {layer}",
  "model.layer.mirror": "Mirror of hidden layer {layer}",
  "model.units": "{units} {units:unit|units}",
  "model.in": "in",
  "model.out": "out",
  "model.code": "code",
  "model.add": "Add a layer at place {place}",
  "model.remove": "Remove hidden layer {layer}",
  "model.hidden": "Hidden layers",
  "model.latent": "Code",
  "model.activation": "Activation",
  "model.usual": "usual",
  "model.figures": "What would be trained",
  "model.parameters": "Parameters",
  "model.parametersAbout": "to learn from {cells} cells",
  "model.width": "Columns going in",
  "model.widthAbout": "of {columns} of the table, prepared",
  "model.rows": "Rows that train",
  "model.rowsAbout": "{aside} are kept aside to judge",
  "model.length": "Epochs at most",
  "model.lengthAbout": "of {batch} rows a step; ends after {patience} without a gain",
  "model.lengthWhole": "of {batch} rows a step, all of them",
  "model.more": "More options",

  "live.pause": "Pause",
  "live.paused":
    "Paused. It goes on exactly where it was, here or by the command line; nothing is lost.",
  "live.elsewhere":
    "A process outside of the studio trains it: it is stopped there, by Ctrl-C, and can then go on here.",
  "live.stopped":
    "You stopped this run: its best epoch is kept. It can go on from where it stopped.",
  "live.leftAbout": "at most",
  "live.leftPatience": "at most; it ends earlier after {patience} epochs without a gain",
  "live.leftName": "Time left",
  "live.rate": "Learning rate",
  "live.logarithmic": "Logarithmic scale",
  "live.map": "The map of codes",
  "live.mapHelp.line":
    "Each point is a row: its place in the table to the right, its index upwards.",
  "live.mapHelp.latent":
    "Each point is a row, where its code of two variables lies. It unfolds while the network learns.",
  "live.mapHelp.components":
    "Each point is a row, where its code lies, seen from the side on which codes spread most. It unfolds while the network learns.",
  "live.mapHelp.member":
    "Each point is a row, where the network of the ensemble lies that has a code of two variables.",
  "live.mapTold": "Map of {rows} codes after epoch {epoch}",
  "live.normal": "normal",
  "live.odd": "anomalies by the label: they do not train",
  "live.epoch": "after epoch {epoch}",
  "live.rows": "Rows, rebuilt",
  "live.rowsHelp":
    "Rows that do not train: what each holds, and what the network makes of it so far.",
  "live.row": "Row {row}",
  "live.column": "Column",
  "live.actual": "Holds",
  "live.rebuilt": "Rebuilt",
  "live.off": "Off by",
  "live.missing": "missing",
  "live.same": "same",
  "live.other": "other",
  "live.waiting": "The map and the rows appear after the first epoch.",
  "live.none":
    "Nothing of this run was written to be watched: it was begun without --live, or with --private.",
  "live.ended.epochs": "all epochs were done",
  "live.ended.patience": "it ended by itself: no gain any more",
  "live.ended.asked": "it was stopped",
} as const;
