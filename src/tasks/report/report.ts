import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Figure, svgFile } from "../../charts/figure.ts";
import { type Block, reportPage, type Section } from "../../charts/page.ts";
import { type Words, wordsOf } from "../../charts/words.ts";
import { openArrays } from "../../data/arrays/open-arrays.ts";
import { pngOfSvg } from "../../data/pixels/small-images.ts";
import type { Arrays } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import { noteIn } from "../../data/terms/note-language.ts";
import type { Note } from "../../data/terms/notes.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { reasonOf, writeWhole } from "../../files.ts";
import type { Invocation } from "../../invocation/invocation.ts";
import { shellOf } from "../../invocation/shell.ts";
import { typescriptOf } from "../../invocation/typescript.ts";
import { checkArgument, checkArguments, checkOptions, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import type { Evaluation } from "../evaluate/evaluation.ts";
import { type DataSource, withMatchingTable } from "../lesson/job.ts";
import { argument } from "../model/arguments.ts";
import { ArrayModel } from "../model/array-model.ts";
import { isPca } from "../model/metadata.ts";
import { ModelFile } from "../model/model-file.ts";
import { TableModel } from "../model/table-model.ts";
import { espejoVersion } from "../model/version.ts";
import { normalPart } from "../rows/labels.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import { briefOfCodes, briefOfScores } from "./brief.ts";
import { cardOf } from "./card.ts";
import type { Findings, Rebuilt } from "./findings.ts";
import { gather, type Reported } from "./gather.ts";
import { type FoundIndex, indexOf, indexSection } from "./index-section.ts";
import { leadSection, type NextStep } from "./lead.ts";
import { mapFigure } from "./map.ts";
import { drawnNetwork } from "./network.ts";
import { nextSteps } from "./next-steps.ts";
import type { ReportOptions } from "./options.ts";
import { readingOf, shownName, toldName, trainingCalls } from "./reproduce.ts";
import {
  dataSection,
  mapSection,
  networkSection,
  qualitySection,
  scoreSection,
  worstSection,
} from "./sections.ts";
import { cautions, headlinesOf, summaryLines } from "./summary.ts";

/** A report on data and a model: a page that stands alone, its figures one by one, and what it found. */
export interface Report {
  readonly html: string;
  readonly figures: readonly Figure[];
  readonly rows: number;
  /** Rows above the threshold. */
  readonly flagged: number;
  /** Against the label, on the test part where the data are those that trained; null without a label. */
  readonly evaluation: Evaluation | null;
  /** Share of the variation that comes back, beside PCA's. */
  readonly rebuilt: Rebuilt | null;
  /** At most three sentences that say it all: what was looked at, what was found, and how far to trust it. */
  readonly summary: readonly string[];
  /** What may come next. */
  readonly next: readonly NextStep[];
}

const optional = z.exactOptional;
const figurePart = z.looseObject({ name: z.string(), svg: z.string() });
const reportedPart = z.union([
  z.looseObject({ table: argument.table, model: argument.tableModel }),
  z.looseObject({ arrays: argument.arrays, model: argument.arrayModel }),
]);
const reportOptions: z.ZodMiniObject = z.object({
  language: optional(z.enum(["en", "es"])),
  ...{ label: optional(z.string()), normal: optional(normalPart), color: optional(z.string()) },
  seed: optional(z.int()),
  split: optional(z.looseObject({})),
  ...{ modelName: optional(z.string()), call: optional(z.looseObject({ verb: z.string() })) },
  verdicts: optional(z.array(z.looseObject({ code: z.string() }))),
  about: optional(z.enum(["scores", "codes"])),
  saved: optional(z.boolean()),
  noteWords: optional(optionParts.listener),
});

/**
 * A report on data and a model: paths, or what was opened before. Throws EspejoError for data that do not
 * match the model, and `report_empty` for none.
 */
export async function report(
  data: DataSource | Arrays,
  model: string | TableModel | ArrayModel,
  options: ReportOptions = {},
): Promise<Report> {
  checkOptions("report", reportOptions, options);
  if (typeof model !== "string") {
    checkArguments("report", { model: [model, argument.model] });
    return reportOn(data, model, options);
  }
  const file = await ModelFile.read(model);
  try {
    return await reportOn(
      data,
      file.holdsArrays ? new ArrayModel(file) : new TableModel(file),
      options,
    );
  } finally {
    await file.dispose();
  }
}

async function reportOn(
  data: DataSource | Arrays,
  model: TableModel | ArrayModel,
  options: ReportOptions,
): Promise<Report> {
  if (model instanceof TableModel) {
    if (isOpen(data) && !isTable(data))
      throw new EspejoError("model_content", { path: model.path, content: "tables" });
    return withMatchingTable(data, model, (table) => buildReport({ table, model }, options));
  }
  if (isOpen(data)) {
    if (isTable(data))
      throw new EspejoError("model_content", {
        path: model.path,
        content: model.metadata.source.content,
      });
    return buildReport({ arrays: data, model }, options);
  }
  const arrays = await openArrays(data as string | URL, { like: model.metadata.source });
  try {
    return await buildReport({ arrays, model }, options);
  } finally {
    await arrays.dispose();
  }
}

const isOpen = (data: DataSource | Arrays): data is Table | Arrays =>
  typeof Object(data).batches === "function";

const isTable = (data: Table | Arrays): data is Table => "columns" in data;

/**
 * The report on data that are open. The same data, model, options and versions give the same bytes. Throws
 * `report_empty` where there are no rows.
 */
export async function buildReport(source: Reported, options: ReportOptions = {}): Promise<Report> {
  checkOptions("buildReport", reportOptions, options);
  checkArgument("buildReport: the source", reportedPart, source);
  const { language = "en" } = options;
  const items = itemsIn(source);
  const words = wordsOf(language, items ?? "rows");
  const { metadata, bytes } = source.model;
  const model = shownName(options.modelName ?? source.model.path);
  const { path, rows, notes } = "table" in source ? source.table : source.arrays;
  const findings = await gather(source, options, words);
  const { noteWords = (note: Note) => noteIn(note, language) } = options;
  const say = (list: readonly Note[]): string[] =>
    list.map((note) => noteWords(withShownPaths(note)));
  const index = await indexOf(source);
  const verdicts = withIndex(options.verdicts ?? [], index);
  const call: Invocation = {
    ...(options.call ?? {
      verb: "report",
      data: shownName(path),
      options: { model, output: "report.html" },
    }),
    arrays: "arrays" in source,
  };
  const codes = options.about === "codes";
  const subject = { findings, metadata, data: shownName(path), verdicts };
  const summary = (codes ? briefOfCodes : briefOfScores)(subject, words);
  const { saved = true } = options;
  const next = nextSteps({ ...subject, call, model, saved, codes }, words);
  const sections: (Section | null)[] = [
    leadSection(summary, next, words),
    {
      id: "findings",
      title: words.text("summary.findings"),
      blocks: [
        { block: "headlines", headlines: headlinesOf(findings, metadata, words) },
        {
          block: "lines",
          // the section of the index says what it comes to
          lines: summaryLines(findings, metadata, index ? withoutIndex(verdicts) : verdicts, words),
          listed: true,
        },
        { block: "warnings", lines: cautions(findings, metadata, words) },
      ],
    },
    await indexSection(index, words),
    await scoreSection(findings, metadata.threshold.value, words),
    await qualitySection(findings, words),
    worstSection(findings, words),
    await mapSection(findings, words),
    dataSection(findings, say(notes), say(findings.profile.drift), words),
    await networkSection(metadata, words),
    {
      id: "card",
      title: words.text("card.title"),
      blocks: [cardOf(metadata, drawnNetwork(metadata), bytes.length, findings, words)],
    },
    reproduceSection(source, model, findings, call, words),
  ];
  const written = sections.filter((section) => section !== null);
  const html = reportPage(
    {
      title: toldName(path, words),
      subtitle: words.text(`summary.subtitle.${isPca(metadata) ? "pca" : (items ?? "tables")}`, {
        rows: words.count(rows),
        kind: metadata.kind,
        model,
      }),
      sections: written,
      footer: words.text("page.footer", { version: espejoVersion }),
    },
    words,
  );
  const figures = written.flatMap(({ blocks }) =>
    blocks.flatMap((block: Block) => (block.block === "figures" ? block.figures : [])),
  );
  const { flagged, evaluation, rebuilt } = findings;
  return { html, figures, rows, flagged, evaluation, rebuilt, summary, next };
}

/** What the rows are, where they are none of a table. */
const itemsIn = (source: Reported) =>
  "arrays" in source ? itemsOf(source.model.metadata.source) : null;

/** Verdicts with that on the index, where they do not have it yet. */
const withIndex = (verdicts: readonly Verdict[], index: FoundIndex | null): readonly Verdict[] =>
  index?.verdict && !verdicts.some(({ code }) => code === "index_time")
    ? [...verdicts, index.verdict]
    : verdicts;

const withoutIndex = (verdicts: readonly Verdict[]): readonly Verdict[] =>
  verdicts.filter(({ code }) => code !== "index_time");

/** A note without folders of the machine. */
const withShownPaths = ({ code, parameters }: Note): Note => ({
  code,
  parameters: {
    ...parameters,
    ...(typeof parameters.path === "string" && { path: shownName(parameters.path) }),
  },
});

function reproduceSection(
  source: Reported,
  model: string,
  findings: Findings,
  reporting: Invocation,
  words: Words,
): Section {
  const { text } = words;
  const { metadata } = source.model;
  const data = shownName("table" in source ? source.table.path : source.arrays.path);
  const same = findings.acquaintance !== "other";
  const training = same
    ? trainingCalls(metadata, data, model, readingOf(reporting))
    : trainingCalls(metadata, "DATA", model);
  return {
    id: "reproduce",
    title: text("reproduce.title"),
    blocks: [
      { block: "lines", lines: [text("reproduce.train")] },
      { block: "code", text: training.map((each) => shellOf(each)).join("\n") },
      { block: "lines", lines: [text("reproduce.report")] },
      { block: "code", text: shellOf(reporting) },
      { block: "lines", lines: [text("reproduce.library")] },
      { block: "code", text: typescriptOf(training[0]!) },
      {
        block: "facts",
        facts: [
          [text("reproduce.seed"), String(metadata.training.seed)],
          [text("reproduce.fingerprint"), metadata.training.fingerprint],
          [text("reproduce.match"), text(same ? "reproduce.matches" : "reproduce.differs")],
          [
            text("reproduce.options"),
            JSON.stringify({ ...metadata.architecture, ...metadata.training.options }),
          ],
        ],
      },
      { block: "lines", lines: [text("reproduce.same")] },
    ],
  };
}

/** Writes the page of a report; whole or not at all. */
export async function saveReport(made: Pick<Report, "html">, path: string): Promise<void> {
  checkArguments("saveReport", {
    report: [made, z.looseObject({ html: z.string() })],
    path: [path, argument.path],
  });
  await writeWhole(path, [made.html]);
}

/**
 * Writes each figure of a report into a folder, made where it is absent, as SVG and as PNG; gives the names.
 * Throws `write_failed`.
 */
export async function saveFigures(
  made: Pick<Report, "figures">,
  folder: string,
): Promise<readonly string[]> {
  checkArguments("saveFigures", {
    report: [made, z.looseObject({ figures: z.array(figurePart) })],
    folder: [folder, argument.path],
  });
  const { figures } = made;
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const reason = reasonOf(error as Error);
    throw new EspejoError("write_failed", { path: folder, reason }, { cause: error });
  }
  const names: string[] = [];
  for (const figure of figures)
    for (const ending of ["svg", "png"]) {
      const name = `${figure.name}.${ending}`;
      await saveFigure(figure, join(folder, name));
      names.push(name);
    }
  return names;
}

/**
 * Writes a figure as what its ending asks for: .png, else SVG; whole or not at all. It has the colours of
 * paper.
 */
export async function saveFigure(figure: Figure, path: string): Promise<void> {
  checkArguments("saveFigure", { figure: [figure, figurePart], path: [path, argument.path] });
  const svg = svgFile(figure);
  await writeWhole(path, [/\.png$/i.test(path) ? await pngOfSvg(svg) : svg]);
}

/**
 * The map of the codes by itself: rows as points, up to 2,000 of them, coloured by a column, the label or the
 * score. Null for a model without codes. Throws `report_empty` where there are no rows.
 */
export async function drawMap(
  source: Reported,
  options: ReportOptions = {},
): Promise<Figure | null> {
  checkOptions("drawMap", reportOptions, options);
  checkArgument("drawMap: the source", reportedPart, source);
  const words = wordsOf(options.language ?? "en", itemsIn(source) ?? "rows");
  return mapFigure(await gather(source, options, words), words);
}
