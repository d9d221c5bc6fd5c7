import { itemsOf } from "../../data/terms/items.ts";
import type { OutputBatch, OutputBatches, OutputColumn } from "../../data/terms/output.ts";
import { EspejoError } from "../../errors.ts";
import type { Items } from "../../language.ts";
import { namingColumns } from "../../tasks/rows/row-names.ts";
import { arrayReasonText } from "../../tasks/score/array-reason-text.ts";
import { explainArrays } from "../../tasks/score/array-reasons.ts";
import { budgetIn } from "../../tasks/score/budget.ts";
import { watchDrift } from "../../tasks/score/drift.ts";
import { saveErrorMaps } from "../../tasks/score/error-maps.ts";
import { reasonText } from "../../tasks/score/reason-text.ts";
import type { Reason } from "../../tasks/score/reasons.ts";
import { type ScoredBatch, scoreRows } from "../../tasks/score/score.ts";
import { scoreStamps } from "../../tasks/score/score-stamps.ts";
import { budgetVerdicts } from "../../tasks/verdicts/budget.ts";
import type { Verdict } from "../../tasks/verdicts/verdict.ts";
import { sayNext, scoring } from "../calls.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { anomaliesLine } from "../counted.ts";
import { nameColumn, rowNames } from "../data.ts";
import { keepScored } from "../keep-scored.ts";
import { modelOptions, withModelAndData } from "../model-option.ts";
import { outputOptions, writeOutput } from "../output.ts";
import { oneOf, whole } from "../parsers.ts";
import { rankedOutput } from "../ranked-output.ts";
import { stampRows } from "../score-stamps.ts";
import { isLookedAt, topLines } from "../score-top.ts";
import { verdictLines, verdictsTold } from "../verdicts.ts";
import { textColumns } from "./encode.ts";

const reasonColumns = ["reason_1", "reason_2", "reason_3"];

