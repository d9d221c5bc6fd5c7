import type { LookDoubt } from "../../../src/studio/api/sources.ts";
import { say, sayWhere } from "../say.ts";
import type { ColumnType } from "./options.ts";

type Choice = LookDoubt["choices"][number];

/**
 * What a choice says, for who reads no options: `--types when=date` is "read as date". An option that has no words of its own
 * stands as it is.
 */
export function choiceWords({ option }: Choice): string {
  const [, name = "", value = ""] = /^--([a-z-]+)(?: ([\s\S]*))?$/.exec(option) ?? [];
  const afterColumn = value.slice(value.lastIndexOf("=") + 1);
  switch (name) {
    case "types":
      return say("doubt.choice.types", { type: say(`type.${afterColumn as ColumnType}`) });
    case "ignore":
    case "id":
    case "time":
    case "label":
    case "weight":
    case "header":
    case "footer":
      return say(`doubt.choice.${name}`);
    case "no-header":
      return say("doubt.choice.noHeader");
    case "no-footer":
      return say("doubt.choice.noFooter");
    case "missing":
    case "sheet":
      return say(`doubt.choice.${name}`, { value });
    case "not-missing":
      return say("doubt.choice.notMissing", { value });
    case "decimal":
    case "thousands":
      return say(`doubt.choice.${name}`, { value: sayWhere(`read.${name}.${value}`) ?? value });
    case "number":
      return say("doubt.choice.number", { value: afterColumn });
    case "dates":
    case "encoding":
    case "delimiter":
      return sayWhere(`read.${name}.${value}`) ?? option;
    default:
      return option;
  }
}
