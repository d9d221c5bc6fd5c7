import { correlationFigure } from "../../charts/correlation-figure.ts";
import type { Figure } from "../../charts/figure.ts";
import { type Block as PageBlock, reportPage, type Section } from "../../charts/page.ts";
import { type Words, wordsOf } from "../../charts/words.ts";
import type { Cells } from "../../data/terms/arrays.ts";
import { cellsOf } from "../../graph/index.ts";
import type { Invocation } from "../../invocation/invocation.ts";
import { shellOf } from "../../invocation/shell.ts";
import { typescriptOf } from "../../invocation/typescript.ts";
import type { Language } from "../../language.ts";
import { checkArgument, checkOptions } from "../../options.ts";
import { z } from "../../schema.ts";
import type { Block } from "../compress/block.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import type { TableModel } from "../model/table-model.ts";
import { espejoVersion } from "../model/version.ts";
import { leadSection, type NextStep } from "../report/lead.ts";
import { shownName, toldName } from "../report/reproduce.ts";
import { sharingOf } from "../verdicts/sharing.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import type { Generated } from "./generate.ts";
import { columnsSection } from "./page-columns.ts";
import { briefOf, findingBlocks, nextSteps, usualCall } from "./page-lead.ts";
import { nearestSection, pairsOfRows } from "./page-nearest.ts";
import { featuresSection, pairsOfPictures, picturesSection } from "./page-pictures.ts";
import { type Compared, correlationPairs } from "./quality.ts";

/** What a page is about: rows that were generated with `quality`, by which model, and what the real data are called. */
export type MadeRows =
  | {
      readonly model: TableModel;
      readonly generated: Generated<Block>;
      readonly data: string;
    }
  | {
      readonly model: ArrayModel;
      readonly generated: Generated<Cells>;
      readonly data: string;
    };

/** Options of a page about generated rows. */
export interface GenerationReportOptions {
  readonly language?: Language;
  /** What the model is called; by default its file. */
  readonly modelName?: string;
  /** The call that makes the page, for who wants to repeat it. */
  readonly call?: Invocation;
}

/** A page about generated rows: it stands alone; its figures one by one, and what it comes to. */
export interface GenerationReport {
  readonly html: string;
  readonly figures: readonly Figure[];
  /** At most three sentences that say it all. */
  readonly summary: readonly string[];
  /** What may come next. */
  readonly next: readonly NextStep[];
  readonly verdicts: readonly Verdict[];
}

const optional = z.exactOptional;
const reportOptions: z.ZodMiniObject = z.object({
  language: optional(z.enum(["en", "es"])),
  modelName: optional(z.string()),
  call: optional(z.looseObject({ verb: z.string() })),
});
const made = z.looseObject({
  model: argument.model,
  generated: z.looseObject({ compared: z.looseObject({}) }),
  data: z.string(),
});

/**
 * A page about rows that were generated with `quality`: how they compare with real ones, column by column and in what
 * goes together, pictures of images, the nearest real ones, and whether they may be shared. The same rows give the
 * same bytes.
 */
