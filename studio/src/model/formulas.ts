/** What each kind minimises, as MathML: of any language, from this one place. What its letters mean stands in the texts. */

const i = (name: string): string => `<mi>${name}</mi>`;
const o = (sign: string): string => `<mo>${sign}</mo>`;
const n = (value: string | number): string => `<mn>${value}</mn>`;
const row = (...parts: readonly string[]): string => `<mrow>${parts.join("")}</mrow>`;
const sub = (base: string, below: string): string => `<msub>${base}${below}</msub>`;
const sup = (base: string, above: string): string => `<msup>${base}${above}</msup>`;
const both = (base: string, below: string, above: string): string =>
  `<msubsup>${base}${below}${above}</msubsup>`;
const frac = (above: string, below: string): string => `<mfrac>${above}${below}</mfrac>`;
const root = (inside: string): string => `<msqrt>${inside}</msqrt>`;
const sum = (below: string): string => `<munder>${o("∑")}${below}</munder>`;
/** Brackets of a call keep the size of letters; others grow with what they hold. */
const small = (bracket: string): string => `<mo stretchy="false">${bracket}</mo>`;
const call = (name: string, ...given: readonly string[]): string =>
  row(name, "<mo>⁡</mo>", small("("), given.join(o(",")), small(")"));
const hat = (inside: string): string => `<mover accent="true">${inside}${o("˜")}</mover>`;

const x = i("x");
const z = i("z");
const f = i("f");
const g = i("g");
const lambda = i("λ");
const rebuilt = (from: string): string => call(g, call(f, from));
const loss = call(i("L"), x, rebuilt(x));
const plus = o("+");
const minus = o("−");
const norm = (inside: string): string => row(o("‖"), inside, o("‖"));

const formulas: Readonly<Record<string, string>> = {
  basic: row(loss),
  ensemble: row(
    sum(i("k")),
    root(
      row(
        sup(row(o("("), x, minus, call(sub(g, i("k")), call(sub(f, i("k")), x)), o(")")), n(2)),
        plus,
        i("ε"),
      ),
    ),
  ),
  tied: row(loss, o(","), sub(i("W"), n(2)), o("="), both(i("W"), n(1), i("⊤"))),
  sparse: row(loss, plus, lambda, sum(i("j")), call(i("KL"), i("ρ"), sub(i("ρ"), i("j")))),
  contractive: row(
    loss,
    plus,
    lambda,
    both(norm(frac(row(o("∂"), f), row(o("∂"), x))), i("F"), n(2)),
  ),
  denoising: row(call(i("L"), x, rebuilt(hat(x))), o(","), hat(x), o("="), x, plus, i("e")),
  robust: row(
    minus,
    sum(i("i")),
    row(
      i("exp"),
      o("("),
      row(
        minus,
        frac(
          sup(row(o("("), sub(x, i("i")), minus, sub(hat(x), i("i")), o(")")), n(2)),
          row(n(2), sup(i("σ"), n(2))),
        ),
      ),
      o(")"),
    ),
  ),
  variational: row(
    minus,
    call(i("log"), row(i("p"), o("("), x, o("|"), z, o(")"))),
    plus,
    i("β"),
    frac(n(1), n(2)),
    sum(i("j")),
    row(
      o("("),
      both(i("m"), i("j"), n(2)),
      plus,
      sup(i("e"), sub(i("s"), i("j"))),
      minus,
      n(1),
      minus,
      sub(i("s"), i("j")),
      o(")"),
    ),
  ),
  adversarial: row(loss, o(","), minus, call(i("log"), call(i("D"), call(f, x)))),
  wasserstein: row(
    loss,
    plus,
    lambda,
    sup(i("MMD"), n(2)),
    o("("),
    call(f, x),
    o(","),
    i("p"),
    o(")"),
  ),
};

/** The formula of a kind; undefined of one that has none here. */
export const formulaOf = (kind: string): string | undefined => {
  const inside = formulas[kind];
  return inside && `<math display="block">${inside}</math>`;
};
