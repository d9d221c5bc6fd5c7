/** Places of variables, those that vary most over the rows first. */
export const largestFirst = (variables: readonly { readonly deviation: number }[]): number[] =>
  variables.map((_, i) => i).sort((a, b) => variables[b]!.deviation - variables[a]!.deviation);
