import type { Block, Section } from "../../charts/page.ts";
import type { Words } from "../../charts/words.ts";
import type { Invocation } from "../../invocation/invocation.ts";
import { shellOf } from "../../invocation/shell.ts";

/** What may come next: why, in a sentence, and the call. */
export interface NextStep {
  readonly why: string;
  readonly invocation: Invocation;
}

/** What a page begins with: at most three sentences that say all to who reads no further, and what to do next. */
export function leadSection(
  lines: readonly string[],
  steps: readonly NextStep[],
  { text }: Words,
): Section {
  const next: readonly Block[] =
    steps.length > 0
      ? [
          {
            block: "steps",
            steps: steps.map(({ why, invocation }) => [why, shellOf(invocation)] as const),
          },
        ]
      : [];
  return {
    id: "summary",
    title: text("summary.title"),
    blocks: [{ block: "lead", lines }, ...next],
  };
}

/** A step for programs: the call as plain data and as a command, with why. */
export const toldStep = ({ why, invocation }: NextStep) => ({
  ...{ why, ...invocation },
  command: shellOf(invocation),
});
