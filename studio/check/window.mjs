// A window of the studio that hears what goes wrong in it, and what is looked at in every room.
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";

/** The rows of a ranking. */
export const ranked = (page) => page.getByRole("row").filter({ has: page.getByRole("checkbox") });

/**
 * What flows work with: `opened` gives a window of the studio that runs, in which nobody elsewhere is asked, `accessible` asks
 * axe-core, `picture` keeps one where that is asked for, `full` says whether all is wanted.
 */
export function windowsOf(browser, work, { check, pictures, full }) {
  async function opened(more = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...more });
    const page = await context.newPage();
    const errors = [];
    const elsewhere = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    const { host } = new URL(work.studio.url);
    await page.route("**/*", (route) => {
      const asked = new URL(route.request().url());
      if (/^(data|blob):$/.test(asked.protocol) || asked.host === host) return route.continue();
      elsewhere.push(asked.href);
      return route.abort();
    });
    await page.goto(work.studio.url);
    await page.getByRole("heading", { level: 1 }).waitFor();
    return {
      page,
      async close(what) {
        check(`${what}: nothing goes wrong in the window`, errors.length === 0, errors.join("; "));
        check(`${what}: nobody else is asked`, elsewhere.length === 0, elsewhere.join(", "));
        await context.close();
      },
    };
  }

  async function picture(page, name) {
    if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  }

  /** What is hard to use for those who do not see it, or do not use a mouse. */
  async function accessible(page, what) {
    const { violations } = await new AxeBuilder({ page }).analyze();
    const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const told = grave.map(({ id, nodes }) => `${id} at ${nodes[0]?.target}`).join("; ");
    check(`${what}: axe finds nothing serious`, grave.length === 0, told);
  }

  return { ...{ opened, picture, accessible, check, work, full } };
}
