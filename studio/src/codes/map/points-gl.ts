import type { Points, View } from "./within.ts";

/** Colours that points may have: steps or groups, then that of others, then that of missing values. */
export const paletteSize = 40;

export type Palette = readonly (readonly [red: number, green: number, blue: number])[];

const vertex = `#version 300 es
in float x; in float y; in uint group; in uint chosen;
uniform vec2 scale; uniform vec2 shift; uniform float size; uniform int pass; uniform float faint;
uniform vec3 palette[${paletteSize}];
out vec4 color;
void main() {
  bool shown = pass == 0 ? chosen == 0u : chosen == 1u;
  gl_Position = shown ? vec4(vec2(x, y) * scale + shift, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = size;
  color = vec4(palette[group], faint);
}`;

const fragment = `#version 300 es
precision mediump float;
in vec4 color; out vec4 painted; uniform float round;
void main() {
  vec2 at = 2.0 * gl_PointCoord - 1.0;
  if (round > 0.5 && dot(at, at) > 1.0) discard;
  painted = vec4(color.rgb * color.a, color.a);
}`;

/** What is drawn. */
export interface Look {
  readonly view: View;
  readonly palette: Palette;
  /** Pixels of the screen for one of the page. */
  readonly density: number;
  /** Whether some points are chosen, before which the others stand back. */
  readonly some: boolean;
}

/**
 * Draws points by WebGL2; null where the browser has none. By hand: the libraries for it write their drawing code while they
 * run, which the policy of the page refuses.
 */
export function pointsOn(canvas: HTMLCanvasElement) {
  const gl = canvas.getContext("webgl2", { antialias: false, depth: false, alpha: true });
  if (!gl) return null;
  const program = programOf(gl);
  if (!program) return null;
  gl.useProgram(program);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  const uniform = (name: string) => gl.getUniformLocation(program, name);
  const places = {
    ...{ scale: uniform("scale"), shift: uniform("shift"), size: uniform("size") },
    ...{ pass: uniform("pass"), faint: uniform("faint"), round: uniform("round") },
    palette: uniform("palette"),
  };
  const buffers = ["x", "y", "group", "chosen"].map((name) => {
    const buffer = gl.createBuffer();
    const at = gl.getAttribLocation(program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(at);
    if (name === "x" || name === "y") gl.vertexAttribPointer(at, 1, gl.FLOAT, false, 0, 0);
    else gl.vertexAttribIPointer(at, 1, gl.UNSIGNED_BYTE, 0, 0);
    return buffer;
  });
  let count = 0;
  const fill = (which: number, data: ArrayBufferView<ArrayBuffer>): void => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[which]!);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
  };

  return {
    /** Where the points are. */
    put({ x, y }: Points): void {
      count = x.length;
      // NaN is nowhere
      fill(0, x as Float32Array<ArrayBuffer>);
      fill(1, y as Float32Array<ArrayBuffer>);
    },
    /** The place in the palette of each. */
    paint: (groups: Uint8Array): void => fill(2, groups as Uint8Array<ArrayBuffer>),
    /** 1 of those that are chosen. */
    choose: (chosen: Uint8Array): void => fill(3, chosen as Uint8Array<ArrayBuffer>),
    draw({ view, palette, density, some }: Look): void {
      const { width, height } = canvas;
      gl.viewport(0, 0, width, height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      const scale = [view.x, view.y].map(([low, high]) => 2 / (high - low));
      gl.uniform2f(places.scale, scale[0]!, scale[1]!);
      gl.uniform2f(places.shift, -1 - view.x[0] * scale[0]!, -1 - view.y[0] * scale[1]!);
      const flat = Float32Array.from({ length: 3 * paletteSize }, (_, i) =>
        palette[Math.floor(i / 3)] ? palette[Math.floor(i / 3)]![i % 3]! : 0,
      );
      gl.uniform3fv(places.palette, flat);
      const size = sizeOf(count) * density;
      const pass = (which: number, pixels: number, faint: number): void => {
        gl.uniform1i(places.pass, which);
        gl.uniform1f(places.size, pixels);
        gl.uniform1f(places.round, pixels > 3 ? 1 : 0);
        gl.uniform1f(places.faint, faint);
        gl.drawArrays(gl.POINTS, 0, count);
      };
      pass(0, size, some ? 0.18 : 0.8);
      if (some) pass(1, size + density, 0.95);
    },
    dispose(): void {
      for (const buffer of buffers) gl.deleteBuffer(buffer);
      gl.deleteProgram(program);
    },
  };
}

export type PointsGl = NonNullable<ReturnType<typeof pointsOn>>;

/** Many points are small ones. */
const sizeOf = (count: number): number =>
  count > 50_000 ? 2 : count > 8000 ? 3 : count > 1500 ? 4 : 6;

function programOf(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}
