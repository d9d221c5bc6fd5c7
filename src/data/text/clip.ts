import { shortened } from "../../schema.ts";

/** A text as notes show it: on one line, and not longer than fits there. */
export const clip = (text: string): string => shortened(text.replace(/\s*[\r\n]+\s*/g, " "));
