import { type Verdict, verdict } from "./verdict.ts";

/** Bytes of the same rows: packed with a model, the file of it not counted, and by Brotli alone. */
interface Sizes {
  readonly autoencoder: number;
  readonly brotli: number;
}

/** Whether a model is of any use to make data small: not where Brotli alone, which loses nothing, is smaller. */
export const packingOf = ({ autoencoder, brotli }: Sizes): readonly Verdict[] =>
  brotli < autoencoder ? [verdict("model_needless", { brotli, model: autoencoder })] : [];
