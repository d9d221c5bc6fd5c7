import type { Cell, Reason, Row } from "./asking.ts";
import { element, text } from "./elements.ts";

/** An image as the model saw it beside what it rebuilt, each with the place that it rebuilt worst. */
export function pictures({ input, reconstruction, reasons }: Row): HTMLElement {
  const [reason] = reasons ?? [];
  return element(
    "div",
    { class: "pair" },
    picture(input!, text("seen"), reason),
    picture(reconstruction!, text("remade"), reason),
  );
}

function picture(
  pixels: NonNullable<Row["input"]>,
  caption: string,
  reason: Reason | undefined,
): HTMLElement {
  const [height, width] = [pixels.length, pixels[0]!.length];
  const canvas = element("canvas", {
    ...{ width: String(width), height: String(height), role: "img", "aria-label": caption },
  });
  const drawing = canvas.getContext("2d")!;
  const image = drawing.createImageData(width, height);
  pixels.flat().forEach((pixel, i) => {
    // grey has one channel, colour three
    const channels = pixel as readonly Cell[];
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = channels[c] ?? channels[0] ?? 0;
    image.data[4 * i + 3] = 255;
  });
  drawing.putImageData(image, 0, 0);
  const frame = element("div", { class: "frame" }, canvas);
  if (reason?.top !== undefined) frame.append(placeOf(reason, height, width));
  return element("figure", {}, frame, element("figcaption", {}, caption));
}

/** A frame around some rows and columns, both ends of each among them. */
function placeOf(
  { top = 0, bottom = 0, left = 0, right = 0 }: Reason,
  height: number,
  width: number,
) {
  const mark = element("i", { "aria-hidden": "true" });
  const share = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  mark.style.top = share(top, height);
  mark.style.left = share(left, width);
  mark.style.height = share(bottom - top + 1, height);
  mark.style.width = share(right - left + 1, width);
  return mark;
}
