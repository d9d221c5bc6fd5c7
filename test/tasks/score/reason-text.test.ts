import { expect, test } from "vitest";
import { wordsIn } from "../../../src/studio/runs/ranked-rows.ts";
import { reasonSentence, reasonText } from "../../../src/tasks/score/reason-text.ts";
import type { Reason } from "../../../src/tasks/score/reasons.ts";

const sales: Reason = {
  ...{ column: "ventas", expected: "1234.5", actual: "-91250.25", share: 0.7 },
  ...{ similar: "1200", numeric: true },
};
const shop: Reason = {
  ...{ column: "tienda", expected: "Norte", actual: "Norte", share: 0.2, probability: 0.025 },
};
const code: Reason = { column: "código", expected: "1.10", actual: "1.20", share: 0.1 };

test("numbers of a reason are as its language writes them, values of the data as they stand", () => {
  const en = reasonText(sales, wordsIn("en"));
  expect(en).toBe("ventas = -91,250.25 (expected 1,234.5; most similar row: 1,200)");
  const es = reasonText(sales, wordsIn("es"));
  expect(es).toBe("ventas = -91\u00a0250,25 (se esperaba 1234,5; fila más parecida: 1200)");
  expect(reasonText(shop, wordsIn("es"))).toBe("tienda = Norte (probabilidad 2,5 %)");
  // what is no number is not touched, nor what a program reads
  expect(reasonText(code, wordsIn("es"))).toBe("código = 1.20 (se esperaba 1.10)");
  expect(reasonText(sales, wordsIn("es"), "plain")).toContain("-91250.25");
});

test("the heaviest reasons of a row are one sentence", () => {
  expect(reasonSentence([sales, shop, code], wordsIn("en"))).toBe(
    "ventas is -91,250.25 where 1,234.5 was expected, and tienda is Norte, which has a probability of 2.5 %",
  );
  expect(reasonSentence([sales, code], wordsIn("es"))).toBe(
    "ventas es -91\u00a0250,25 donde se esperaba 1234,5, y código es 1.20 donde se esperaba 1.10",
  );
  const same = { ...code, actual: "1.10" };
  expect(reasonSentence([same, sales], wordsIn("en"))).toBe(
    "ventas is -91,250.25 where 1,234.5 was expected",
  );
  expect(reasonSentence([], wordsIn("en"))).toBe("");
});
