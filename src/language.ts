/** Languages that notes, reports and the command line speak. */
export type Language = "en" | "es";

/** A whole number with its thousands apart: 41,188; in Spanish, by the rule of the academies, 41 188 and 5492. */
export function countText(n: number, language: Language): string {
  const digits = String(n);
  if (language === "es" && digits.length < 5) return digits;
  return digits.replace(/\B(?=(\d{3})+$)/g, language === "es" ? "\u00a0" : ",");
}

/** A share in hundredths: 0.17 %, 22.1 %. */
export function percentText(share: number): string {
  const percent = 100 * share;
  return `${percent > 0 && percent < 1 ? percent.toPrecision(2) : percent.toFixed(1)} %`;
}

/** A number that stands as plain text, such as -12345.6, with its thousands apart; other texts as they are. */
export function groupedText(plain: string, language: Language): string {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(plain);
  if (!parts) return plain;
  const [, sign = "", whole = "", rest = ""] = parts;
  return `${sign}${countText(Number(whole), language)}${rest}`;
}
