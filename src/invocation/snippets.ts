import { shellOf, shellText } from "./shell.ts";

/** What a program must know of a model of a table to use it. */
export interface ModelUsed {
  /** The name of its file, as the programs open it. */
  readonly file: string;
  /** Columns in the order of the inputs; the values are those of an example row. */
  readonly numeric: readonly (UsedColumn & { readonly value: number | null })[];
  readonly categories: readonly (UsedColumn & { readonly value: string })[];
  /** A network from elsewhere takes its columns as float32 `x`. */
  readonly plain: boolean;
}

interface UsedColumn {
  readonly name: string;
  readonly type: string;
}

/** The programs that use a model on one row, and the command lines that use it on a file. */
export interface Snippets {
  readonly node: string;
  readonly python: string;
  readonly java: string;
  readonly shell: string;
  readonly serve: string;
}

/**
 * Programs that score one row by a model file, with its own columns: they run as they stand, beside the file. `data` is what the
 * command line scores.
 */
export const snippetsOf = (model: ModelUsed, data = "new-rows.csv"): Snippets => ({
  node: nodeOf(model),
  python: pythonOf(model),
  java: javaOf(model),
  shell: shellOf({ verb: "score", data, options: { model: model.file, output: "scores.csv" } }),
  serve: shellText(["espejo", "serve", model.file]),
});

const literal = (value: unknown): string => JSON.stringify(value);

const dateOf = (days: number): string => new Date(days * 86_400_000).toISOString();

const remark = (mark: string, { numeric }: ModelUsed): readonly string[] =>
  numeric.some(({ type }) => type === "date")
    ? [`${mark} dates are days since 1970-01-01, with decimals`]
    : [];

/** Values between commas, in lines that are not too wide. */
function wrapped(values: readonly string[], indent: string, width = 96): string {
  const lines: string[] = [];
  for (const value of values) {
    const last = lines.at(-1);
    const next = `${last ?? indent}${last === undefined ? "" : " "}${value},`;
    if (last !== undefined && next.length <= width) lines[lines.length - 1] = next;
    else lines.push(`${indent}${value},`);
  }
  return lines.join("\n");
}

function nodeOf({ file, numeric, categories }: ModelUsed): string {
  const cells = [
    ...numeric.map(({ name, type, value }) => {
      const told = value === null ? "null" : literal(type === "date" ? dateOf(value) : value);
      return `${literal(name)}: ${type === "date" && value !== null ? `new Date(${told})` : told}`;
    }),
    ...categories.map(({ name, value }) => `${literal(name)}: ${literal(value)}`),
  ];
  return `import { scoreRows, TableModel, tableFromRows } from "espejo/node";

const model = await TableModel.read(${literal(file)});
const { columns, source } = model.metadata;
const rows = [
  {
${wrapped(cells, "    ")}
  },
];
const table = tableFromRows(rows, { expect: columns, prior: source });
for await (const { score, isAnomaly, reasons } of scoreRows(model, table))
  for (let i = 0; i < score.length; i++)
    console.log(score[i], isAnomaly[i] === 1, reasons[i] ?? []);
await model.dispose();
`;
}

const pythonNumber = (value: number | null): string =>
  value === null ? 'float("nan")' : literal(value);

function pythonOf(model: ModelUsed): string {
  const { file, numeric, categories, plain } = model;
  const cells = [
    ...numeric.map(({ name, value }) => `${literal(name)}: ${pythonNumber(value)}`),
    ...categories.map(({ name, value }) => `${literal(name)}: ${literal(value)}`),
  ];
  const names = (columns: readonly UsedColumn[]): string =>
    wrapped(
      columns.map(({ name }) => literal(name)),
      "    ",
    );
  const feeds = [
    ...(numeric.length > 0
      ? [
          `    "${plain ? "x" : "numeric"}": numpy.array([[row[name] for name in numeric] for row in rows], dtype="${plain ? "float32" : "float64"}"),`,
        ]
      : []),
    ...(categories.length > 0
      ? [
          '    "categories": numpy.array([[row[name] for name in categories] for row in rows], dtype=object),',
        ]
      : []),
  ];
  return [
    "import numpy",
    "import onnxruntime",
    "",
    `session = onnxruntime.InferenceSession(${literal(file)})`,
    ...(numeric.length > 0 ? ["numeric = [", names(numeric), "]"] : []),
    ...(categories.length > 0 ? ["categories = [", names(categories), "]"] : []),
    ...remark("#", model),
    "rows = [",
    "    {",
    wrapped(cells, "        "),
    "    },",
    "]",
    "feeds = {",
    ...feeds,
    "}",
    'score, is_anomaly = session.run(["score", "is_anomaly"], feeds)',
    "for i in range(len(rows)):",
    "    print(score[i], is_anomaly[i])",
    "",
  ].join("\n");
}

function javaOf(model: ModelUsed): string {
  const { file, numeric, categories, plain } = model;
  const number = plain ? "float" : "double";
  const value = (each: number | null): string =>
    each === null ? (plain ? "Float.NaN" : "Double.NaN") : `${each}${plain ? "f" : "d"}`;
  const names = (columns: readonly UsedColumn[]): string =>
    columns.map(({ name }) => name.replace(/[\s\\]+/g, " ")).join(", ");
  const inputs = [
    ...(numeric.length > 0
      ? [
          `      // ${names(numeric)}`,
          `      ${number}[][] numeric = {{`,
          wrapped(
            numeric.map((column) => value(column.value)),
            "        ",
          ),
          "      }};",
          `      inputs.put("${plain ? "x" : "numeric"}", OnnxTensor.createTensor(environment, numeric));`,
        ]
      : []),
    ...(categories.length > 0
      ? [
          `      // ${names(categories)}`,
          "      String[][] categories = {{",
          wrapped(
            categories.map((column) => literal(column.value)),
            "        ",
          ),
          "      }};",
          '      inputs.put("categories", OnnxTensor.createTensor(environment, categories));',
        ]
      : []),
  ];
  return [
    "import ai.onnxruntime.OnnxTensor;",
    "import ai.onnxruntime.OrtEnvironment;",
    "import java.util.HashMap;",
    "import java.util.Map;",
    "import java.util.Set;",
    "",
    "public class Score {",
    "  public static void main(String[] arguments) throws Exception {",
    "    var environment = OrtEnvironment.getEnvironment();",
    `    try (var session = environment.createSession(${literal(file)})) {`,
    "      Map<String, OnnxTensor> inputs = new HashMap<>();",
    ...remark("      //", model),
    ...inputs,
    '      try (var results = session.run(inputs, Set.of("score", "is_anomaly"))) {',
    '        float[] score = (float[]) results.get("score").get().getValue();',
    '        boolean[] isAnomaly = (boolean[]) results.get("is_anomaly").get().getValue();',
    "        for (int i = 0; i < score.length; i++)",
    '          System.out.println(score[i] + " " + isAnomaly[i]);',
    "      }",
    "    }",
    "  }",
    "}",
    "",
  ].join("\n");
}