export async function generationReport(
  rows: MadeRows,
  options: GenerationReportOptions = {},
): Promise<GenerationReport> {
  checkOptions("generationReport", reportOptions, options);
  checkArgument("generationReport: what was made, with quality", made, rows);
  const { model, generated, data } = rows;
  const { language = "en" } = options;
  const words = wordsOf(language);
  const { text, count } = words;
  const { metadata } = model;
  const modelName = shownName(options.modelName ?? model.path);
  const dataName = toldName(data, words);
  const { quality } = generated.compared as Compared;
  const n =
    "rows" in generated.rows
      ? generated.rows.rows
      : generated.rows.length / cellsOf((model as ArrayModel).shape);
  const kind = "columns" in metadata ? "rows" : itemsOf(metadata.source);
  const items = text(`generation.items.${kind}`, { n: count(n) });
  const arrays = !("columns" in metadata);
  const call: Invocation = {
    ...(options.call ?? usualCall({ model: modelName, data, rows: n, seed: generated.seed })),
    arrays,
  };
  const content = text(`content.${kind}`);
  const told = { items, data: dataName, quality };
  const summary = briefOf(told, words);
  const next = nextSteps({ metadata, from: generated.from, call, content }, quality, words);
  const sections: readonly Section[] = [
    leadSection(summary, next, words),
    {
      id: "findings",
      title: text("generation.findings"),
      blocks: findingBlocks(told, content, words),
    },
    ...(await comparison(rows, words)),
    madeSection(rows, { modelName, dataName, items, call }, words),
  ];
  const html = reportPage(
    {
      title: text("generation.title"),
      subtitle: text("generation.subtitle", {
        ...{ items, model: modelName, kind: metadata.kind, data: dataName },
      }),
      sections,
      footer: text("generation.footer", { version: espejoVersion }),
    },
    words,
  );
  const figures = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block: PageBlock) => (block.block === "figures" ? block.figures : [])),
  );
  return { html, figures, summary, next, verdicts: sharingOf(quality) };
}

/** What the rows of arrays are. */
const itemsOf = ({
  content,
  stride,
}: ArrayModel["metadata"]["source"]): "images" | "sequences" | "windows" =>
  content === "sequences" && stride !== null ? "windows" : content;

/** Generated beside real. */
async function comparison(rows: MadeRows, words: Words): Promise<readonly Section[]> {
  if (isOfArrays(rows)) {
    const { model, generated } = rows;
    const { real, nearness } = generated.compared!;
    const both = { generated: generated.rows, real };
    return [
      await picturesSection(model, both, words),
      await nearestSection(nearness, await pairsOfPictures(model, both, nearness, words), words),
      await featuresSection(model, both, words),
    ];
  }
  const { model, generated } = rows;
  const { real, nearness, quality } = generated.compared!;
  const both = { generated: generated.rows, real };
  const names = model.numericColumns.map(({ name }) => name);
  const pairs = correlationPairs(generated.rows, real).map(({ columns: [j, k], ...pair }) => ({
    ...pair,
    columns: [names[j]!, names[k]!] as const,
  }));
  return [
    await columnsSection(model, both, quality, words),
    ...(quality.correlation === null
      ? []
      : [
          {
            id: "together",
            title: words.text("generation.correlations"),
            blocks: [
              {
                block: "figures",
                figures: [await correlationFigure(pairs, quality.correlation, words)],
              } as const,
            ],
          },
        ]),
    await nearestSection(nearness, pairsOfRows(model, both, nearness, words), words),
  ];
}

const isOfArrays = (rows: MadeRows): rows is Extract<MadeRows, { readonly model: ArrayModel }> =>
  !("columns" in rows.model.metadata);

interface Names {
  readonly modelName: string;
  readonly dataName: string;
  readonly items: string;
  readonly call: Invocation;
}

/** How the rows were made, and how to make them again. */
function madeSection(
  { model, generated }: MadeRows,
  { modelName, dataName, items, call }: Names,
  words: Words,
): Section {
  const { text, count } = words;
  const { from, components, noise, seed } = generated;
  return {
    id: "reproduce",
    title: text("generation.made"),
    blocks: [
      {
        block: "facts",
        facts: [
          [text("generation.count"), items],
          [
            text("generation.by"),
            text("generation.byText", {
              ...{ model: modelName, kind: model.metadata.kind, latent: count(model.latentDim) },
            }),
          ],
          [
            text("generation.codes"),
            text(`generation.codes.${from}`, { components: components ?? 1, data: dataName }),
          ],
          [text("generation.noise"), text(`generation.noise.${noise}`)],
          [text("generation.seed"), String(seed)],
          [text("reproduce.fingerprint"), model.metadata.training.fingerprint],
        ],
      },
      { block: "lines", lines: [text("generation.page")] },
      { block: "code", text: shellOf(call) },
      { block: "lines", lines: [text("generation.library")] },
      { block: "code", text: typescriptOf(call) },
      { block: "lines", lines: [text("reproduce.same")] },
    ],
  };
}
