/** The place of the greatest logit, and its share by softmax. */
export function likeliest(logits: ArrayLike<number>): {
  readonly place: number;
  readonly probability: number;
} {
  let place = 0;
  for (let k = 1; k < logits.length; k++) if (logits[k]! > logits[place]!) place = k;
  let sum = 0;
  for (let k = 0; k < logits.length; k++) sum += Math.exp(logits[k]! - logits[place]!);
  return { place, probability: 1 / sum };
}
