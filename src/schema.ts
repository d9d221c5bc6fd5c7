import type { core } from "zod/mini";
import * as z from "zod/mini";

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
  readonly wanted: string;
  /** What stands there, in short. */
  readonly got: string;
}

/** What a schema makes of a value, or the first part that it refuses. */
export function checked<Schema extends core.$ZodType>(
  schema: Schema,
  value: unknown,
): { readonly value: Plain<Schema> } | { readonly fault: Fault } {
  const result = z.safeParse(schema, value);
  if (result.success) return { value: result.data as Plain<Schema> };
  const issue = plainest(result.error.issues[0]!);
  const got = issue.path.reduce<unknown>((part, key) => (part as never)?.[key as never], value);
  return { fault: { at: placeOf(issue.path), wanted: wantedBy(issue), got: inShort(got) } };
}

/** Of a union the complaint that came furthest into the value: its alternative was meant. */
function plainest(issue: core.$ZodIssue): core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const inner = issue.errors.flatMap(([first]) => (first ? [plainest(first)] : []));
  const deepest = inner.reduce<core.$ZodIssue | null>(
    (most, each) => (each.path.length > (most?.path.length ?? 0) ? each : most),
    null,
  );
  if (deepest) return { ...deepest, path: [...issue.path, ...deepest.path] } as core.$ZodIssue;
  const message = [...new Set(inner.map(wantedBy))].join(" or ");
  return { code: "custom", path: issue.path, message };
}

/** A place in a value, as a program would write it. */
export const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

const articles: Readonly<Record<string, string>> = {
  ...{
    string: "a text",
    number: "a finite number",
    int: "a whole number",
    boolean: "true or false",
  },
  ...{ object: "an object", record: "an object", array: "a list", tuple: "a list", null: "null" },
};

function wantedBy(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return articles[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return bound(
        issue.origin,
        issue.inclusive === false ? "more than" : "at least",
        issue.minimum,
      );
    case "too_big":
      return bound(
        issue.origin,
        issue.inclusive === false ? "less than" : "at most",
        issue.maximum,
      );
    case "unrecognized_keys":
      return `without "${issue.keys[0]}"`;
    default:
      return issue.message;
  }
}

const bound = (origin: string, how: string, limit: number | bigint): string =>
  ({ string: `${how} ${limit} characters`, array: `${how} ${limit} values` })[origin] ??
  `a number of ${how} ${limit}`;

/** A value in at most 60 characters. */
export function inShort(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "function") return "a function";
  let text: string;
  try {
    if (ArrayBuffer.isView(value)) return `${tagOf(value)} of ${value.byteLength} bytes`;
    const start = Array.isArray(value) ? value.slice(0, 60) : value;
    text = JSON.stringify(start) ?? typeof value;
  } catch {
    text = tagOf(value);
  }
  return shortened(text);
}

/** A text in at most 60 characters. */
export const shortened = (text: string): string =>
  text.length > 60 ? `${text.slice(0, 57)}...` : text;

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
