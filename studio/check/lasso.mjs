// A line that is drawn around points of a map, and which rows lie within it.

/** Keeps in `counted` how long it took from the last mouse-up until the number of chosen rows was on the screen. */
export const hearCounts = (page) =>
  page.evaluate(() => {
    let up = 0;
    addEventListener(
      "pointerup",
      () => {
        up = performance.now();
      },
      true,
    );
    new MutationObserver(() => {
      requestAnimationFrame(() =>
        setTimeout(() => {
          globalThis.counted = performance.now() - up;
        }),
      );
    }).observe(document.querySelector("[data-chosen]"), {
      subtree: true,
      characterData: true,
      childList: true,
    });
  });

/** Draws around points, each turn a pixel aside; gives the line in the numbers of the axes. */
export async function draw(page, canvas, polygon, turn) {
  await canvas.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await canvas.boundingBox();
  const places = polygon.map(([across, down]) => [
    Math.round(x + across * width) + turn,
    Math.round(y + down * height),
  ]);
  await page.evaluate(() => {
    globalThis.counted = undefined;
  });
  await page.mouse.move(...places[0]);
  await page.mouse.down();
  for (const place of places.slice(1)) await page.mouse.move(...place);
  await page.mouse.up();
  await page.waitForFunction(() => globalThis.counted !== undefined, null, { timeout: 10_000 });
  await page.waitForTimeout(300);
  const [left, right, low, high] = (await canvas.getAttribute("data-view")).split(",").map(Number);
  return places.map(([px, py]) => [
    left + ((px - x) / width) * (right - left),
    high - ((py - y) / height) * (high - low),
  ]);
}

/** Rows inside of a polygon, and those so near to its line that rounding decides. */
export function within({ x, y }, polygon) {
  const sure = new Set();
  const unsure = new Set();
  const size = Math.max(...polygon.map(([px]) => px)) - Math.min(...polygon.map(([px]) => px));
  for (let i = 0; i < x.length; i++) {
    let inside = false;
    let near = Number.POSITIVE_INFINITY;
    for (let a = 0, b = polygon.length - 1; a < polygon.length; b = a++) {
      const [[ax, ay], [bx, by]] = [polygon[a], polygon[b]];
      if (ay > y[i] !== by > y[i]) {
        const crossing = ((bx - ax) * (y[i] - ay)) / (by - ay) + ax;
        near = Math.min(near, Math.abs(x[i] - crossing));
        if (x[i] < crossing) inside = !inside;
      }
      near = Math.min(near, Math.hypot(x[i] - ax, y[i] - ay));
    }
    if (near < 1e-5 * size) unsure.add(i);
    else if (inside) sure.add(i);
  }
  return { sure, unsure };
}

export const differences = (found, { sure, unsure }) => [
  ...[...sure].filter((row) => !found.has(row)),
  ...[...found].filter((row) => !sure.has(row) && !unsure.has(row)),
];
