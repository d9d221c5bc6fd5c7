// The page of a server as a person uses it, in both languages.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const site = fileURLToPath(new URL("../../site/package.json", import.meta.url));

/** What is said in each language. */
const languages = {
  en: { anomaly: "anomaly", score: "Score", worst: "Rebuilt worst", step: "step" },
  es: { anomaly: "anomalía", score: "Puntuación", worst: "Peor reconstruido", step: "paso" },
};

/** Looks at what the page says of a row that is typed in, of images, and of sequences; `files` has image-0.png. */
export async function lookAtPage(url, options, { files, pictures }) {
  let chromium;
  try {
    ({ chromium } = createRequire(site)("playwright-core"));
  } catch {
    return "skipped: the packages of site/ are not installed (npm run site)";
  }
  mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch(options);
  const elsewhere = [];
  const errors = [];
  try {
    for (const [lang, words] of Object.entries(languages))
      for (const [width, colorScheme] of [
        [1100, "light"],
        [400, "dark"],
      ]) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        page.on("request", (request) => {
          if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
            elsewhere.push(request.url());
        });
        page.on("pageerror", (error) => errors.push(error.message));
        page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
        const picture = async (name) => {
          await page.screenshot({
            path: join(pictures, `${name}-${lang}-${width}.png`),
            fullPage: true,
          });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          if (wide > width) throw new Error(`${name} is ${wide} pixels wide on a page of ${width}`);
        };
        await page.goto(`${url}/?lang=${lang}`);
        await lookAtRow(page, words);
        await picture("row");
        await lookAtImages(page, words, join(files, "image-0.png"));
        await picture("images");
        await lookAtSequences(page, words);
        await picture("sequences");
        await page.goto(`${url}/docs`);
        await page.waitForSelector(".opblock");
        await page.screenshot({ path: join(pictures, `docs-${lang}.png`) });
        await page.close();
      }
  } finally {
    await browser.close();
  }
  if (elsewhere.length > 0) throw new Error(`it asks elsewhere: ${elsewhere[0]}`);
  if (errors.length > 0) throw new Error(`it has errors: ${errors[0]}`);
  return "a row, images and sequences, their scores and reasons, in both languages";
}

async function lookAtRow(page, { anomaly }) {
  await page.selectOption("#model", "table");
  await page.waitForSelector('#fields input[name="v"]');
  await page.fill('#fields input[name="v"]', "400,5");
  await page.click("#score");
  await page.waitForSelector(".verdict");
  await saysAll(page, [anomaly]);
  const first = await page.textContent("#result tbody th");
  if (first !== "v") throw new Error(`the first reason is ${first}`);
}

/** Two images at once; the first frame has the pixels that were chosen. */
async function lookAtImages(page, { score, worst }, file) {
  await page.selectOption("#model", "images");
  await page.waitForSelector(".drop");
  await page.setInputFiles("#files", [file, file]);
  await page.waitForFunction(() => document.querySelectorAll("article .pair").length === 2);
  await saysAll(page, ["image-0.png", score, worst]);
  const [seen, remade, marks] = await page.evaluate(() => {
    const sizes = [...document.querySelectorAll("article:first-of-type canvas")].map((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return new Set(data.filter((_, i) => i % 4 === 0)).size;
    });
    return [...sizes, document.querySelectorAll("article:first-of-type .frame i").length];
  });
  if (seen < 20 || remade < 2 || marks !== 2)
    throw new Error(`pictures of ${seen} and ${remade} shades, ${marks} marks`);
}

/** Two sequences in CSV, one of them odd in a step of its second variable. */
async function lookAtSequences(page, { worst, step }) {
  await page.selectOption("#model", "waves");
  await page.waitForSelector("#cells");
  const lines = Array.from({ length: 24 }, (_, i) => `${Math.sin(i)},${i === 16 ? 40 : 0.1}`);
  await page.fill("#cells", lines.join("\n"));
  await page.click("#score");
  await page.waitForFunction(() => document.querySelectorAll("article .curves path").length === 8);
  await saysAll(page, [worst, `${step} 5`]);
}

async function saysAll(page, texts) {
  const told = await page.textContent("#result");
  for (const each of texts)
    if (!told.includes(each)) throw new Error(`"${each}" is not said: ${told}`);
}
