/** The bundled digits: pixels in [0, 1], rows of 784, with their classes. */
export async function loadDigits(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const unpacked = answer.body.pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(unpacked).arrayBuffer());
  const count = bytes.length / 785;
  const pixels = Float32Array.from(bytes.subarray(0, count * 784), (value) => value / 255);
  const classes = bytes.slice(count * 784);
  const learn = count - tests;
  return {
    train: { data: pixels.slice(0, learn * 784), shape: [learn, 784] },
    test: { data: pixels.slice(learn * 784), shape: [tests, 784] },
    classes: classes.slice(learn),
  };
}

/** Digits that never train. */
const tests = 400;

/** One of each class, so that all ten are seen. */
export function oneOfEach({ test, classes }) {
  const rows = Array.from({ length: 10 }, (_, digit) => classes.indexOf(digit));
  const data = new Float32Array(10 * 784);
  rows.forEach((row, i) => {
    data.set(test.data.subarray(row * 784, (row + 1) * 784), i * 784);
  });
  return { data, shape: [10, 784] };
}

/** Cells with Gaussian noise, cut to [0, 1]. */
export function noisy({ data, shape }, deviation) {
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  const cells = data.map((cell) => Math.min(1, Math.max(0, cell + deviation * normal())));
  return { data: cells, shape };
}
