/** Words as a person types them into a shell. */
export const shellText = (...words: readonly string[]): string => words.map(quoted).join(" ");

function quoted(word: string): string {
  if (/^[\w.,:/@%+=-]+$/.test(word)) return word;
  return process.platform === "win32" || word.includes("'")
    ? `"${word.replace(/(["$`\\])/g, "\\$1")}"`
    : `'${word}'`;
}
