import { watchEffect } from "vue";

/** The title of the window while a room is shown, for tabs, bookmarks and those who listen. */
export function useTitle(name: () => string | undefined): void {
  watchEffect(() => {
    const title = name();
    document.title = title ? `${title} · Espejo` : "Espejo";
  });
}
