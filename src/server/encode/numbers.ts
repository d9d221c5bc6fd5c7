import { numberText } from "../../data/write/write-text.ts";

const digits = numberText("float");

/** A number of single precision with as few digits as tell it apart; JSON has no word for those that are not finite. */
export const shortNumber = (value: number): number =>
  Number.isFinite(value) ? Number(digits(value)) : value;
