// What the studio must stand: who may not come in, a great table, its own end in the middle of a run.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main, startStudio } from "./studio.mjs";
import { shopsTable } from "./tables.mjs";
import { ranked } from "./window.mjs";

/** Who may not come in. */
export async function doors({ check, work }) {
  const { origin } = new URL(work.studio.url);
  const status = async (path, headers = {}) =>
    (await fetch(`${origin}${path}`, { headers })).status;
  check("no answer without the secret", (await status("/api/state")) === 401);
  check(
    "a foreign page is refused",
    (
      await fetch(`${origin}/api/session`, {
        method: "POST",
        headers: { origin: "https://evil.example", "content-type": "application/json" },
        body: "{}",
      })
    ).status === 403,
  );
  const policy = (await fetch(origin)).headers.get("content-security-policy") ?? "";
  check(
    "the window may load its own files only",
    policy.startsWith("default-src 'self'"),
    policy.slice(0, 60),
  );
}

/** 200,000 rows are scrolled without blanks. */
export async function greatTable({ opened, picture, check, work }) {
  const most = 200_000;
  const { page, close } = await opened();
  const path = join(work.folder, "great.csv");
  writeFileSync(path, shopsTable(most));
  const began = Date.now();
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("button", { name: "Find anomalies" }).waitFor({ timeout: 60_000 });
  console.log(`       200,000 rows: first look after ${Date.now() - began} ms`);
  await page.getByRole("button", { name: "Find anomalies" }).click();
  await ranked(page).first().waitFor({ timeout: 180_000 });
  const grid = page.getByRole("grid").or(page.getByRole("table")).last();
  const ranksAt = async (share) => {
    await grid.evaluate((element, part) => {
      const box = [element, ...element.querySelectorAll("*")].find(
        (each) => each.scrollHeight > 10 * each.clientHeight,
      );
      const scrolled = box ?? element.closest("[style*=overflow]") ?? element.parentElement;
      scrolled.scrollTop = part * (scrolled.scrollHeight - scrolled.clientHeight);
    }, share);
    await page.waitForTimeout(1500);
    // what stands for rows that are not there yet has no number
    const ranks = await ranked(page).evaluateAll((rows) =>
      rows.map((row) => {
        const name = row.querySelector("[aria-label]").getAttribute("aria-label");
        return Number(/[\d,]+/.exec(name)[0].replaceAll(",", ""));
      }),
    );
    const shown = await grid.getByRole("row").count();
    return { ranks, rows: shown };
  };
  for (const share of [0.3, 0.77, 1]) {
    const { ranks, rows } = await ranksAt(share);
    const near = ranks.filter((rank) => Math.abs(rank / most - share) < 0.01).length;
    // one row is the header
    const whole = ranks.length >= 10 && near === ranks.length && ranks.length >= rows - 1;
    check(`200,000 rows: all are there at ${100 * share} %`, whole, `${near} of ${rows - 1}`);
  }
  await picture(page, "great");
  await close("200,000 rows");
}

/** The studio is killed while it trains; the next one shows the run as broken, and goes on. */
export async function killedInTheMiddle({ opened, check, work }) {
  const { page } = await opened();
  const path = join(work.folder, "killed.csv");
  writeFileSync(path, shopsTable(40_000));
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("button", { name: "Find anomalies" }).click({ timeout: 60_000 });
  await page.getByText("Stop and keep the best").waitFor({ timeout: 30_000 });
  await page.waitForTimeout(1500);
  const { pathname } = new URL(page.url());
  await work.studio.kill();
  await page.context().close();
  work.studio = await startStudio(join(work.folder, "project"));
  const again = await opened();
  await again.page.goto(new URL(pathname, work.studio.url).href);
  await again.page.getByRole("button", { name: "Resume" }).click({ timeout: 20_000 });
  await ranked(again.page).first().waitFor({ timeout: 180_000 });
  // the same bytes as the command line comes to without a break
  const runs = join(work.folder, "project", "runs");
  const words = ["detect", "data/killed.csv", "--run", "runs/by-hand", "--json"];
  spawnSync(process.execPath, [main, ...words], { cwd: join(work.folder, "project") });
  const [broken, whole] = [pathname.split("/").at(-1), "by-hand"].map((run) =>
    readFileSync(join(runs, run, "model.onnx")),
  );
  check("a run that was broken goes on to the same bytes", broken.equals(whole));
  await again.close("a broken run");
}
