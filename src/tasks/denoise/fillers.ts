import { EspejoError } from "../../errors.ts";
import type { CompressionSource } from "../compress/source.ts";
import type { TableModel } from "../model/table-model.ts";
import { type AlongTime, alongTime } from "./along-time.ts";
import { commonCells } from "./common-cells.ts";
import type { Filler, Way } from "./filler.ts";
import type { KeptRows } from "./kept-rows.ts";
import { nearestRows } from "./nearest-rows.ts";
import { rebuiltCells } from "./rebuilt-cells.ts";
import type { SeriesPlaces } from "./series-places.ts";

/** What ways of filling are made of. */
export interface FillingSource {
  readonly model: TableModel;
  readonly source: CompressionSource;
  /** Where rows lie in time; null where they do not. */
  readonly places: SeriesPlaces | null;
  /** Of filling and rebuilding, those that are tried. */
  readonly rounds: readonly number[];
}

/** Ways of filling that are ready for rows. */
export interface Fillers {
  readonly list: readonly Filler[];
  /** Within series; null where rows have no time, or are too many to be held. */
  readonly along: AlongTime | null;
}

/**
 * All ways of filling, or the stated one, that learn from kept rows. Throws `fill_time` and `fill_pca` for a stated one that is
 * not to be had.
 */
export function fillersOf(
  { model, source, places, rounds }: FillingSource,
  kept: KeptRows,
  only?: Way,
): Fillers {
  const along = places && kept.all ? alongTime(kept, places) : null;
  const { profile } = model.metadata;
  const { path, pca } = source;
  if (only === "interpolation" && !along) throw new EspejoError("fill_time", { path });
  if (only === "PCA" && !pca) throw new EspejoError("fill_pca", {});
  const makers: Record<Way, () => readonly Filler[]> = {
    autoencoder: () => rounds.map((n) => rebuiltCells("autoencoder", n, source.model, profile)),
    PCA: () => (pca ? rounds.map((n) => rebuiltCells("PCA", n, pca, profile)) : []),
    nearest: () => [nearestRows(kept, places)],
    median: () => [commonCells(kept)],
    interpolation: () => (along ? [along.filler] : []),
  };
  return { list: only ? makers[only]() : Object.values(makers).flatMap((make) => make()), along };
}
