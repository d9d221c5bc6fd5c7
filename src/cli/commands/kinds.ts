import { kinds } from "../../models/kinds.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import type { TextKey } from "../texts/en.ts";

export const kindsCommand: CommandRow = {
  name: "kinds",
  about: "kinds.about",
  examples: ["", "--json"],
  options: [],
  async run(_, __, context) {
    if (context.json) {
      const told = kinds.map(({ name, formula, source, data }) => ({
        name,
        formula,
        source,
        data,
      }));
      context.answer({ kinds: told });
      return exitCodes.ok;
    }
    for (const { name, formula, source, data } of kinds) {
      const about = context.text(`kind.${name}` as TextKey);
      const contents = data.map((content) => context.text(`content.${content}`)).join(", ");
      context.out(`${context.paint("bold", name.padEnd(14))} ${about} (${contents})`);
      context.out(`${"".padEnd(15)}${context.paint("dim", `${formula}   [${source}]`)}`);
    }
    context.say(context.text("kinds.join"));
    return exitCodes.ok;
  },
};
