import { shallowRef } from "vue";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: "done" | "fault";
  readonly action?: { readonly name: string; readonly run: () => void };
}

export const toasts = shallowRef<readonly Toast[]>([]);
let made = 0;

/** Says something in passing. */
export function tell(text: string, action?: Toast["action"]): void {
  show({ text, kind: "done", ...(action && { action }) });
}

/** Says what went wrong. */
export function tellFault(error: unknown): void {
  show({ text: error instanceof Error ? error.message : String(error), kind: "fault" });
}

function show(toast: Omit<Toast, "id">): void {
  // the same again takes the place of the first
  const others = toasts.value.filter(({ text }) => text !== toast.text);
  toasts.value = [...others.slice(-3), { ...toast, id: made++ }];
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

/** Does something of which a failure is said; undefined where it failed. */
export async function attempt<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) tellFault(error);
    return undefined;
  }
}
