/** The pages of docs/ by what a reader comes for, in reading order. A page that is not named stands last. */
export const groups = [
  {
    en: "Start",
    es: "Empezar",
    pages: [
      "quick-start",
      "tables",
      "images",
      "sequences",
      "from-keras",
      "browser",
      "deploy",
      "serve",
      "cluster",
      "studio",
      "privacy",
    ],
  },
  {
    en: "Jobs",
    es: "Tareas",
    pages: ["detection", "reduce", "denoise", "generate", "compress", "compare", "report"],
  },
  {
    en: "Understand",
    es: "Comprender",
    pages: [
      "kinds",
      "formulas",
      "scores",
      "thresholds",
      "training-as-onnx",
      "determinism",
      "glossary",
    ],
  },
  { en: "Examples", es: "Ejemplos", pages: ["examples-images", "examples-series"] },
  {
    en: "Reference",
    es: "Referencia",
    pages: ["command-line", "data", "model-file", "errors"],
  },
];
