import { shellOf } from "../invocation/shell.ts";
import { typescriptOf } from "../invocation/typescript.ts";
import type { Suggestion } from "../tasks/suggest/suggest.ts";
import type { Context } from "./context.ts";
import { oneLine } from "./text-table.ts";

/** Says what may come next, and why; nothing where the data came from standard input. */
export function saySuggestions(suggestions: readonly Suggestion[], context: Context): void {
  for (const { invocation, about, label } of suggestions) {
    if (invocation.data === "-") return;
    if (label) context.say(labelLine(label, context));
    const command = shellOf(invocation);
    const { group } = invocation.options;
    context.say(
      about === "stretches" && group !== undefined
        ? context.text("suggest.stretches", { group: String(group), command })
        : context.text("next.line", { command }),
    );
  }
}

/** What the label tells: "Class: 0.17 % are 1". */
function labelLine(
  { column, values, normal, share }: NonNullable<Suggestion["label"]>,
  { text, percent }: Context,
): string {
  const rare = values.flatMap(([value]) => (normal.includes(value) ? [] : [oneLine(value)]));
  return text("suggest.label", { column, share: percent(share), values: rare.join(", ") });
}

/** The same for programs, each as a command and as a call of the library. */
export const suggestionsAnswer = (suggestions: readonly Suggestion[]): readonly object[] =>
  suggestions.map(({ invocation, about, label }) => ({
    ...{ about, ...invocation },
    ...(label && { rare: { column: label.column, share: label.share, normal: label.normal } }),
    command: shellOf(invocation),
    typescript: typescriptOf(invocation),
  }));
