/**
 * What can go wrong for a person who uses Espejo: one row per error, its exit code and its English
 * text with `{parameters}`. `cli/es` holds the Spanish texts; a test keeps the two and the docs equal.
 * Mistakes in a program (a wrong shape, a wrong option) are plain TypeError and RangeError instead.
 */
export const catalogue = {
  // 1: the work failed
  not_finite: {
    exit: 1,
    text: "the loss became {value} in epoch {epoch}: lower the learning rate (now {rate}), clip the gradients (clipNorm), or scale the columns",
  },
  write_failed: { exit: 1, text: "{path} could not be written: {reason}; nothing was left behind" },
  // 2: usage
  option_value: { exit: 2, text: "{option}: {expected}, got {value}" },
  // 3: data or schema
  file_missing: { exit: 3, text: "{path}: no such file" },
  file_empty: { exit: 3, text: "{path}: the file is empty" },
  // 5: engine or model
  model_damaged: { exit: 5, text: "{path}: not a readable ONNX model: {reason}" },
  engine_refused: { exit: 5, text: "the engine refused the program: {reason}" },
  engine_missing: { exit: 5, text: "no engine could be loaded: {reason}" },
} as const satisfies Record<string, { exit: number; text: string }>;

export type ErrorCode = keyof typeof catalogue;

type Parameters<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string | number } & Parameters<Rest>
  : unknown;

export type ErrorParameters<Code extends ErrorCode> = Parameters<(typeof catalogue)[Code]["text"]>;

/** An error for a person: a code of the catalogue, its parameters, and the English text as message. */
export class EspejoError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly parameters: Readonly<Record<string, string | number>>;

  constructor(code: Code, parameters: ErrorParameters<Code>, options?: ErrorOptions) {
    const values = parameters as Readonly<Record<string, string | number>>;
    super(fillText(catalogue[code].text, values), options);
    this.name = "EspejoError";
    this.code = code;
    this.parameters = values;
  }

  /** The exit code of the command line. */
  get exitCode(): number {
    return catalogue[this.code].exit;
  }
}

/** Puts parameters in the `{places}` of a text of the catalogue. */
export function fillText(
  text: string,
  parameters: Readonly<Record<string, string | number>>,
): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(parameters[name] ?? place));
}
