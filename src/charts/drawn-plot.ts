/**
 * What a plot drew: marks to stand in an SVG element. Beside `plot.ts`, so that our public types do not lead to
 * those of Observable Plot, which need types of d3 that it does not bring.
 */
export interface DrawnPlot {
  readonly body: string;
  readonly width: number;
  readonly height: number;
}
