import type { Choice } from "../data/terms/doubts.ts";
import { optionIn } from "../invocation/shell.ts";

/** What settles a doubt as a person types it: `--dates mdy`. */
export const choiceText = ({ option, value }: Choice): string => optionIn(option, value ?? true);
