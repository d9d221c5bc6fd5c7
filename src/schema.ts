import type { core } from "zod/mini";
import * as z from "zod/mini";
import { type Phrase, type PhraseKey, phrase, phraseOf, phraseText } from "./errors.ts";

export { z };

/** Values as a schema lets them pass: plain, and not to be changed. */
export type Plain<Schema extends core.$ZodType> = Unchanging<z.output<Schema>>;

type Unchanging<T> = unknown extends T
  ? T
  : T extends (...parameters: never[]) => unknown
    ? T
    : T extends object
      ? { readonly [K in keyof T]: Unchanging<T[K]> }
      : T;

/** The first part of a value that a schema refuses. */
export interface Fault {
  /** As in `columns[3].type`; empty for the value itself. */
  readonly at: string;
  /** What must stand there: "a number", "one of a, b". */
  readonly wanted: Phrase | string;
  /** What stands there, in short. */
  readonly got: Phrase | string;
}

/** A fault in English, for what is said of files in one sentence. */
export const faultText = ({ at, wanted, got }: Fault): string =>
  `${at} must be ${plain(wanted)}, got ${plain(got)}`;

const plain = (told: Phrase | string): string =>
  typeof told === "string" ? told : phraseText(told);

/** What a schema makes of a value, or the first part that it refuses. */
export function checked<Schema extends core.$ZodType>(
  schema: Schema,
  value: unknown,
): { readonly value: Plain<Schema> } | { readonly fault: Fault } {
  const result = z.safeParse(schema, value);
  if (result.success) return { value: result.data as Plain<Schema> };
  const issue = plainest(result.error.issues[0]!);
  const got = issue.path.reduce<unknown>((part, key) => (part as never)?.[key as never], value);
  return { fault: { at: placeOf(issue.path), wanted: wantedBy(issue), got: shown(got) } };
}

/** Of a union the complaint that came furthest into the value: its alternative was meant. */
function plainest(issue: core.$ZodIssue): core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const deepest = alternativesOf(issue).reduce<core.$ZodIssue | null>(
    (most, each) => (each.path.length > (most?.path.length ?? 0) ? each : most),
    null,
  );
  if (deepest) return { ...deepest, path: [...issue.path, ...deepest.path] } as core.$ZodIssue;
  return issue;
}

const alternativesOf = ({ errors }: core.$ZodIssueInvalidUnion): readonly core.$ZodIssue[] =>
  errors.flatMap(([first]) => (first ? [plainest(first)] : []));

/** A place in a value, as a program would write it. */
export const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

const types: Readonly<Record<string, PhraseKey>> = {
  ...{ string: "text", number: "finite", int: "whole_number", boolean: "yes_or_no" },
  ...{ object: "object", record: "object", array: "list", tuple: "list" },
};

function wantedBy(issue: core.$ZodIssue): Phrase | string {
  switch (issue.code) {
    case "invalid_type": {
      const key = types[issue.expected];
      return key ? phrase(key, {}) : issue.expected;
    }
    case "invalid_value":
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : phrase("one_of", { names: issue.values.map(named).join(", ") });
    case "too_small":
      return bound(issue.origin, "least", issue.inclusive === false, issue.minimum);
    case "too_big":
      return bound(issue.origin, "most", issue.inclusive === false, issue.maximum);
    case "unrecognized_keys":
      return phrase("without", { name: issue.keys[0]! });
    case "invalid_union": {
      const wanted = new Map(
        alternativesOf(issue)
          .map(wantedBy)
          .map((each) => [plain(each), each]),
      );
      const [first, ...others] = wanted.values();
      // of alternatives that a name tells apart, none has the one that was found
      if (first === undefined) return alternativeNames(issue) ?? issue.message;
      return others.reduce(
        (one: Phrase | string, other) => phrase("either", { one, other }),
        first,
      );
    }
    default:
      return phraseOf(issue.message) ?? issue.message;
  }
}

/** The names by which alternatives are told apart, where the schema says them. */
function alternativeNames(issue: core.$ZodIssueInvalidUnion): Phrase | null {
  const { options } = issue as { readonly options?: unknown };
  if (!Array.isArray(options) || options.length === 0) return null;
  return phrase("one_of", { names: options.map(named).join(", ") });
}

const named = (value: unknown): string =>
  /^[\w-]+$/.test(String(value)) ? String(value) : JSON.stringify(value);

const bounds = {
  string: { least: "least_characters", most: "most_characters" },
  array: { least: "least_values", most: "most_values" },
} as const;

function bound(
  origin: string,
  end: "least" | "most",
  open: boolean,
  limit: number | bigint,
): Phrase {
  const [key, openKey] = {
    least: ["at_least", "more_than"] as const,
    most: ["at_most", "less_than"] as const,
  }[end];
  const counted = bounds[origin as keyof typeof bounds]?.[end];
  return phrase(counted ?? (open ? openKey : key), { limit: Number(limit) });
}

/** A value in at most 60 characters, or, where it is none to write, what it is. */
export function shown(value: unknown): Phrase | string {
  if (value === undefined) return phrase("nothing", {});
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "function") return phrase("a_function", {});
  if (ArrayBuffer.isView(value))
    return phrase("held_bytes", { kind: tagOf(value), bytes: value.byteLength });
  try {
    const start = Array.isArray(value) ? value.slice(0, 60) : value;
    return shortened(JSON.stringify(start) ?? typeof value);
  } catch {
    return shortened(tagOf(value));
  }
}

/** As `shown`, in English. */
export const inShort = (value: unknown): string => plain(shown(value));

/** A text in at most 60 characters. */
export const shortened = (text: string): string =>
  text.length > 60 ? `${text.slice(0, 57)}...` : text;

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
