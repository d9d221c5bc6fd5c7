import { type Ref, shallowRef } from "vue";
import type { Joining } from "../choices.ts";
import type { Place, View } from "./within.ts";

/** What a mouse does on a map. */
export type Tool = "pan" | "lasso" | "box";

/** What is told of it; places are pixels of the map. */
interface Told {
  readonly tool: () => Tool;
  readonly view: Readonly<Ref<View>>;
  /** It points somewhere; `page` is where in the window. */
  pointed(at: Place, page: Place): void;
  /** It goes down, or away. */
  gone(): void;
  /** It was moved by so much since it went down, when the map showed `before`. */
  dragged(by: Place, before: View): void;
  /** It went down and up at a place. */
  pressed(at: Place, joining: Joining): void;
  /** It drew around points. */
  drawn(path: readonly Place[], joining: Joining): void;
}

/** What becomes of what was chosen before, by the keys that are held. */
export const joiningOf = ({ shiftKey, altKey }: MouseEvent | KeyboardEvent): Joining =>
  shiftKey ? "added" : altKey ? "removed" : "alone";

/** Pixels that a mouse may tremble while it presses, and between turns of a line. */
const [tremble, stretch] = [4, 3];

/** The mouse, or a finger, on a canvas: it points, presses, drags or draws a line. */
export function useMouse(canvas: Readonly<Ref<HTMLCanvasElement | undefined>>, told: Told) {
  /** The line that is being drawn. */
  const path = shallowRef<readonly Place[]>([]);
  let from: { readonly at: Place; readonly view: View; moved: boolean } | null = null;
  let pointing = 0;

  const atOf = (event: MouseEvent): Place => {
    const { left, top } = canvas.value!.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  function end(): void {
    from = null;
    path.value = [];
  }

  return {
    path,
    atOf,
    isDown: (): boolean => from !== null,
    /** Gives up what was begun. */
    end,
    down(event: PointerEvent): void {
      if (event.button !== 0) return;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      from = { at: atOf(event), view: told.view.value, moved: false };
      if (told.tool() !== "pan") path.value = [from.at];
      told.gone();
      event.preventDefault();
    },
    move(event: PointerEvent): void {
      const at = atOf(event);
      if (!from) {
        if (pointing !== 0) return;
        pointing = requestAnimationFrame(() => {
          pointing = 0;
          if (!from) told.pointed(at, [event.clientX, event.clientY]);
        });
        return;
      }
      const by: Place = [at[0] - from.at[0], at[1] - from.at[1]];
      if (Math.hypot(...by) > tremble) from.moved = true;
      if (!from.moved) return;
      if (told.tool() === "pan") told.dragged(by, from.view);
      else if (told.tool() === "box")
        path.value = [from.at, [at[0], from.at[1]], at, [from.at[0], at[1]]];
      else {
        // where the page is busy a browser tells several moves at once
        const passed = event.getCoalescedEvents?.() ?? [];
        const next = [...path.value];
        for (const each of passed.length > 0 ? passed : [event]) {
          const [x, y] = atOf(each);
          const last = next.at(-1)!;
          if (Math.hypot(x - last[0], y - last[1]) > stretch) next.push([x, y]);
        }
        path.value = next;
      }
    },
    up(event: PointerEvent): void {
      const begun = from;
      const line = path.value;
      end();
      if (!begun) return;
      if (!begun.moved) told.pressed(begun.at, joiningOf(event));
      else if (told.tool() !== "pan") told.drawn(line, joiningOf(event));
    },
    leave(): void {
      if (!from) told.gone();
    },
  };
}
