/**
 * The colours of figures and pages, each for paper and for a dark screen. Text colours have a contrast of at
 * least 4.5 to their ground, marks of at least 3; blue, orange and green are told apart by colour-blind eyes
 * (after Okabe and Ito 2008), and no figure says anything by colour alone.
 */
export const colors = {
  paper: ["#ffffff", "#15171b"],
  panel: ["#f6f4f0", "#1d2026"],
  ink: ["#1c1d20", "#e9e7e3"],
  soft: ["#595b62", "#abadb3"],
  line: ["#d8d4cc", "#3a3e46"],
  model: ["#0b5d94", "#6bb6ea"],
  odd: ["#b34700", "#f39a4b"],
  other: ["#1f7a5a", "#5cc79e"],
  // classes beyond the first two
  class3: ["#1f7a5a", "#5cc79e"],
  class4: ["#9a4580", "#dd93c4"],
  class5: ["#7a6200", "#d9bf4a"],
  class6: ["#5a57b0", "#a9a6ee"],
  class7: ["#33818f", "#7fd0de"],
  class8: ["#6b6b6b", "#a5a5a5"],
  // from little to much
  step1: ["#9db8c9", "#3f5a6c"],
  step2: ["#6f9cba", "#4f7d9c"],
  step3: ["#3f7fa8", "#5fa2cc"],
  step4: ["#1c5f8d", "#86c0e6"],
  step5: ["#d07a3a", "#d98a4a"],
  step6: ["#a33c00", "#ffb878"],
} as const satisfies Readonly<Record<string, readonly [light: string, dark: string]>>;

export type ColorName = keyof typeof colors;

/** A colour as figures name it: the page says what it is. */
export const color = (name: ColorName): string => `var(--${name})`;

/** A figure with the colours of paper instead of their names, for a file of its own. */
export const onPaper = (svg: string): string =>
  svg.replace(/var\(--(\w+)\)/g, (_, name: string) => colors[name as ColorName][0]);

/** The declarations of all colours of one theme. */
export const declarations = (theme: 0 | 1): string =>
  Object.entries(colors)
    .map(([name, shades]) => `--${name}:${shades[theme]};`)
    .join("");
