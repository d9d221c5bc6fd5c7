/** What the command line says of reports, in English. */
export const enReport = {
  "report.about": "an HTML report on data and a model: one file, with figures, for any reader",
  "option.outputReport": "HTML file to write, - for standard output (report.html)",
  "option.figures": "folder for each figure as SVG and PNG",
  "option.color": "what colours the map of the codes: a column, or score",
  "option.modelVersion":
    "which of the models of one name this is, from 1; a server tells it to its clients",
  "option.report": "HTML report to write as well",
  "report.saved": "saved {path}: {flagged} of {rows} {rows:row|rows} flagged",
  "report.figures": "saved {count} {count:figure|figures} in {path}",
} as const satisfies Record<string, string>;
