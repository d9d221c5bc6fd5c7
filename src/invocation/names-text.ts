/** Names separated by commas, those with a comma in double quotes: what options with lists read. */
export const namesText = (list: readonly unknown[]): string =>
  list
    .map(String)
    .map((name) =>
      /[",]/.test(name) || name.trim() !== name ? `"${name.replaceAll('"', '""')}"` : name,
    )
    .join(",");
