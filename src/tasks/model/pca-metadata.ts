import type { Pca } from "../../metrics/pca.ts";
import type { PcaMetadata } from "./metadata.ts";

const encode = (values: Float64Array): string =>
  Buffer.from(Float32Array.from(values).buffer).toString("base64");

const decode = (text: string): Float64Array => {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  return Float64Array.from(new Float32Array(bytes.buffer));
};

/** A PCA as it is kept in a model file. */
export function pcaToMetadata(pca: Pca): PcaMetadata {
  return {
    components: pca.explainedVariance.length,
    mean: encode(pca.mean),
    axes: encode(pca.components),
  };
}

/** The PCA of a model file; its explained variances are not kept. */
export function pcaFromMetadata({ components, mean, axes }: PcaMetadata): Pca {
  return {
    mean: decode(mean),
    components: decode(axes),
    explainedVariance: new Float64Array(components),
    explainedVarianceRatio: new Float64Array(components),
  };
}
