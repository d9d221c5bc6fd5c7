/** What `espejo runs` says, in English. */
export const enRuns = {
  "runs.about":
    "the runs of train and detect: what they do, how far they are, and what they ranked",
  "runs.remark":
    "FOLDER is a run, which is shown with the first rows of its ranking, or holds some, which are listed (by default runs).",
  "argument.runs": "folder of a run, or of several (default: runs)",
  "option.runsOutput": "file of its ranked rows to write; its ending chooses the format",
  "option.runsTop": "so many ranked rows (default: 10, of a file all)",
  "option.runsFrom": "from which of them on, counted from 1",
  "option.runsBy":
    "what they are sorted by: score (the highest first), row, part, label, or a column that names rows",
  "option.runsReverse": "the other way round",
  "option.runsFlagged": "only those that the threshold flagged",
  "option.runsAbove": "only those with a score above this one, and how many there are",
  "option.runsAmong": "only those of this part: train, validate, calibrate, test, out",
  "runs.none": "no run lies in {path}",
  "runs.run": "run",
  "runs.command": "command",
  "runs.data": "data",
  "runs.state": "state",
  "runs.kind": "kind",
  "runs.epochs": "epochs",
  "runs.loss": "validation loss",
  "runs.pca": "ROC AUC of PCA",
  "runs.flagged": "flagged",
  "runs.differs": "what differs",
  "runs.done": "done",
  "runs.stopped": "interrupted",
  "runs.unfinished": "unfinished",
  "runs.line": "{path}: espejo {command} on {data}, begun {began}",
  "runs.program": "{path}: a program that detects in {data}, begun {began}",
  "runs.options": "with {options}",
  "runs.isDone": "done: {kind}, {epochs} {epochs:epoch|epochs}, the best of them {best}",
  "runs.isStopped": "interrupted after {epochs} {epochs:epoch|epochs}: what it had come to is kept",
  "runs.isUnfinished":
    "unfinished after {epochs} {epochs:epoch|epochs}: it is under way, or its process ended",
  "runs.model": "model: {path}",
  "runs.above": "{rows} of {all} rows have a score above {threshold}",
  "runs.aboveLabelled":
    "{rows} of {all} rows have a score above {threshold}: {anomalies} of {labelled} that the label calls anomalies, {normals} of {normal} normal ones",
  "runs.more": "... {count} more: --from goes on, -o names a file for them",
} as const satisfies Record<string, string>;
