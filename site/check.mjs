// Serves the built site on this machine and trains on its page in headless Chromium, as a visitor would, in both
// languages, light and dark. Installs Chromium where it can and none is there. Ends with "N passed, N failed".
//   node site/check.mjs [--pictures FOLDER]
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { metrics } from "../dist/index.js";
import { chromiumOptions, serve } from "../scripts/browser.mjs";
import { loadDigits } from "./train/digits.mjs";

const site = fileURLToPath(new URL("dist", import.meta.url));
const at = process.argv.indexOf("--pictures");
const pictures = at < 0 ? null : process.argv[at + 1];
if (pictures) mkdirSync(pictures, { recursive: true });

let passed = 0;
let failed = 0;
function check(what, holds, found = "") {
  holds ? passed++ : failed++;
  console.log(`${holds ? "ok    " : "FAILED"} ${what}${found === "" ? "" : `: ${found}`}`);
}

const options = chromiumOptions();
if (!options) process.exit(0);
const server = await serve(site);
const { origin } = server;

const pcaShare = await shareOfPca();
const browser = await chromium.launch(options);
try {
  await everyPage();
  await trains("/train.html", { colorScheme: "light", name: "train-light", kind: "deep" });
  await trains("/es/train.html", {
    colorScheme: "dark",
    name: "train-dark-es",
    kind: "variational",
  });
} finally {
  await browser.close();
  server.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** How many per cent of the variance of the unseen digits PCA keeps, with the page's usual code of 16. */
async function shareOfPca() {
  const { train, test } = await loadDigits(`${origin}/digits.dat`);
  const pca = metrics.fitPca(train.data, train.shape[0], 784, 16);
  const rebuilt = metrics.inverseTransform(pca, metrics.transform(pca, test.data));
  return 100 * metrics.explainedVariance(test.data, rebuilt, 784);
}

/** A page that hears what goes wrong in it, and where it asks for what. */
async function opened(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors = [];
  const elsewhere = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) elsewhere.push(url);
    if (request.method() !== "GET") elsewhere.push(`${request.method()} ${url}`);
  });
  return { context, page, errors, elsewhere };
}

/** Every page of the guide opens in both languages without an error, has pictures that load and one heading. */
async function everyPage() {
  const { context, page, errors, elsewhere } = await opened({ colorScheme: "light" });
  for (const folder of ["", "es/"])
    for (const file of readdirSync(join(site, folder)).filter((name) => name.endsWith(".html"))) {
      if (file === "404.html") continue;
      errors.length = 0;
      await page.goto(`${origin}/${folder}${file}`, { waitUntil: "networkidle" });
      const language = await page.getAttribute("html", "lang");
      const titles = await page.locator("h1").count();
      const pictures = await page.evaluate(
        () =>
          [...document.images].filter((image) => image.complete && image.naturalWidth === 0).length,
      );
      const right = language === (folder === "" ? "en" : "es") && titles === 1 && pictures === 0;
      check(
        `${folder}${file} opens`,
        right && errors.length === 0,
        right
          ? errors.join("; ")
          : `language ${language}, headings ${titles}, broken pictures ${pictures}`,
      );
    }
  check("the pages ask nobody else for anything", elsewhere.length === 0, elsewhere.join(" "));
  await context.close();
}

/** Whether a paused training stands still, once the epoch that was under way has come in. */
async function standsStill(page) {
  const status = page.locator('.train-status[data-state="paused"]');
  const said = () => status.textContent({ timeout: 1000 }).catch(() => null);
  for (let tries = 0; tries < 5; tries++) {
    const before = await said();
    await page.waitForTimeout(1500);
    if (before !== null && (await said()) === before) return true;
  }
  return false;
}

/** A visitor trains a network, sees the digits rebuilt, walks on the map and takes the model home. */
async function trains(path, { name, kind, ...options }) {
  const { context, page, errors, elsewhere } = await opened({
    viewport: { width: 1200, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  await page.goto(origin + path, { waitUntil: "networkidle" });
  /** Whether the page comes to a state in time. */
  const comesTo = (wanted, timeout) =>
    page.waitForSelector(`.train-status[data-state="${wanted}"]`, { timeout }).then(
      () => true,
      () => false,
    );
  check(`${path}: digits and engine are loaded`, await comesTo("ready", 60_000));
  await page.selectOption("select", kind);
  const began = Date.now();
  await page.click("button.main");
  await page.waitForSelector(".loss", { timeout: 120_000 });
  await page.click(".train-buttons button:nth-child(2)");
  check(`${path}: training pauses`, await comesTo("paused", 10_000));
  check(`${path}: and stands still`, await standsStill(page));
  await page.click(".train-buttons button:nth-child(2)");
  check(`${path}: training ends`, await comesTo("done", 240_000));
  const seconds = (Date.now() - began) / 1000;
  const said = await page.textContent(".train-status");
  const share = Number(/([\d.,]+)\s*%/.exec(said)[1].replace(",", "."));
  console.log(
    `       ${path}: ${seconds.toFixed(1)} s from the click, 1.5 s of pause or more among them. ${said}`,
  );
  const found = `${share} %, PCA ${pcaShare.toFixed(1)} %`;
  check(`${path}: unseen digits are rebuilt better than by PCA`, share > pcaShare, found);
  const cells = await page.locator(".digits canvas").count();
  check(`${path}: digits are drawn: inputs, outputs, and the one at the cross`, cells === 3);
  await page.focus(".code-map svg");
  const drawn = () => page.locator(".drawn canvas").evaluate((canvas) => canvas.toDataURL());
  const before = await drawn();
  for (let step = 0; step < 12; step++) await page.keyboard.press("ArrowRight");
  for (let tries = 0; tries < 50 && (await drawn()) === before; tries++)
    await page.waitForTimeout(100);
  check(`${path}: the map is walked with the keys`, (await drawn()) !== before);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".train section button").last().click(),
  ]);
  const size = statSync(await download.path()).size;
  check(`${path}: the model can be taken home`, size > 100_000, `${size} bytes`);
  await page.evaluate(() => scrollTo(0, 0));
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  check(`${path}: nothing is sent anywhere`, elsewhere.length === 0, elsewhere.join(" "));
  check(`${path}: no error in the page`, errors.length === 0, errors.join("; "));
  await context.close();
}
