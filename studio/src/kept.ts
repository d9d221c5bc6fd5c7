/** What this browser keeps of the page's settings; where it keeps nothing, each visit begins anew. */
export function kept<Value extends string>(
  name: string,
  allowed: readonly Value[],
): Value | undefined {
  try {
    const value = localStorage.getItem(`espejo.${name}`);
    return allowed.find((each) => each === value);
  } catch {
    return undefined;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`espejo.${name}`, value);
  } catch {
    // a browser that keeps nothing is no fault of a person
  }
}
