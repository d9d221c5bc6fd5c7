import type { Choice } from "../data/terms/doubts.ts";
import { shellText } from "../tasks/report/shell.ts";

/** What settles a doubt as a person types it: `--dates mdy`. */
export const choiceText = ({ option, value }: Choice): string =>
  shellText(`--${option}`, ...(value === null ? [] : [value]));
