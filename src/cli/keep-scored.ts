import { EspejoError } from "../errors.ts";
import {
  keepArrayScoring,
  keepStampScoring,
  keepTableScoring,
} from "../tasks/detect/keep-scoring.ts";
import { beginScoring, openScoring, type ScoringSummary } from "../tasks/ranking/kept-scoring.ts";
import { alsoGiven } from "./calls.ts";
import { exitCodes } from "./command.ts";
import { showScoring } from "./commands/runs.ts";
import type { Context } from "./context.ts";
import { withModelAndData } from "./model-option.ts";
import { type Options, readingOptions } from "./options.ts";
import { folderOf } from "./run.ts";

/** Scores data and keeps what comes of it in a folder; then shows or writes it as `espejo runs` does. */
export async function keepScored(
  data: string,
  options: Options,
  context: Context,
): Promise<number> {
  const perStamp = options.perStamp === true;
  const { top } = options as { readonly top?: number };
  const which = { atLeast: Math.max(100, top ?? 0) };
  /** Not before the data were opened: what cannot be scored leaves no folder. */
  const begin = (): Promise<string> =>
    beginScoring(
      {
        ...{ data, model: String(options.model) },
        options: { ...alsoGiven(options, readingOptions), ...(perStamp && { perStamp }) },
      },
      folderOf(options),
    );
  const finish = async (folder: string, summary: ScoringSummary): Promise<number> => {
    const ranking = await openScoring(folder);
    try {
      await showScoring(ranking, options, context);
    } finally {
      ranking.dispose();
    }
    context.say(context.text("score.kept", { path: folder }));
    const found = options.failOnAnomalies === true && summary.ranking.anomalies > 0;
    return found ? exitCodes.findings : exitCodes.ok;
  };
  return withModelAndData("score", data, options, context, {
    openArraysFor: () => (perStamp ? { stamps: true } : {}),
    async onTable(model, table) {
      if (perStamp) throw new EspejoError("stamps_absent", { path: model.path });
      const folder = await begin();
      return finish(folder, await keepTableScoring(folder, model, table, which));
    },
    async onArrays(model, arrays) {
      const folder = await begin();
      const keep = perStamp ? keepStampScoring : keepArrayScoring;
      return finish(folder, await keep(folder, model, arrays, which));
    },
  });
}
