import { numbers } from "../../numbers.ts";
import { sayWhere } from "../../say.ts";
import { fill } from "../../texts/fill.ts";
import { ruleParts } from "./rules.ts";

/** A rule in words; as it is written where the page has no words for it. */
export function ruleWords(rule: string): string {
  const { name, value, per } = ruleParts(rule);
  const text = sayWhere(per === null ? `explore.rule.${name}` : `explore.rule.${name}Per.${per}`);
  if (text === undefined) return rule;
  const { value: write, share, count } = numbers.value;
  return value === null ? text : fill(text, { value: write(value), share: share(value) }, count);
}
