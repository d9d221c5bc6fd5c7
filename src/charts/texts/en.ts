import { enBrief } from "./brief.ts";
import { enColumns } from "./columns.ts";
import { enGeneration } from "./generation.ts";

/** What figures and reports say, in English; `es.ts` says the same in Spanish. */
export const en = {
  // the page
  "page.title": "{title}: Espejo report",
  "page.skip": "to the summary",
  "page.theme": "Dark",
  "page.contents": "Contents",
  "page.numbers": "The numbers",
  "page.next": "What to do next",
  "page.drawing": "drawing",
  "page.command": "Command",
  "page.footer":
    "Made by Espejo {version}. This page is whole: it loads nothing and sends nothing. A score says how badly the model rebuilds a row, not why the row is so.",
  "part.input": "input",
  "part.encoder": "encoder",
  "part.code": "code",
  "part.decoder": "decoder",
  "part.output": "output",
  // figures
  "hourglass.title": "The network",
  "hourglass.reading":
    "Each bar is a layer, and its height goes with how many numbers the layer gives for a row. A row goes in at the left, has to pass through the few numbers of the code, and is rebuilt on the right. What is not typical does not get through, and is rebuilt badly.",
  "hourglass.alternative":
    "Layers of the network from left to right: {sizes}. {input} {input:number goes|numbers go} in, the code has {code}.",
  "hourglass.layer": "layer",
  "hourglass.kind": "kind",
  "hourglass.output": "gives",
  "hourglass.parameters": "parameters",
  "loss.title": "How it learnt",
  "loss.epoch": "epoch",
  "loss.loss": "loss",
  "loss.training": "rows that train",
  "loss.validation": "rows kept aside",
  "loss.best": "best: {epoch}",
  "loss.alternative":
    "Loss over {epochs} {epochs:epoch|epochs}: on the rows that train from {first} to {last}; best epoch {best} with {loss}.",
  "loss.reading":
    "The loss is the mean error; an epoch is one pass over the rows. The weights of the best epoch are kept.",
  "loss.readingBoth":
    "Both lines should fall and stay close together; where the dashed line rises again, the network begins to learn rows by heart.",
  "loss.readingAlone":
    "The line should fall, and no longer fall at its end: no rows were kept aside to stop by.",
  "scores.title": "Scores and the threshold",
  "scores.score": "score",
  "scores.share": "share of rows",
  "scores.shareOfGroup": "share of the group",
  "scores.threshold": "threshold {threshold}",
  "scores.from": "from",
  "scores.to": "to",
  "scores.all": "all rows",
  "scores.unlabelled": "without label",
  "scores.alternative": "Distribution of the scores; the threshold is {threshold}.",
  "scores.alternativeGroup":
    "{group}: {rows} {rows:row|rows}, {above} above the threshold ({percent}).",
  "scores.reading":
    "How many rows have which score. What lies to the right of the dashed line is flagged.",
  "scores.readingLog":
    "How many rows have which score, on a scale that grows by factors. What lies to the right of the dashed line is flagged.",
  "scores.groups": "The clearer the gap between the groups, the easier the task.",
  "curve.model": "this model ({area})",
  "curve.pca": "PCA ({area})",
  "curve.guessing": "guessing",
  "curve.threshold": "threshold",
  "roc.title": "ROC curve",
  "roc.x": "normal rows flagged (false alarms)",
  "roc.y": "anomalies found",
  "roc.alternative":
    "ROC curve: area {area}. At the threshold {y} of the anomalies are found, and {x} of the normal rows are flagged.",
  "roc.alternativePca":
    "ROC curve: area {area}, PCA {pca}. At the threshold {y} of the anomalies are found, and {x} of the normal rows are flagged.",
  "roc.reading":
    "Every threshold is a point: how many anomalies it finds, and how many normal rows it flags for that. The nearer to the upper left corner the better. The area under it (1 is perfect, 0.5 is guessing) is the chance that an anomaly scores above a normal row.",
  "precision.title": "Precision and recall",
  "precision.x": "recall: anomalies found",
  "precision.y": "precision: alarms that are right",
  "precision.alternative":
    "Precision against recall: average precision {area}. At the threshold {x} of the anomalies are found, and {y} of the alarms are right.",
  "precision.alternativePca":
    "Precision against recall: average precision {area}, PCA {pca}. At the threshold {x} of the anomalies are found, and {y} of the alarms are right.",
  "precision.reading":
    "Where anomalies are rare this says more than the ROC curve: of the rows that are flagged, how many are anomalies. Guessing stays on the dotted line, the share of anomalies among all rows.",
  "confusion.title": "Right and wrong at the threshold",
  "confusion.normal": "normal",
  "confusion.anomaly": "anomaly",
  "confusion.said": "the model says",
  "confusion.actual": "label",
  "confusion.saidNormal": "model: normal",
  "confusion.saidAnomaly": "model: anomaly",
  "confusion.share": "{percent} of its row",
  "confusion.alternative":
    "{found} {found:anomaly|anomalies} found, {missed} missed; {alarms} normal {alarms:row|rows} flagged, {quiet} not.",
  "confusion.reading":
    "Blue is right, orange is wrong. Lower left: anomalies that were missed; upper right: false alarms. Moving the threshold trades one for the other.",
  "map.title": "Map of the codes",
  "map.alternative":
    "Map of {points} {points:row by its code|rows by their codes}, {flagged} of them flagged; colours show {coloring}.",
  "map.reading":
    "Each point is a row, placed by the code that the encoder gives it: rows that the model takes for alike lie together. Colours and shapes show {coloring}; a rim marks flagged rows.",
  "map.outside":
    "{outside} {outside:point lies outside of the frame and is|points lie outside of the frame and are} shown at its edge.",
  "map.point": "row",
  "map.keys": "Map of the codes: the arrow keys go from point to point, the highest score first",
  "map.hover": "Point at it, or focus it and press the arrow keys, to see which row a point is.",
  "map.sample": "A random sample of {sample} of {rows} rows, and the {top} highest scores.",
  "map.everyRow": "All {rows} rows.",
  "map.plane": "The axes are the two numbers of the code.",
  "map.line": "The code is a single number: the height is the score.",
  "map.components":
    "The code has {dims} numbers; the plane of its two main directions (PCA) holds {percent} of its variance.",
  "map.code": "code {i}",
  "map.component": "direction {i} ({percent} of the variance)",
  "map.told": "{row} · score {score}{flag}{more}",
  "map.flag": " · flagged",
  "map.label": "the label",
  "map.score": "the score",
  "map.column": "the column {column}",
  "map.otherValues": "other values",
  "map.missing": "missing",
  "map.range": "{from} to {to}",
  "map.atMost": "up to {to}",
  "map.above": "above {from}",
  "image.original": "original",
  "image.rebuilt": "rebuilt",
  "image.error": "error",
  "image.alternative": "{title}: original, reconstruction and error side by side. {about}",
  "sequence.original": "original",
  "sequence.rebuilt": "rebuilt",
  "sequence.step": "step",
  "sequence.difference": "difference",
  "sequence.alternative": "{title}: original and reconstruction of {features}. {about}",
  ...enColumns,
  ...enGeneration,
  ...enBrief,
  // the summary
  "summary.findings": "Findings",
  "summary.title": "Summary",
  "summary.subtitle.tables":
    "{rows} {rows:row|rows} of a table, seen by an autoencoder: {kind} ({model})",
  "summary.subtitle.pca": "{rows} {rows:row|rows} of a table, seen by PCA ({model})",
  "summary.subtitle.images": "{rows} {rows:image|images}, seen by an autoencoder: {kind} ({model})",
  "summary.subtitle.windows":
    "{rows} {rows:window|windows} of series, seen by an autoencoder: {kind} ({model})",
  "summary.subtitle.sequences":
    "{rows} {rows:sequence|sequences}, seen by an autoencoder: {kind} ({model})",
  "headline.flagged": "Flagged rows",
  "headline.flaggedAbout": "{percent} of {rows}",
  "headline.auc": "ROC AUC",
  "headline.aucAbout": "1 is perfect, 0.5 is guessing{pca}",
  "headline.pca": "; PCA {area}",
  "headline.precision": "Right alarms",
  "headline.precisionAbout":
    "precision: {right} of {alarms} flagged {alarms:row|rows} {right:is an anomaly|are anomalies}",
  "headline.recall": "Anomalies found",
  "headline.recallAbout": "recall: {found} of {anomalies}",
  "headline.rebuilt": "Variation rebuilt",
  "headline.rebuiltAbout": "from {latent} {latent:number|numbers} a row{pca}",
  "headline.threshold": "Threshold",
  "headline.thresholdAbout": "rule {rule}; higher scores are flagged",
  "summary.flagged":
    "{flagged} of {rows} {rows:row|rows} ({percent}) {flagged:stands|stand} out: the model rebuilds {flagged:it|them} worse than its threshold allows.",
  "summary.none": "No row stands out: every score is below the threshold.",
  "summary.reasons":
    "What most often makes a flagged row stand out (its largest error): {columns}.",
  "summary.reasonColumn": "{column} ({percent} of them)",
  "summary.ranking":
    "Put an anomaly beside a normal row, both drawn at random: in {percent} of such pairs the anomaly has the higher score.",
  "summary.alarms":
    "At the threshold {precision} of the alarms are right, and {recall} of the anomalies are found.",
  "summary.strict":
    "The model ranks the rows well, but its threshold is strict and lets most anomalies pass: in training, --threshold f1 or recall:0.8 chooses a lower one with the help of the labels.",
  "summary.rough":
    "Only {anomalies} {anomalies:anomaly was|anomalies were} judged: the figures are rough.",
  "summary.oneClass":
    "The rows that were judged are all of one class: there is no ranking to measure.",
  "summary.pcaBetter":
    "PCA, the classical linear method, ranks worse here (ROC AUC {pca} against {model}).",
  "summary.pcaSame":
    "PCA, the classical linear method, ranks about as well (ROC AUC {pca} against {model}): the simpler method would do for this.",
  "summary.pcaWorse":
    "PCA, the classical linear method, ranks better here (ROC AUC {pca} against {model}): prefer it, or train further.",
  "summary.rebuilt":
    "From its {latent} {latent:number|numbers} a row the model rebuilds {percent} of the variation of the {what} ({rows} rows{kept}).",
  "summary.rebuiltNone":
    "The model does not yet rebuild the {what} better than their mean would ({rows} rows{kept}): it may need more epochs, or a larger code.",
  "summary.rebuiltNoneNewer":
    "On the {rows} newest rows, which did not train, the model rebuilds the {what} no better than their mean would: they lie beyond what it learnt. As differences or rates of change they may not.",
  "summary.rebuiltPcaNone": "PCA of the same size does no better.",
  "summary.rebuiltColumns": "numeric columns",
  "summary.rebuiltCells": "values",
  "summary.rebuiltKept": " that did not train",
  "summary.rebuiltPcaMore":
    "PCA of the same size rebuilds {percent}, so the bends of the network pay.",
  "summary.rebuiltPcaSame":
    "PCA of the same size rebuilds about as much ({percent}): what there is to learn here is linear.",
  "summary.rebuiltPcaLess":
    "PCA of the same size rebuilds more ({percent}): the network has not found all that a linear method finds; more epochs or a wider network may help.",
  "summary.noPca":
    "There is no PCA to compare with: rows are too wide for it, or the kind keeps none.",
  "judged.test":
    "These are the very data that the model was trained on. Quality is measured on the {rows} rows that were kept apart for testing: neither the weights nor the threshold have seen them.",
  "judged.held":
    "These are the very data that the model was trained on. Reconstruction is measured on the {rows} rows that did not train.",
  "judged.heldOnly":
    "These are the very data that the model was trained on; {rows} of the rows did not train.",
  "judged.unsupervised":
    "These are the very data that the model was trained on, without their label. All rows with a label are judged, also those that trained; reconstruction is measured on the {rows} rows that did not.",
  "judged.trained":
    "These are the very data that the model was trained on, and no row was kept apart: quality is measured on rows that trained, and looks better than it is.",
  "judged.other":
    "These are not the same data as those that trained (or it cannot be told): all {rows} rows are judged. Where some of them trained, the figures are too good.",
  // the data
  "data.title": "The data",
  "data.columns": "Columns",
  "data.features": "Features",
  "data.column": "column",
  "data.feature": "feature",
  "data.type": "type",
  "data.role": "role",
  "data.missing": "missing",
  "data.values": "values",
  "data.range": "{from} to {to}, mean {mean}",
  "data.dates": "{from} to {to}",
  "data.spark":
    "{bars} bars from {from} to {to}; the highest, {most} {most:row|rows}, begins at {place}",
  "data.sparkLog":
    "{bars} bars from {from} to {to}; the highest, {most} {most:row|rows}, begins at {place}, on a logarithmic scale",
  "data.logScale": "logarithmic scale",
  "data.sparkValues": "commonest values: {values}",
  "data.sampled": "The small histograms show the middle 98 % of a random sample of {sample} rows.",
  "data.all": "The small histograms show the middle 98 % of the values.",
  "data.cut": "{shown} of {columns} columns are shown.",
  "data.facts":
    "{rows} {rows:row|rows}, {columns} {columns:column|columns}, {missing} of the cells are missing",
  "data.factsWhole":
    "{rows} {rows:row|rows}, {columns} {columns:column|columns}, no cell is missing",
  "data.arrays": "{rows} {content} of {sizes}",
  "data.classes": "Classes",
  "data.class": "class",
  "data.rows": "rows",
  "data.notes": "What was noticed while reading",
  "data.drift": "How the rows differ from those that trained",
  "data.channel": "channel {i}",
  "data.featureName": "feature {i}",
  "data.mean": "mean",
  "data.deviation": "deviation",
  "data.more": "and {n} more",
  // the other sections
  "network.title": "The model and how it learnt",
  "network.unknown":
    "The layers of this kind are not kept in the model file: there is no drawing of the network.",
  "network.noHistory":
    "The model file keeps no losses epoch by epoch: it is from before they were kept, or its kind has none.",
  "scores.section": "Scores",
  "quality.title": "Quality against the label",
  "quality.normal": "Normal is {column} = {normal}; every other value is an anomaly.",
  "map.section": "Map",
  "worst.title": "The oddest rows",
  "worst.table": "The {n} highest scores, with the cells that the model got most wrong",
  "worst.row": "row",
  "worst.score": "score",
  "worst.flagged": "flagged",
  "worst.label": "label",
  "worst.reasons": "why",
  "worst.yes": "yes",
  "worst.no": "no",
  "worst.reason": "{column} = {actual}, expected {expected} ({percent})",
  "worst.unlikely": "{column} = {actual}, of probability {probability} ({percent})",
  "worst.reading":
    "Why: what was there, what the model expected from the other cells, and the cell's share of the error. Row 1 is the first row of data.",
  "worst.images":
    "The images with the highest scores, what the model made of them, and where it is wrong (dark: wrong).",
  "worst.sequences":
    "The rows with the highest scores, as they are and as the model rebuilds them.",
  "worst.scaled":
    "Features are in deviations from their mean, so that they share a scale; the {n} with the largest errors are shown.",
  "typical.images": "For comparison: images with a middling score.",
  "typical.sequences": "For comparison: rows with a middling score.",
  "row.numbered": "row {row}",
  "row.about": "score {score}{flag}{label}{reason}",
  "row.reason": ": {reason}",
  "row.flag": ", flagged",
  "row.label": ", class {label}",
  "card.title": "Model card",
  "card.kind": "Kind",
  "card.formula": "Minimises",
  "card.pca": "PCA, as an autoencoder without hidden layers",
  "card.pcaFormula":
    "the squared error over all linear codes of this size, without training (Pearson 1901)",
  "card.data": "Made for",
  "card.network": "Network",
  "card.networks": "{networks} networks, the widest {sizes}; {parameters} parameters in all",
  "network.several":
    "There are {networks} such networks side by side, with ever narrower codes; this is the one with the widest.",
  "card.networkSizes": "{sizes}; {parameters} {parameters:parameter|parameters}",
  "card.latent": "Code",
  "card.latentSize": "{latent} {latent:number|numbers} a row",
  "card.trained": "Trained on",
  "card.trainedRows": "{train} rows",
  "card.trainedStop": "{n} judged when to stop",
  "card.trainedBoth": "{n} judged when to stop and calibrated the threshold",
  "card.trainedCalibrate": "{n} calibrated the threshold",
  "card.trainedTest": "{n} tested",
  "card.epochs": "Epochs",
  "card.epochsBest": "{epochs}, best {best}: loss {loss}, validation loss {validation}",
  "card.epochsAlone": "{epochs}, best {best}: loss {loss}",
  "card.noEpochs": "none: PCA, whose weights are principal components",
  "card.label": "Label",
  "card.labelNormal": "{column}; normal is {normal}",
  "card.noLabel": "none: every row was taken for normal",
  "card.threshold": "Threshold",
  "card.thresholdRule": "{threshold}, by the rule {rule}, chosen on rows that did not train",
  "card.use": "Meant for",
  "card.useText":
    "finding rows like none that trained, reducing rows to few numbers, and pointing a person at what to look into; on data that come about as the training data did",
  "card.limits": "Limits",
  "card.limitsText":
    "A high score means unusual, not wrong or fraudulent, and a low one does not mean right: what was common in training counts as normal. Do not decide on people by it alone. When the data change, look at this report again and train anew.",
  "card.size": "File",
  "card.sizeBytes": "{bytes} bytes",
  "card.versions": "Versions",
  "card.versionsText": "Espejo {espejo}, {engine}",
  "reproduce.title": "How to reproduce",
  "reproduce.report": "This report:",
  "reproduce.train": "The model, with its main settings (what is not named is as usual):",
  "reproduce.library": "The model, from a program:",
  "reproduce.same": "The same data, settings, versions and kind of processor give the same bytes.",
  "reproduce.seed": "Seed",
  "reproduce.fingerprint": "Fingerprint of the training values (SHA-256)",
  "reproduce.match": "Data of this report",
  "reproduce.matches": "the same values (the fingerprint agrees)",
  "reproduce.differs": "other values, or read in another way",
  "reproduce.options": "Settings in the file",
} as const satisfies Record<string, string>;

export type ReportKey = keyof typeof en;
