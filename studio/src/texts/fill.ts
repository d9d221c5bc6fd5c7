export type Parameters = Readonly<Record<string, string | number>>;

/**
 * Puts parameters in the `{places}` of a text, numbers as `count` writes them; of `{rows:row|rows}` comes the first word
 * where the parameter is 1, else the second. As the command line's texts, whose numbers come as text.
 */
export function fill(
  text: string,
  parameters: Parameters,
  count: (value: number) => string,
): string {
  return text.replace(/\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g, (place, name: string, one, more) => {
    const value = parameters[name];
    if (value === undefined) return place;
    if (one !== undefined) return value === 1 ? one : more;
    return typeof value === "number" ? count(value) : value;
  });
}
