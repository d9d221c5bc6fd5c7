import { type Note, noteText, noteTexts } from "../data/notes.ts";
import { catalogue, type ErrorCode, EspejoError, fillText } from "../errors.ts";
import { en, type TextKey } from "./texts/en.ts";
import { es, esErrors, esNotes } from "./texts/es.ts";

export type Language = "en" | "es";

/** Where a command prints, and in which language: data to `out`, everything else to `say`. */
export interface Context {
  readonly language: Language;
  readonly json: boolean;
  /** A terminal that draws, and wants it. */
  readonly lively: boolean;
  out(text: string): void;
  say(text: string): void;
  /** Replaces the last line of a lively terminal. */
  status(text: string): void;
  text(key: TextKey, parameters?: Readonly<Record<string, string | number>>): string;
  note(note: Note): string;
  error(error: EspejoError): string;
}

/** The language of a person: as asked, else of the locale. */
export function languageOf(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const name = asked ?? environment.ESPEJO_LANG ?? (LC_ALL || LC_MESSAGES || LANG || "en");
  if (asked !== undefined && asked !== "en" && asked !== "es")
    throw new EspejoError("option_value", { option: "--lang", expected: "en or es", value: asked });
  return name.toLowerCase().startsWith("es") ? "es" : "en";
}

/** A context that prints on the process' own streams. */
export function processContext(language: Language, json: boolean): Context {
  const texts = language === "es" ? es : en;
  const { stdout, stderr, env } = process;
  const lively = stderr.isTTY === true && !json && env.TERM !== "dumb" && env.CI === undefined;
  let drawn = false;
  const clear = (): void => {
    if (drawn) stderr.write("\r\u001b[2K");
    drawn = false;
  };
  return {
    language,
    json,
    lively,
    out(text) {
      clear();
      stdout.write(`${text}\n`);
    },
    say(text) {
      clear();
      stderr.write(`${text}\n`);
    },
    status(text) {
      if (!lively) return;
      clear();
      stderr.write(text.slice(0, (stderr.columns ?? 80) - 1));
      drawn = true;
    },
    text: (key, parameters = {}) => fillText(texts[key], parameters),
    note: (note) => noteText(note, language === "es" ? esNotes : noteTexts),
    error: (error) => errorText(error, language),
  };
}

/** The text of an error of the catalogue in a language. */
export function errorText({ code, parameters, message }: EspejoError, language: Language): string {
  if (language === "en") return message;
  return fillText(esErrors[code as ErrorCode] ?? catalogue[code as ErrorCode].text, parameters);
}
