import type { NoteCode } from "../../data/notes.ts";
import { noteTexts } from "../../data/notes.ts";
import type { ErrorCode } from "../../errors.ts";
import { en, type TextKey } from "./en.ts";

export const es: Readonly<Record<TextKey, string>> = en;
export const esErrors: Readonly<Partial<Record<ErrorCode, string>>> = {};
export const esNotes: Readonly<Record<NoteCode, string>> = noteTexts;
