// The page of a server as a person uses it, in both languages.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const site = fileURLToPath(new URL("../../site/package.json", import.meta.url));

/** Types a row in, looks at its score and its reasons; gives what was seen. Pictures go to a folder. */
export async function lookAtPage(url, options, pictures) {
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
    for (const [lang, verdict] of [
      ["en", "anomaly"],
      ["es", "anomalía"],
    ]) {
      const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
      page.on("request", (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
          elsewhere.push(request.url());
      });
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      await page.goto(`${url}/?lang=${lang}`);
      await page.selectOption("#model", "table");
      await page.waitForSelector('#fields input[name="v"]');
      await page.fill('#fields input[name="v"]', "400,5");
      await page.click("#row button:not([type])");
      await page.waitForSelector(".verdict");
      const told = await page.textContent("#result");
      if (!told.includes(verdict)) throw new Error(`"${verdict}" is not said: ${told}`);
      const first = await page.textContent("#result tbody th");
      if (first !== "v") throw new Error(`the first reason is ${first}`);
      await page.screenshot({ path: join(pictures, `page-${lang}.png`), fullPage: true });
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
  return "a row typed in, its score and reasons, in both languages";
}
