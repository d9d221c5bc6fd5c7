import type { Block } from "../../charts/page.ts";
import type { Words } from "../../charts/words.ts";
import type { Invocation } from "../../invocation/invocation.ts";
import type { AnyMetadata } from "../model/metadata.ts";
import type { NextStep } from "../report/lead.ts";
import { readingOf, shownName, trainingCalls } from "../report/reproduce.ts";
import { sharingOf } from "../verdicts/sharing.ts";
import { sentenceIn } from "../verdicts/verdict.ts";
import type { Generated } from "./generate.ts";
import { type GenerationQuality, neighbours } from "./quality.ts";

/** Areas up to which rows are hardly told apart. */
const hardly = 0.6;

/** What a page about generated data says of them, with what it says it of. */
export interface Told {
  /** What was generated, counted: "1,000 rows". */
  readonly items: string;
  /** What the real data are called. */
  readonly data: string;
  readonly quality: GenerationQuality;
}

/** Three sentences: what was made, how well it passes for real, and what may be done with it. */
export function briefOf({ items, data, quality }: Told, words: Words): readonly string[] {
  const { text, percent } = words;
  const codes = sharingOf(quality).map(({ code }) => code);
  const copies = codes.includes("generated_copies");
  const apart = codes.includes("generated_apart");
  const found = copies
    ? text("generation.brief.copies", { percent: percent(quality.nearest.copies) })
    : text(
        `generation.brief.${apart ? "apart" : quality.auc < hardly ? "alike" : "partly"}` as const,
      );
  const trust = copies ? "dontShareCopies" : apart ? "dontShare" : "careful";
  return [
    text("generation.brief.made", { items, data }),
    found,
    text(`generation.brief.${trust}` as const),
  ];
}

/** What was found: verdicts first, then the figures. */
export function findingBlocks({ quality }: Told, content: string, words: Words): readonly Block[] {
  const { text, count, percent, short, language } = words;
  const { auc, nearest, columns, correlation, rows } = quality;
  const verdicts = sharingOf(quality).map((each) => sentenceIn(each, language));
  const mean = columns.reduce((sum, { distance }) => sum + distance, 0) / columns.length;
  const worst = [...columns].sort((a, b) => b.distance - a.distance)[0];
  const round = (value: number): string => short(Number(value.toPrecision(3)));
  return [
    {
      block: verdicts.length > 0 ? "warnings" : "lines",
      lines: verdicts.length > 0 ? verdicts : [text("generation.noVerdict")],
    },
    {
      block: "headlines",
      headlines: [
        {
          value: auc.toFixed(3),
          label: text("headline.toldApart"),
          about: text("headline.toldApartAbout", { k: neighbours }),
        },
        {
          value: percent(nearest.copies),
          label: text("headline.copies"),
          about: text("headline.copiesAbout", { exact: percent(nearest.exact) }),
        },
        {
          value: round(nearest.generated),
          label: text("headline.nearest"),
          about: text("headline.nearestAbout", { real: round(nearest.real) }),
        },
        ...(worst
          ? [
              {
                value: mean.toFixed(3),
                label: text("headline.distance"),
                about: text("headline.distanceAbout", {
                  column: worst.name,
                  distance: worst.distance.toFixed(3),
                }),
              },
            ]
          : []),
        ...(correlation === null
          ? []
          : [
              {
                value: correlation.toFixed(3),
                label: text("headline.correlations"),
                about: text("headline.correlationsAbout"),
              },
            ]),
      ],
    },
    {
      block: "lines",
      lines: [
        text("generation.judged", {
          ...{ generated: count(rows.generated), real: count(rows.real), content },
        }),
      ],
    },
  ];
}

/** What a further page is called: this one stays. */
const again = "again.html";

/** How the rows were made, as far as what comes next hangs on it. */
export interface Making {
  readonly metadata: AnyMetadata;
  readonly from: Generated<unknown>["from"];
  /** The call that makes the page. */
  readonly call: Invocation;
  /** What is generated, as a word. */
  readonly content: string;
}

/** What to do next: write the rows, or make better ones. */
export function nextSteps(
  { metadata, from, call, content }: Making,
  quality: GenerationQuality,
  { text }: Words,
): readonly NextStep[] {
  const { report: _, output, fromData, ...options } = call.options;
  const data = String(options.data);
  if (data === "-") return [];
  const steps: NextStep[] = [];
  const apart = sharingOf(quality).some(({ code }) => code === "generated_apart");
  if (apart && from === "prior")
    steps.push({
      why: text("generation.next.fromData"),
      invocation: { ...call, options: { ...options, fromData: true, report: again } },
    });
  else if (apart && metadata.training.epochs > 0) {
    const model = "longer.onnx";
    const [training] = trainingCalls(metadata, data, model, readingOf(call));
    const longer = { ...training!.options, epochs: 2 * metadata.training.epochs };
    steps.push(
      {
        why: text("generation.next.longer"),
        invocation: { ...training!, options: longer },
      },
      {
        why: text("generation.next.again"),
        invocation: {
          ...call,
          options: {
            ...options,
            ...(fromData !== undefined && { fromData }),
            model,
            report: again,
          },
        },
      },
    );
  }
  if (output === undefined) {
    const written = {
      tables: "generated.csv",
      images: "generated.png",
      sequences: "generated.npy",
    };
    const kind = "columns" in metadata ? "tables" : metadata.source.content;
    steps.push({
      why: text("generation.next.write", { content }),
      invocation: {
        ...call,
        options: { ...options, ...(fromData !== undefined && { fromData }), output: written[kind] },
      },
    });
  }
  return steps;
}

/** The call that makes a page about rows that a program generated. */
export const usualCall = ({
  model,
  data,
  rows,
  seed,
}: {
  readonly model: string;
  readonly data: string;
  readonly rows: number;
  readonly seed: number;
}): Invocation => ({
  ...{ verb: "generate", data: null },
  options: { rows, seed, data: shownName(data), model, report: "generated.html" },
});
