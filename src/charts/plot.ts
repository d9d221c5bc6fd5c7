import type * as Plots from "@observablehq/plot";
import type { DrawnPlot } from "./drawn-plot.ts";

/** Width of a usual figure. */
export const usualWidth = 460;

type Library = typeof Plots;

/**
 * Draws a plot without a browser. Observable Plot and a small DOM are loaded at the first call: they would
 * double the time in which the command line starts.
 */
export async function drawPlot(make: (plot: Library) => Plots.PlotOptions): Promise<DrawnPlot> {
  library ??= load();
  const { plot, document } = await library;
  const options = make(plot);
  const { width = usualWidth, height = 280 } = options;
  const element = plot.plot({ ...options, width, height, document });
  tidy(element);
  return { body: element.innerHTML, width, height };
}

let library: Promise<{ readonly plot: Library; readonly document: Document }> | undefined;

async function load(): Promise<{ readonly plot: Library; readonly document: Document }> {
  const [plot, { parseHTML }] = await Promise.all([
    import("@observablehq/plot"),
    import("linkedom"),
  ]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return { plot, document: document as unknown as Document };
}

const places = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "width", "height"];

/** Leaves out what a figure says elsewhere, and digits that no eye sees. */
function tidy(element: Element): void {
  for (const style of element.querySelectorAll("style")) style.remove();
  for (const each of element.querySelectorAll("*")) {
    each.removeAttribute("aria-label");
    each.removeAttribute("aria-hidden");
    each.removeAttribute("class");
    for (const name of [...places, "transform"]) {
      const value = each.getAttribute(name);
      if (value?.includes("."))
        each.setAttribute(name, value.replace(/-?\d+\.\d{2,}(e-\d+)?/g, rounded));
    }
  }
}

const rounded = (digits: string): string => String(Number(Number(digits).toFixed(1)) + 0);
