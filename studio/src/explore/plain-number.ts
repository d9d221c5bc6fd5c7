/**
 * A number as it is typed and as a spreadsheet takes it: no marks between thousands, and the decimal mark of the page; so many
 * digits that matter, by default all of them.
 */
export function plainNumber(value: number, mark: string, digits = 17): string {
  return String(digits < 17 ? Number(value.toPrecision(digits)) : value).replace(".", mark);
}
