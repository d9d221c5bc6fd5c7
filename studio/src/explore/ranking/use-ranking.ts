import { computed, onBeforeUnmount, type Ref, ref, shallowRef, triggerRef, watch } from "vue";
import type { Mark, RankedRow } from "../../../../src/studio/api/runs.ts";
import { api } from "../../api.ts";
import { listenReturn } from "../../events.ts";
import { language } from "../../language.ts";
import { RankedPages } from "./ranked-pages.ts";

/** Which rows are shown. */
export interface View {
  readonly show: "all" | "above" | "marked";
  /** Of marked rows. */
  readonly mark: "any" | Mark;
  readonly sort: string;
  readonly descending: boolean;
}

export const firstView: View = { show: "all", mark: "any", sort: "score", descending: true };

/** Rows that can be scrolled through at most: what a browser can lay out. */
export const mostShown = 400_000;

export type Ranking = ReturnType<typeof useRanking>;

/** The rows of a run's ranking, page by page, for the view that is chosen and the threshold that rests. */
export function useRanking(id: string, threshold: Readonly<Ref<number | null>>) {
  const view = ref<View>(firstView);
  const pages = shallowRef(open());
  /** Counts views: what was scrolled to in one means nothing in the next. */
  const views = ref(0);

  function query() {
    const { show, mark, sort, descending } = view.value;
    const above = threshold.value;
    return {
      ...{ sort, descending: descending ? ("true" as const) : ("false" as const) },
      ...(show === "above" && above !== null && { above }),
      ...(show === "marked" && { marked: mark }),
    };
  }
  function open(): RankedPages {
    const asked = query();
    return new RankedPages(
      (from, rows, signal) => api.ranking(id, { ...asked, from, rows }, signal),
      () => triggerRef(pages),
    );
  }
  /** Asks for the same rows anew: whoever walks among them stays where they are. */
  function renew(): void {
    pages.value.close();
    pages.value = open();
    pages.value.want(0, 0);
  }
  function begin(): void {
    renew();
    views.value++;
  }
  watch(view, begin);
  // reasons are in the language that was asked for
  watch(language, renew);
  watch(threshold, () => {
    if (view.value.show === "above") begin();
  });
  const end = listenReturn(renew);
  onBeforeUnmount(() => {
    end();
    pages.value.close();
  });
  pages.value.want(0, 0);

  return {
    view,
    views: views as Readonly<Ref<number>>,
    total: computed(() => pages.value.total),
    shown: computed(() => Math.min(pages.value.total ?? 0, mostShown)),
    failure: computed(() => pages.value.failure),
    at: (index: number): RankedRow | undefined => pages.value.at(index),
    /** The rows from a place to another, both among them, also those that have not come. */
    async between(first: number, last: number): Promise<readonly RankedRow[]> {
      const there = Array.from({ length: last - first + 1 }, (_, i) => pages.value.at(first + i));
      if (there.every((row) => row !== undefined)) return there as RankedRow[];
      return (await api.ranking(id, { ...query(), from: first, rows: last - first + 1 })).rows;
    },
    want: (first: number, last: number): void => pages.value.want(first, last),
    retry: (): void => pages.value.retry(),
    /** Asks anew: what was ranked may have changed. */
    reload: renew,
    /** Sorts by a name; by the same again the other way round. */
    sortBy(sort: string): void {
      const again = view.value.sort === sort;
      view.value = {
        ...view.value,
        sort,
        descending: again ? !view.value.descending : sort === "score" || sort === "label",
      };
    },
    show: (change: Partial<View>): void => {
      view.value = { ...view.value, ...change };
    },
  };
}
