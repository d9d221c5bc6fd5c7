import { language } from "./language.ts";
import { numbers } from "./numbers.ts";
import { en } from "./texts/en.ts";
import { es } from "./texts/es.ts";
import { fill, type Parameters } from "./texts/fill.ts";

export type TextKey = keyof typeof en;

const texts: Readonly<Record<"en" | "es", Readonly<Record<TextKey, string>>>> = { en, es };

/** A text of the page in the language that it speaks; a template that says it follows a change of language. */
export const say = (key: TextKey, parameters: Parameters = {}): string =>
  fill(texts[language.value][key], parameters, numbers.value.count);

/** The text of a key that is put together, where there is one. */
export const sayWhere = (key: string): string | undefined =>
  key in en ? say(key as TextKey) : undefined;
