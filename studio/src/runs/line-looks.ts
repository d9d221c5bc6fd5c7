/** How lines of several runs are told apart, by colour and by dashes, in their order. */
export const lineLooks: readonly { readonly colour: string; readonly dashes: string }[] = [
  { colour: "var(--model)", dashes: "" },
  { colour: "var(--odd)", dashes: "7 3" },
  { colour: "var(--class3)", dashes: "2 3" },
  { colour: "var(--class4)", dashes: "9 3 2 3" },
  { colour: "var(--class5)", dashes: "" },
  { colour: "var(--class6)", dashes: "7 3" },
  { colour: "var(--class7)", dashes: "2 3" },
  { colour: "var(--class8)", dashes: "9 3 2 3" },
];
