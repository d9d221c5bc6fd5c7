/** What marks are used for, in English. */
export const enMarks = {
  "marks.title": "Your marks",
  "marks.help":
    "What you said of rows can choose the threshold, and teach the next training: confirmed anomalies never train, false alarms count as normal.",
  "marks.none":
    "No row is marked yet. Open rows of the ranking below, and press c where one is an anomaly, f where it is a false alarm.",
  "marks.rows": "Marked",
  "marks.confirmed": "Confirmed",
  "marks.falseAlarms": "False alarms",
  "marks.choose": "The threshold that your marks choose",
  "marks.chooseHelp":
    "Marked rows are those that the ranking showed, no sample of all rows: no threshold is chosen below the lowest of them.",
  "marks.rule": "By what",
  "marks.rule.f1": "Best balance of found and right (F1)",
  "marks.rule.precision:0.9": "As low as 90 % of the alarms stay right",
  "marks.rule.precision:0.75": "As low as 75 % of the alarms stay right",
  "marks.rule.recall:0.8": "As high as 80 % of the confirmed are found",
  "marks.rule.recall:1": "As high as all confirmed are found",
  "marks.rule.cost:10": "A missed one costs ten false alarms",
  "marks.ask": "Show what it comes to",
  "marks.found": "Threshold {threshold}",
  "marks.comesTo":
    "{found} of {confirmed} confirmed {confirmed:anomaly|anomalies} and {alarms} of {false} false {false:alarm|alarms} lie above it; of all rows {flagged} {flagged:does|do}.",
  "marks.nothing":
    "No threshold does that: the highest marked rows are false alarms. This one flags no marked row.",
  "marks.reach": "Below {lowest}, your lowest marked row, nobody has looked.",
  "marks.apply": "Set this threshold",
  "marks.applied": "The threshold is set; undo takes it back",
  "marks.again": "Train again from your marks",
  "marks.againHelp":
    "A new run of the same data with the same options; your marks go with it, and you see how the marked rows moved.",
  "marks.moves": "How the marked rows moved",
  "marks.movesHelp":
    "This run was trained from the marks of a former one. Confirmed rows should stay high, false alarms should sink.",
  "marks.toFormer": "The former run",
  "marks.aboveFormer": "Above the threshold before",
  "marks.aboveNow": "Above the threshold now",
  "marks.of": "{above} of {rows}",
  "marks.mark": "Mark",
  "marks.before": "Rank before",
  "marks.after": "Rank now",
  "marks.moved": "Moved",
  "marks.up": "{by} up",
  "marks.down": "{by} down",
  "marks.moreAbove":
    "More false alarms lie above the threshold than before: scores of a new training have a scale of their own. Let your marks choose its threshold, above.",
  "marks.same": "stayed",
  "marks.capped": "The first {shown} of {all} marked rows.",
  "marks.label": "All data with your marks as a label column",
  "marks.labelHelp": "anomaly, normal or empty; for --label elsewhere",
  "marks.format.csv": "CSV",
  "marks.format.csv-es": "Spanish CSV",
  "marks.format.parquet": "Parquet",
  "marks.copyThreshold": "Your threshold, as command",
  "marks.copyThresholdProgram": "Your threshold, as TypeScript",
} as const satisfies Record<string, string>;
