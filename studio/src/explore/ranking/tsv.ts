/** Cells as a spreadsheet takes them from the clipboard: a line for each row, tabs between, nothing that would end either. */
export const tsvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => cells.map((cell) => cell.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