export const scoreCommand: CommandRow = {
  name: "score",
  argument: dataArgument,
  about: "score.about",
  examples: [
    "data.csv -m model.onnx -o scores.csv",
    "data.csv -m model.onnx --top 20",
    "- -m model.onnx --format ndjson < data.csv",
    "sensors.csv -m model.onnx --per-stamp -o scores.csv",
    "images/ -m model.onnx --error-maps maps/",
    "november.csv -m model.onnx --run scores/november",
    'data.csv -m model.onnx --json | jq ".rows[] | select(.is_anomaly)"',
  ],
  remark: "help.json",
  options: [
    ...outputOptions,
    {
      flags: "--reasons <which>",
      about: "option.reasons",
      parse: oneOf("anomalies", "all", "none"),
    },
    { flags: "--sort", about: "option.sortScores" },
    { flags: "--top <n>", about: "option.topScores", parse: whole(1) },
    { flags: "--fail-on-anomalies", about: "option.failOnAnomalies" },
    { flags: "--per-stamp", about: "option.perStamp" },
    { flags: "--error-maps <folder>", about: "option.errorMaps" },
    { flags: "--run [folder]", about: "option.scoreRun" },
    ...modelOptions,
  ],
  run: (data, options, context) => {
    if (options.run !== undefined) return keepScored(data, options, context);
    const numbers = isLookedAt(options, context) ? "grouped" : "plain";
    const tell = (reason: Reason): string => reasonText(reason, context, numbers);
    // who looks at the highest scores wants to know why, anomalies or not
    const usual = options.top === undefined ? "anomalies" : "all";
    const reasons = (options.reasons as "anomalies" | "all" | "none" | undefined) ?? usual;
    let anomalies = 0;
    const perStamp = options.perStamp === true;
    const mapFolder = options.errorMaps as string | undefined;
    let maps = 0;
    const finish = async (
      path: string,
      columns: readonly OutputColumn[],
      batches: OutputBatches,
      { items = "rows", judge }: Finished,
    ): Promise<number> => {
      const own = context.about(items);
      const { top, sort } = options as { top?: number; sort?: boolean };
      const ranked = top !== undefined || sort === true;
      const looks = !ranked && isLookedAt(options, context);
      const told = looks ? await topLines(columns, batches, context) : null;
      for (const each of told?.lines ?? []) context.out(each);
      let rows = told?.rows ?? 0;
      let verdicts: ReturnType<typeof judge> | undefined;
      // known once all rows have passed
      const judged = () => (verdicts ??= judge(anomalies, rows));
      if (!told) {
        async function* passing(): AsyncGenerator<OutputBatch> {
          for await (const batch of batches) {
            rows += batch.rows;
            yield batch;
          }
        }
        const given = ranked
          ? rankedOutput(columns, passing(), top)
          : { columns, batches: passing() };
        await writeOutput(options, given.columns, given.batches, own, async () => ({
          anomalies,
          ...verdictsTold(await judged(), context),
          ...(mapFolder !== undefined && { error_maps: { path: mapFolder, count: maps } }),
        }));
      }
      context.say(anomaliesLine(anomalies, rows, items, context));
      for (const line of verdictLines(await judged(), context)) context.say(line);
      if (looks) sayNext(context, scoring(path, options, String(options.model)));
      return options.failOnAnomalies && anomalies > 0 ? exitCodes.findings : exitCodes.ok;
    };
    return withModelAndData("score", data, options, context, {
      openArraysFor: () => (perStamp ? { stamps: true } : {}),
      async onTable(model, table) {
        if (perStamp) throw new EspejoError("stamps_absent", { path: model.path });
        if (mapFolder !== undefined)
          throw new EspejoError("error_maps_content", { path: model.path, content: "tables" });
        const ids = namingColumns(table.columns);
        const drift = watchDrift(model, { text: ids });
        const watched = table.columns.some(({ input, profile }) => input && profile.unread);
        async function* batches(): AsyncGenerator<OutputBatch> {
          for await (const scored of scoreRows(model, table, { ids, reasons, drift })) {
            scored.isAnomaly.forEach((flag, i) => {
              if (!scored.open?.[i]) anomalies += flag;
            });
            yield {
              rows: scored.rows,
              columns: cellsOf(scored, reasons !== "none", watched, tell),
            };
          }
        }
        const code = await finish(
          table.path,
          [
            ...textColumns(ids),
            ...scoreColumns,
            ...textColumns(reasons === "none" ? [] : reasonColumns),
            ...textColumns(watched ? ["unread"] : []),
          ],
          batches(),
          { judge: (flagged) => budgetIn(model, table, flagged) },
        );
        for (const note of drift.notes()) context.remark(note);
        return code;
      },
      async onArrays(model, arrays) {
        if (mapFolder !== undefined) {
          const which = reasons === "all" ? "all" : "anomalies";
          maps = await saveErrorMaps(model, arrays, mapFolder, { which });
          const count = context.count(maps);
          context.say(context.text("score.maps", { count, path: mapFolder }));
        }
        if (perStamp) {
          const stamps = await scoreStamps(model, arrays);
          const found = stampRows(model, arrays, stamps, context);
          anomalies = stamps.isAnomaly.reduce((sum, flag) => sum + flag, 0);
          const { threshold, stampThreshold = threshold } = model.metadata;
          return finish(arrays.path, found.columns, [found.batch], {
            items: "stamps",
            judge: (flagged, rows) =>
              budgetVerdicts(stampThreshold, { flagged, rows, periods: null }),
          });
        }
        async function* batches(): AsyncGenerator<OutputBatch> {
          for await (const { start, rows, x } of model.batches(arrays)) {
            const { score, is_anomaly } = await model.run(["score", "is_anomaly"], x, rows, start);
            const flags = is_anomaly!.data as Uint8Array;
            for (const flag of flags) anomalies += flag;
            const told: (string | null)[] = new Array(rows).fill(null);
            if (reasons !== "none") {
              const wanted = [...flags.keys()].filter((i) => reasons === "all" || flags[i] === 1);
              const found = await explainArrays(model, x, wanted);
              wanted.forEach((row, i) => {
                const reason = found[i];
                if (reason)
                  told[row] = arrayReasonText(reason, model.metadata, arrays, start + row, context);
              });
            }
            const names = rowNames(arrays, start, rows);
            const common = [names, score!.data as Float32Array, flags];
            yield { rows, columns: reasons === "none" ? common : [...common, told] };
          }
        }
        const why = reasons === "none" ? [] : reasonColumns.slice(0, 1);
        const columns = [...textColumns([nameColumn]), ...scoreColumns, ...textColumns(why)];
        return finish(arrays.path, columns, batches(), {
          items: itemsOf(arrays.detected),
          judge: (flagged, rows) =>
            budgetVerdicts(model.metadata.threshold, { flagged, rows, periods: null }),
        });
      },
    });
  },
};

/** What is counted, and what the anomalies among so many come to. */
interface Finished {
  readonly items?: Items;
  readonly judge: (
    anomalies: number,
    rows: number,
  ) => readonly Verdict[] | Promise<readonly Verdict[]>;
}

const scoreColumns: readonly OutputColumn[] = [
  { name: "score", type: "float" },
  { name: "is_anomaly", type: "boolean" },
];

function cellsOf(
  scored: ScoredBatch,
  withReasons: boolean,
  watched: boolean,
  tell: (reason: Reason) => string,
): OutputBatch["columns"] {
  const texts = reasonColumns.map((_, k) =>
    scored.reasons.map((reasons) => (reasons?.[k] ? tell(reasons[k]) : null)),
  );
  const { ids, score, isAnomaly, open, unread } = scored;
  return [
    ...[...ids, score],
    open ? Array.from(isAnomaly, (flag, i) => (open[i] ? null : flag)) : isAnomaly,
    ...(withReasons ? texts : []),
    ...(watched ? [unread?.map((names) => names || null) ?? []] : []),
  ];
}
