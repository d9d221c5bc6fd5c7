import { expect, test } from "vitest";
import { errorText } from "../../src/error-text.ts";
import { EspejoError } from "../../src/errors.ts";
import { espejo, fileIn, folder, smallTable } from "./helpers.ts";

const english = "error: absent.csv: no such file\n";
const spanish = "error: absent.csv: no existe ese fichero\n";

test.each([
  [
    "--lang before all",
    ["--lang", "es"],
    { ESPEJO_LANG: "en", LANG: "en_GB.UTF-8" },
    "en",
    spanish,
  ],
  ["ESPEJO_LANG before the file", [], { ESPEJO_LANG: "es", LANG: "en_GB.UTF-8" }, "en", spanish],
  ["the file before the locale", [], { LANG: "es_ES.UTF-8" }, "en", english],
  ["LC_ALL before the rest of the locale", [], { LC_ALL: "es_MX", LANG: "en_US" }, null, spanish],
  ["LC_MESSAGES before LANG", [], { LC_MESSAGES: "en_US", LANG: "es_ES" }, null, english],
  ["LANG", [], { LANG: "es_AR.UTF-8" }, null, spanish],
  ["English where nothing is said", [], { LANG: "" }, null, english],
])("the language: %s", async (_, flags, env, config, message) => {
  const place = folder();
  if (config) fileIn(place, "espejo.config.json", JSON.stringify({ lang: config }));
  const { err, code } = await espejo([...flags, "inspect", "absent.csv"], { in: place, env });
  expect(err).toBe(message);
  expect(code).toBe(3);
});

test("help is Spanish all over", async () => {
  const all = await espejo(["--lang", "es"]);
  expect(all.out).toContain("Uso: espejo [opciones] [orden]");
  expect(all.out).toContain("Órdenes:");
  const { out } = await espejo(["train", "--help", "--lang", "es"]);
  expect(out).toContain("Argumentos:");
  expect(out).toContain("Entrenamiento:");
  expect(out).toContain("esta ayuda");
  expect(all.out + out).not.toMatch(/Usage|Options|Arguments|Commands|display help|output the/);
});

test.each([
  [["trian"], '¿quería decir "train"?'],
  [["train", "x.csv", "--epoch", "3"], "train no tiene la opción --epoch; ¿quería decir --epochs?"],
  [["train", "x.csv", "--epochs"], "--epochs necesita un valor"],
  [["train", "x.csv", "--epochs", "x"], "--epochs: se espera un número entero >= 1"],
  [["train", "x.csv", "--threshold", "sd:-1"], "umbral: sd necesita un número mayor que 0"],
  [["score"], "score necesita DATA"],
])("what is wrong with a call is said in Spanish: %j", async (words, message) => {
  const { code, err } = await espejo([...words, "--lang", "es"], { in: folder() });
  expect(err).toContain(message);
  expect(code).toBe(2);
});

test("phrases and lists of them are translated, what comes from outside is not", () => {
  const error = new EspejoError("kind_content", {
    ...{ kind: "recurrent", content: "images", wanted: "sequences, tables" },
  });
  expect(errorText(error, "es")).toContain("no aprende de imágenes: admite secuencias, tablas;");
  const refused = new EspejoError("kind_content", {
    ...{ kind: "images", content: "images", wanted: "images, grids" },
  });
  expect(errorText(refused, "es")).toContain("el tipo images no aprende de imágenes");
  expect(errorText(refused, "es")).toContain("admite images, grids;");
});

test("a training is told in Spanish, and its ROC AUC line is as in every language", async () => {
  const place = folder();
  fileIn(place, "datos.csv", smallTable());
  const words = ["train", "datos.csv", "--label", "odd", "--epochs", "3", "--lang", "es"];
  const { code, out, err } = await espejo([...words, "-o", "m.onnx"], { in: place });
  expect(code).toBe(0);
  expect(err).toContain("datos.csv: 240 filas, 5 columnas");
  expect(err).toMatch(/época 3\/3 {2}pérdida \d/);
  expect(err).toContain("guardado m.onnx");
  expect(out).toMatch(/^umbral /);
  const areas = out.split("\n").filter((line) => line.includes("AUC"));
  expect(areas[0]).toMatch(/^ROC AUC [01]\.\d{3} /);
  expect(areas[1]).toMatch(/^las puntuaciones distinguen las anomalías/);
  expect(areas[2]).toMatch(/^PCA, mismo tamaño de código: /);
  expect(out).toContain("se esperaba");
  expect(out + err).not.toMatch(/expected|threshold|rows|saved|best|validation/);
});
