import { computed } from "vue";
import { language } from "./language.ts";
import { writing } from "./writing.ts";

/** How numbers are written now. */
export const numbers = computed(() => writing(language.value, navigator.languages));
