import { computed } from "vue";
import { numbers } from "../numbers.ts";

/** What stands before decimals where the page writes numbers. */
export const decimalMark = computed(() => (numbers.value.value(0.5).includes(",") ? "," : "."));
