/** Whether the clocks of a place are known by this name, as IANA gives them: "Europe/Madrid". */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}
