/** What the first room says, in English. */
export const enHome = {
  "home.title": "What would you like to look into?",
  "home.lead":
    "Drop a table, look at how it is read, and find the rows that are unlike the others, each with its reasons.",
  "home.drop": "Drop files here",
  "home.dropHelp":
    "or choose them: CSV, Excel, OpenDocument, Parquet, JSON, ARFF, also compressed; or a model file (.onnx)",
  "home.choose": "Choose files",
  "home.dropNow": "Let go: the files are copied into the project",
  "home.uploads": "Files on their way",
  "home.upload": "{name}: {share}",
  "home.uploadStop": "Stop sending {name}",
  "home.sent": "{count} files are in the project",
  "home.folder":
    "{name} is a folder: type its path instead, and its files are read where they lie.",
  "home.path": "Path on this computer",
  "home.pathHelp":
    "A file, or a pattern such as data/2025-*.csv; it is read where it lies, not copied.",
  "home.open": "Open",
  "home.query": "From a PostgreSQL database",
  "home.address": "Address of the database",
  "home.addressHelp":
    "It may hold a password, which is not kept; without one, the usual settings of PostgreSQL on this computer are used.",
  "home.sql": "SELECT query, or the name of a table",
  "home.ask": "Read",
  "home.samples": "Try a sample",
  "home.samplesHelp": "Real data that come with Espejo.",
  "home.sample.size": "{rows} rows, {columns} columns",
  "home.sample.cards": "Card payments",
  "home.sample.cards.about": "Which payments are frauds? A label tells how well they are found.",
  "home.sample.economy": "The US economy",
  "home.sample.economy.about": "FRED-MD: monthly figures since 1959, made into one index.",
  "home.sources": "In this project",
  "home.sourcesHelp":
    "What you opened. A dropped file is a copy in the folder of the project; all others stay where they lie.",
  "home.kind.file": "file",
  "home.kind.dropped": "copy in the project",
  "home.kind.sample": "sample",
  "home.kind.query": "query",
  "home.remove": "Remove {name}",
  "home.removeAsk": "Remove {name} from the project?",
  "home.removeDropped":
    "Its copy in the folder of the project is deleted. The file that you dropped stays as it is, and so do runs that learnt from it.",
  "home.removeOther": "The data stay where they are, and so do runs that learnt from them.",
  "home.removeYes": "Remove",
  "home.recent": "Other projects on this computer",
  "home.recentHelp": "espejo studio --project FOLDER opens one of them.",
} as const satisfies Record<string, string>;
