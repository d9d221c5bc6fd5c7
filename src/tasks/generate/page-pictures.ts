import { numberOverlay } from "../../charts/overlay-figures.ts";
import type { Block, Section } from "../../charts/page.ts";
import { pictureGrid, type Tile } from "../../charts/picture-grid.ts";
import { thin } from "../../charts/thin.ts";
import { plainText, type Words } from "../../charts/words.ts";
import { smallImage } from "../../data/pixels/small-images.ts";
import type { Cells } from "../../data/terms/arrays.ts";
import { cellsOf } from "../../graph/index.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { mostPairs, nearestPlaces } from "./page-nearest.ts";
import { type Nearness, numberDistance } from "./quality.ts";

/** Pictures of each kind in the grid, in rows of so many. */
const [across, most] = [11, 22];
/** Features of sequences whose values are drawn. */
const mostFeatures = 12;

/** Images or sequences that were generated, with real ones: [rows, ...shape] each. */
export interface ComparedArrays {
  readonly generated: Cells;
  readonly real: Cells;
}

/** Generated images or sequences as small pictures, with real ones below. */
export async function picturesSection(
  model: ArrayModel,
  { generated, real }: ComparedArrays,
  words: Words,
): Promise<Section> {
  const { text, count } = words;
  const { content } = model.metadata.source;
  const kind = content === "images" ? "images" : "sequences";
  const fresh = await tilesOf(model, generated, spreadPlaces(model, generated));
  const own = await tilesOf(model, real, spreadPlaces(model, real));
  const told = {
    ...{ generated: count(fresh.length), real: count(own.length) },
    ...{ content: text(`content.${kind}`), feature: featureName(model, 0, words) },
  };
  const figure = pictureGrid({
    name: "grid",
    title: text("generation.grid.title"),
    reading: text(`generation.grid.${kind}`, told),
    alternative: text("generation.grid.alternative", told),
    aspect: aspectOf(model),
    rows: [
      ...inRows(fresh, text("generation.grid.generated"), "odd"),
      ...inRows(own, text("generation.grid.real"), "model"),
    ],
  });
  return {
    id: "pictures",
    title: text("generation.pictures"),
    blocks: [{ block: "figures", figures: [figure] }],
  };
}

/** The nearest pairs as pictures. */
export async function pairsOfPictures(
  model: ArrayModel,
  { generated, real }: ComparedArrays,
  nearness: Nearness,
  words: Words,
): Promise<readonly Block[]> {
  const { text, count } = words;
  const kind = model.metadata.source.content === "images" ? "images" : "sequences";
  const places = nearestPlaces(nearness, mostPairs.pictures);
  const own = places.map((i) => nearness.places[i]!);
  const figure = pictureGrid({
    name: "pairs",
    title: text("generation.pairs.title"),
    reading: text(`generation.pairs.${kind}`),
    alternative: text("generation.pairs.alternative", {
      pairs: count(places.length),
      content: text(`content.${kind}`),
    }),
    aspect: aspectOf(model),
    rows: [
      {
        label: text("generation.grid.generated"),
        tiles: await tilesOf(model, generated, places),
        color: "odd",
      },
      {
        label: text("generation.grid.real"),
        tiles: await tilesOf(model, real, own),
        color: "model",
      },
    ],
  });
  return [{ block: "figures", figures: [figure] }];
}

/** The values of each feature of sequences, or of each channel of images, generated beside real. */
export async function featuresSection(
  model: ArrayModel,
  { generated, real }: ComparedArrays,
  words: Words,
): Promise<Section> {
  const { text } = words;
  const features = model.shape.at(-1)!;
  const valuesOf = (x: Cells, f: number): Float64Array =>
    Float64Array.from({ length: x.length / features }, (_, i) => x[i * features + f]!);
  const figures = [];
  for (let f = 0; f < Math.min(features, mostFeatures); f++) {
    const [fresh, own] = [valuesOf(generated, f), valuesOf(real, f)];
    const distance = numberDistance(fresh, own).toFixed(3);
    figures.push(
      await numberOverlay(
        {
          ...{ name: `values-${f + 1}`, title: featureName(model, f, words) },
          reading: text("overlay.distance", { distance }),
          ...{ generated: fresh, real: own },
        },
        words,
      ),
    );
  }
  return {
    id: "columns",
    title: text("generation.values"),
    blocks: [{ block: "figures", figures }],
  };
}

const inRows = (tiles: readonly Tile[], label: string, color: "odd" | "model") =>
  Array.from({ length: Math.ceil(tiles.length / across) }, (_, i) => ({
    ...{ label: i === 0 ? label : "", color },
    tiles: tiles.slice(i * across, (i + 1) * across),
  }));

/** Rows taken evenly, since those that follow each other may be alike. */
const spreadPlaces = ({ shape }: ArrayModel, x: Cells): readonly number[] =>
  thin(
    Array.from({ length: x.length / cellsOf(shape) }, (_, i) => i),
    most,
  );

/** Rows of arrays as small pictures: images, or the course of the first feature. */
function tilesOf(
  { shape, metadata }: ArrayModel,
  x: Cells,
  places: readonly number[],
): Promise<readonly Tile[]> {
  const cells = cellsOf(shape);
  const features = shape.at(-1)!;
  return Promise.all(
    places.map(async (place): Promise<Tile> => {
      const own = x.slice(place * cells, (place + 1) * cells);
      if (metadata.source.content === "images") return { uri: await smallImage(own, shape) };
      return { course: Array.from(own).filter((_, i) => i % features === 0) };
    }),
  );
}

const aspectOf = ({ shape, metadata }: ArrayModel): number =>
  metadata.source.content === "images" ? shape[0]! / shape[1]! : 0.6;

const featureName = ({ metadata }: ArrayModel, f: number, { text }: Words): string => {
  const { content, features } = metadata.source;
  const usual = content === "images" ? "data.channel" : "data.featureName";
  return plainText(features?.[f] ?? text(usual, { i: f + 1 }), 40);
};
