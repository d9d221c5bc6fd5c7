import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Dim, dense, gradient, input, mean, print, square, sub } from "../../src/index.ts";

/** f(X) = d1(W1 X + b1), g(H) = d2(W2 H + b2) for the lecture's 4-2-4 network: sigmoid code, linear output. */
function lecture(): string {
  const of = (name: string, ...shape: Dim[]) => input(name, "float32", shape);
  const [x, w1, b1, w2, b2] = [
    of("X", "rows", 4),
    of("W1", 4, 2),
    of("b1", 2),
    of("W2", 2, 4),
    of("b2", 4),
  ];
  const h = dense(x, w1, b1, "sigmoid");
  const y = dense(h, w2, b2);
  const loss = mean(square(sub(y, x)));
  const weights = [w1, b1, w2, b2];
  const gradients = gradient(loss, weights);
  const inputs = [x, ...weights];
  const forward = print({ inputs, outputs: { Y: y, loss }, names: { H: h } });
  const backward = print({
    inputs,
    outputs: Object.fromEntries(weights.map((w, i) => [`d${w.node.name}`, gradients[i]!])),
    names: { H: h, Y: y },
  });
  return `# H = f(X), Y = g(H), and the mean of (Y - X)²\n${forward}\n\n# the gradient of the loss\n${backward}`;
}

const begin = "<!-- lecture graph -->";
const end = "<!-- /lecture graph -->";

test("ARCHITECTURE.md shows the graph of the lecture's network and of its gradient", () => {
  const path = new URL("../../ARCHITECTURE.md", import.meta.url);
  const section = `${begin}\n\`\`\`text\n${lecture()}\n\`\`\`\n${end}`;
  if (process.env.ESPEJO_UPDATE === "1") {
    const [before, rest] = readFileSync(path, "utf8").split(begin) as [string, string];
    writeFileSync(path, `${before}${section}${rest.split(end)[1]}`);
  }
  const written = readFileSync(path, "utf8");
  const found = written.slice(written.indexOf(begin), written.indexOf(end) + end.length);
  expect(found, "run it with ESPEJO_UPDATE=1 to write what it prints").toBe(section);
});
