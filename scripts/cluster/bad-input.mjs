// What cannot be done is refused by its name, with what to do, and never by a stack of Java or Python.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barePython, connectPython } from "./python.mjs";
import { must } from "./stage.mjs";
import { baseModel } from "./training.mjs";

/** Words of a training that is not meant to come to an end. */
const train = (...words) => ["cluster", "train", ...words, "-o", "refused.onnx", "--epochs", "1"];

/** What Python takes for an older ONNX Runtime. */
const another = "__version__ = '1.0.0'\ndef disable_telemetry_events(): ...";

/** Those that take Spark long to come to. */
const full = { full: true };

/** A table that is soon read. */
const few = `a;b\n${Array.from({ length: 300 }, (_, i) => `${i % 7};${i % 11}\n`).join("")}`;

/**
 * Each refusal: its name, its code, and the command. Those without a place go to Spark on this machine, which is there
 * soonest; those `ofWorkers` go to the cluster.
 */
const refusals = [
  ["a file that is not there", "file_missing", () => train("nothing.parquet")],
  ["nothing to read", "cluster_source", () => train()],
  [
    "two things to read",
    "cluster_source",
    ({ data }) => train(data("one"), "--sql", "select 1 as a"),
  ],
  ["a table that is not there", "cluster_table", () => train("--table", "nothing"), full],
  ["SQL that is none", "cluster_sql", () => train("--sql", "selekt * from nothing"), full],
  [
    "a label that is not there",
    "label_missing",
    ({ data }) => train(data("one"), "--label", "Klass"),
    full,
  ],
  [
    "a column of structs",
    "cluster_nested",
    ({ data }) => train(data("nested"), "--features", "V1,V2,place"),
  ],
  [
    "text files with lines that are no rows",
    "cluster_lines",
    ({ text }) => train(text("lines.csv", "a;b\n1;2\n3;4\n5;6;7;8\n9;10\n")),
  ],
  ["no rows", "file_no_rows", ({ text }) => train(text("empty.csv", "a;b\n")), full],
  ["images", "cluster_content", ({ text }) => train(text("digit.png", "\u0089PNG\r\n\u001a\n"))],
  ["sequences", "cluster_content", ({ data }) => train(data("one"), "--window", "24")],
  [
    "master and Connect at once",
    "cluster_option",
    ({ data }) => train(data("one"), "--master", "local[1]", "--connect", "sc://127.0.0.1:1"),
  ],
  [
    "no Spark Connect there",
    "cluster_unreachable",
    ({ data, client }) => train(data("one"), "--connect", "sc://127.0.0.1:1", "--python", client()),
    full,
  ],
  [
    "no master there",
    "cluster_unreachable",
    ({ data }) => train(data("one"), "--master", "spark://127.0.0.1:1"),
    full,
  ],
  [
    "a Python that is not there",
    "cluster_python",
    ({ data }) => train(data("one"), "--python", "/nothing/python"),
  ],
  [
    "a Python without pyspark",
    "cluster_no_spark",
    ({ data }) => train(data("one"), "--python", barePython()),
  ],
  [
    "a Python without pandas, which pyspark asks for",
    "cluster_no_spark",
    ({ data }) => train(data("one")),
    { env: (given) => ({ PYTHONPATH: given.shadow("pandas", "raise ModuleNotFoundError") }) },
  ],
  [
    "workers without onnxruntime",
    "cluster_no_runtime",
    ({ data, cluster, onWorkers }) =>
      train(data("one"), ...cluster, ...onWorkers("raise ModuleNotFoundError('onnxruntime')")),
    full,
  ],
  [
    "workers with another onnxruntime",
    "cluster_version",
    ({ text, cluster, onWorkers }) =>
      train(text("few.csv", few), ...cluster, ...onWorkers(another)),
  ],
  [
    "a model that does not fit the rows",
    "column_missing",
    ({ model, text }) => [
      ...["cluster", "score", text("other.csv", "a;b\n1;2\n3;4\n"), "-m", model],
      ...["-o", "refused.parquet"],
    ],
    full,
  ],
];

/** Every refusal of a command on a cluster. */
export async function badInput({ stage, check }) {
  const { model } = await baseModel(stage);
  const given = {
    ...{ data: stage.data, model, cluster: stage.place, client: connectPython },
    text(name, content) {
      writeFileSync(stage.file(name), content, "latin1");
      return stage.file(name);
    },
    /** A folder in which Python finds another package of a name. */
    shadow(name, code) {
      const folder = stage.file(`${name}-${code.length}`);
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, "__init__.py"), `${code}\n`);
      return folder;
    },
    /** Settings by which the workers' Python finds another onnxruntime. */
    onWorkers: (code) => [
      "--conf",
      `spark.executorEnv.PYTHONPATH=${given.shadow("onnxruntime", code)}`,
    ],
  };
  for (const [name, code, words, { full = false, env } = {}] of refusals)
    await check(
      `refused: ${name}`,
      () => refused(stage, code, words(given), { ...stage.env, ...env?.(given) }),
      { full },
    );
}

async function refused(stage, code, words, env) {
  const place = words.some((word) => word === "--master" || word === "--connect")
    ? []
    : ["--master", "local[1]"];
  const python = words.includes("--python") ? [] : ["--python", stage.python];
  const { status, error, said } = await stage.command([...words, ...place, ...python], {
    ...{ env, limit: 300 },
  });
  must(status !== 0 && status !== null, `it ended with ${status}`);
  must(error?.code === code, `it told ${error?.code ?? said.slice(-500)}: ${error?.message ?? ""}`);
  must(!/\{\w+\}/.test(error.message), `a part of it is not filled in: ${error.message}`);
  must(
    !/Traceback|\tat |Py4J|java\.|org\.apache/.test(`${said}${error.message}`),
    `it shows the inside: ${error.message}`,
  );
  return error.message;
}
