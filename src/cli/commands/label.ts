import { openTable } from "../../data/tables/open.ts";
import { outputFormat } from "../../data/write/write.ts";
import { EspejoError } from "../../errors.ts";
import { labelledRows } from "../../tasks/rows/labelled-rows.ts";
import type { Normal } from "../../tasks/rows/labels.ts";
import { marksOf } from "../../tasks/rows/read-marks.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import {
  marksOption,
  normalOption,
  openOptionsOf,
  readingOptions,
  roleOptions,
  some,
} from "../options.ts";
import { outputOptions, writeOutput } from "../output.ts";

export const labelCommand: CommandRow = {
  name: "label",
  argument: dataArgument,
  about: "label.about",
  examples: ["data.csv --marks reviewed.csv -o labelled.csv"],
  remark: "label.remark",
  options: [
    marksOption,
    { flags: "--column <name>", about: "option.labelColumn" },
    ...outputOptions,
    ...roleOptions,
    normalOption,
    ...readingOptions,
  ],
  async run(data, options, context) {
    const { marks, normal, output, format, excel } = options;
    if (typeof marks !== "string")
      throw new EspejoError("option_incomplete", {
        option: "--marks",
        usage: "espejo label data.csv --marks reviewed.csv -o labelled.csv",
      });
    const table = await openTable(data, openOptionsOf(options));
    try {
      const named = typeof output === "string" ? outputFormat(output) : undefined;
      const plain = ((format as string | undefined) ?? named ?? "csv") === "csv" && !excel;
      const { columns, batches, ...told } = await labelledRows(table, await marksOf(marks, table), {
        ...(some(options, ["column"]) as { column?: string }),
        ...(normal !== undefined && { normal: normal as Normal }),
        typed: !plain,
      });
      await writeOutput(options, columns, batches, context);
      context.say(
        context.text("label.done", {
          column: told.column,
          ...{ anomalies: context.count(told.anomalies), normals: context.count(told.normals) },
          empty: context.count(table.rows - told.anomalies - told.normals),
        }),
      );
      return exitCodes.ok;
    } finally {
      await table.dispose();
    }
  },
};
