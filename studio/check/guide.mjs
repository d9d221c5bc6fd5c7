// The pictures of the guides: what a person sees who follows them, in both languages.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { ranked } from "./window.mjs";

const pictures = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const size = { width: 1280, height: 860 };

/** Rooms by their names in a language, as far as pictures of them are made by pressing on these. */
const words = {
  en: { sample: "Card payments", economy: "The US economy", find: "Find anomalies" },
  es: { sample: "Pagos con tarjeta", economy: "La economía de EE. UU.", find: "Buscar anomalías" },
};

/** Makes the pictures of the guides anew, and of four of them the strip of the README. */
export async function picturesOfGuides({ opened }) {
  for (const [language, { sample, economy, find }] of Object.entries(words)) {
    const { page, close } = await opened({ locale: language, viewport: size });
    const keep = async (name, top = 0) => {
      // where files lie on a computer is of no use to others
      await page.addStyleTag({ content: ".path { visibility: hidden }" });
      await page.evaluate((place) => scrollTo({ top: place }), top);
      await page.waitForTimeout(600);
      await write(await page.screenshot(), `studio-${name}-${language}.png`);
    };
    await page.getByText(sample).click();
    await page.getByRole("button", { name: find }).waitFor({ timeout: 30_000 });
    await page.waitForTimeout(2500);
    await keep("data");
    await page.getByRole("button", { name: find }).click();
    await ranked(page).first().waitFor({ timeout: 60_000 });
    await page.getByRole("slider").first().waitFor();
    await keep("found");
    const { pathname } = new URL(page.url());
    await page.goto(new URL(`${pathname}/codes`, page.url()).href);
    await page.locator("canvas").first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(2500);
    await keep("codes");
    await page.goto(new URL("/", page.url()).href);
    await page.getByText(economy).click();
    await page.getByRole("button", { name: find }).waitFor({ timeout: 30_000 });
    const { pathname: data } = new URL(page.url());
    await page.goto(new URL(`${data}/model?recipe=reduce&latent=2`, page.url()).href);
    await page.locator("svg[role=group]").first().waitFor({ timeout: 30_000 });
    await page.waitForTimeout(1500);
    await keep("model", 190);
    await close(`pictures of the guide, ${language}`);
  }
  await strip(["data", "found", "codes", "model"].map((name) => `studio-${name}-en.png`));
}

/** Few colours: a page of text and lines needs no more. */
const write = (bytes, name) =>
  sharp(bytes)
    .resize({ width: 1024 })
    .png({ palette: true, colours: 96, effort: 10 })
    .toFile(join(pictures, name));

/** Four pictures in a row. */
async function strip(names) {
  const [width, gap] = [400, 8];
  const height = Math.round((width * size.height) / size.width);
  const composed = await Promise.all(
    names.map(async (name, i) => ({
      input: await sharp(join(pictures, name)).resize({ width, height }).png().toBuffer(),
      ...{ left: i * (width + gap), top: 0 },
    })),
  );
  const all = { width: names.length * (width + gap) - gap, height };
  await sharp({ create: { ...all, channels: 4, background: "#0000" } })
    .composite(composed)
    .png({ palette: true, colours: 96, effort: 10 })
    .toFile(join(pictures, "studio-strip.png"));
}
