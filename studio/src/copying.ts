import { say } from "./say.ts";
import { tell, tellFault } from "./toasts.ts";

/** Copies a text, and says so; a browser that does not let a page copy is said too. */
export async function copyText(text: string, said = say("shell.copied")): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(said);
  } catch {
    tellFault(say("shell.copyFailed"));
  }
}
