import { fillText } from "../../errors.ts";
import { aboutItems, countText, type Items, type Language } from "../../language.ts";
import type { Period } from "../../metrics/threshold.ts";
import { checkArguments } from "../../options.ts";
import { z } from "../../schema.ts";
import { esVerdicts } from "./es-verdicts.ts";
import { type VerdictCode, verdictTexts } from "./verdict-texts.ts";

/** The ways to find anomalies that a detection compares. */
export type Method = "ensemble" | "basic" | "pca";

/** So many spans of the calendar. */
type Span = readonly [count: number, unit: Period];

/** A figure, a name from outside, a method, several methods with a figure each, or a span of time. */
type Parameter = string | number | readonly (readonly [Method, number])[] | Span;

/**
 * What a job comes to, as plain data: a sentence of a catalogue and what stands in its places; `items` among these is what
 * rows are (`Items`), where they are none of a table.
 */
export interface Verdict {
  readonly code: VerdictCode;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** A verdict of the catalogue. */
export const verdict = (code: VerdictCode, parameters: Verdict["parameters"]): Verdict => ({
  code,
  parameters,
});

const codes = Object.keys(verdictTexts) as VerdictCode[];
const texts: Readonly<Record<Language, Readonly<Record<VerdictCode, string>>>> = {
  en: verdictTexts,
  es: esVerdicts,
};

const methods: Readonly<Record<Language, Readonly<Record<Method, string>>>> = {
  en: { ensemble: "the ensemble", basic: "the plain autoencoder", pca: "PCA" },
  es: { ensemble: "el ensemble", basic: "el autoencoder sencillo", pca: "PCA" },
};

/** Spans of the calendar, one and several of them. */
const units: Readonly<Record<Language, Readonly<Record<Period, readonly [string, string]>>>> = {
  en: {
    ...{ day: ["day", "days"], week: ["week", "weeks"] },
    ...{ month: ["month", "months"], year: ["year", "years"] },
  },
  es: {
    ...{ day: ["día", "días"], week: ["semana", "semanas"] },
    ...{ month: ["mes", "meses"], year: ["año", "años"] },
  },
};

/** The parameters that count something; other numbers are figures, of three decimals. */
const counts = new Set("rows anomalies flagged count model brotli budget calibrated".split(" "));
/** The parameters that name a method. */
const methodNames = new Set("method other".split(" "));

/** A verdict in words of a language, as a sentence without its end. */
export function verdictIn(given: Verdict, language: Language): string {
  checkArguments("verdictIn", {
    verdict: [
      given,
      z.looseObject({ code: z.enum(codes), parameters: z.record(z.string(), z.any()) }),
    ],
    language: [language, z.enum(["en", "es"])],
  });
  const { code, parameters } = given;
  const tell = ([name, value]: [string, Parameter]): [string, string] => {
    if (typeof value === "number")
      return [name, counts.has(name) ? countText(value, language) : figure(value)];
    if (typeof value === "string") return [name, named(name, value, language)];
    if (isSpan(value)) {
      const [count, unit] = value;
      return [name, `${countText(count, language)} ${units[language][unit][count === 1 ? 0 : 1]}`];
    }
    const each = value.map(([method, number]) => `${methods[language][method]} ${figure(number)}`);
    return [name, each.join(", ")];
  };
  const { items = "rows" } = parameters;
  return fillText(
    aboutItems(texts[language][code], items as Items, language),
    Object.fromEntries(Object.entries(parameters).map(tell)),
  );
}

/** What stands for a text: a method, a span of the calendar, or itself. */
function named(name: string, value: string, language: Language): string {
  if (methodNames.has(name)) return methods[language][value as Method];
  return name === "per" ? units[language][value as Period][0] : value;
}

const isSpan = (value: readonly unknown[]): value is Span => typeof value[0] === "number";

/** A verdict as a whole sentence, for a page. */
export function sentenceIn(given: Verdict, language: Language): string {
  const told = verdictIn(given, language);
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}.`;
}

const figure = (value: number): string => value.toFixed(3);

/** A verdict for machines, with its words. */
export const toldVerdict = (
  given: Verdict,
  language: Language,
): Verdict & { readonly message: string } => ({ ...given, message: verdictIn(given, language) });
