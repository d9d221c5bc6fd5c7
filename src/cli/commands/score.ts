import type { OutputBatch, OutputColumn } from "../../data/write.ts";
import { watchDrift } from "../../tasks/drift.ts";
import { reasonText } from "../../tasks/reasons.ts";
import { type ScoredBatch, scoreRows } from "../../tasks/score.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import { addModelOptions, openForModel, openModel } from "../model-option.ts";
import { oneOf } from "../options.ts";
import { addOutputOptions, writeOutput } from "../output.ts";
import { count } from "../table-report.ts";

const reasonColumns = ["reason_1", "reason_2", "reason_3"];

export const scoreCommand: CommandRow = {
  name: "score",
  arguments: "<data>",
  about: "score.about",
  options(add) {
    addOutputOptions(add);
    add("--reasons <which>", "option.reasons", oneOf("anomalies", "all", "none"));
    add("--fail-on-anomalies", "option.failOnAnomalies");
    addModelOptions(add);
  },
  async run(data, options, context) {
    const model = await openModel(options, context);
    const table = await openForModel(data, model, options, context);
    try {
      const ids = table.columns
        .filter(({ role }) => role === "id" || role === "time")
        .map(({ name }) => name);
      const reasons = (options.reasons as "anomalies" | "all" | "none" | undefined) ?? "anomalies";
      const drift = watchDrift(model);
      let anomalies = 0;
      const columns: OutputColumn[] = [
        ...ids.map((name) => ({ name, type: "text" as const })),
        { name: "score", type: "float" },
        { name: "is_anomaly", type: "boolean" },
        ...(reasons === "none"
          ? []
          : reasonColumns.map((name) => ({ name, type: "text" as const }))),
      ];
      async function* batches(): AsyncGenerator<OutputBatch> {
        for await (const scored of scoreRows(model, table, { ids, reasons, drift })) {
          for (const flag of scored.isAnomaly) anomalies += flag;
          yield { rows: scored.rows, columns: cellsOf(scored, reasons !== "none") };
        }
      }
      const rows = await writeOutput(options, columns, batches());
      context.say(context.text("score.line", { anomalies: count(anomalies), rows: count(rows) }));
      for (const note of drift.notes())
        context.say(`${context.text("warning")}: ${context.note(note)}`);
      return options.failOnAnomalies && anomalies > 0 ? exitCodes.findings : exitCodes.ok;
    } finally {
      await table.dispose();
      await model.dispose();
    }
  },
};

function cellsOf(scored: ScoredBatch, withReasons: boolean): OutputBatch["columns"] {
  const texts = reasonColumns.map((_, k) =>
    scored.reasons.map((reasons) => (reasons?.[k] ? reasonText(reasons[k]) : null)),
  );
  return [...scored.ids, scored.score, scored.isAnomaly, ...(withReasons ? texts : [])];
}
