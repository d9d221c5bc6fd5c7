/** How numbers and times are written where the page speaks a language: as in the person's region, where that speaks it. */
export function writing(speaks: "en" | "es", regions: readonly string[]) {
  const locale = regions.find((region) => region.split("-")[0] === speaks) ?? speaks;
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const tiny = new Intl.NumberFormat(locale, {
    notation: "scientific",
    maximumSignificantDigits: 3,
  });
  const [percent, little] = [3, 2].map(
    (maximumSignificantDigits) =>
      new Intl.NumberFormat(locale, { style: "percent", maximumSignificantDigits }),
  ) as [Intl.NumberFormat, Intl.NumberFormat];
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  return {
    /** A whole number with its thousands apart. */
    count: (value: number): string => whole.format(value),
    /** Any number with four digits that matter, whole thousands whole. */
    value: (value: number): string => {
      const size = Math.abs(value);
      if (size !== 0 && (size < 1e-4 || size >= 1e12)) return tiny.format(value);
      return size >= 1e4 ? whole.format(value) : short.format(value);
    },
    /** A share of 1 in hundredths. */
    share: (value: number): string => (Math.abs(value) < 0.01 ? little : percent).format(value),
    /** A date that is days since 1970-01-01. */
    date: (days: number): string => day.format(new Date(days * 86_400_000)),
    /** When something was, on the clocks of this computer. */
    moment: (iso: string): string => moment.format(new Date(iso)),
  };
}

/**
 * A number as a person types it, with a comma or a point for its decimals: 2,5 or 2.5. NaN where it is none, thousands with
 * marks among them, since 1.234 says two things.
 */
export function typedNumber(text: string): number {
  const plain = text.trim().replace(/^([+-]?\d*),(\d+(?:e[+-]?\d+)?)$/i, "$1.$2");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}
