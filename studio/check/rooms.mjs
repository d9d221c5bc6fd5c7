// Every room in both languages, light and dark: what is hard to use for those who do not see it, and what was left untranslated.
import { ranked } from "./window.mjs";

/** Words of one language that no room says in the other. */
const foreign = {
  es: /\b(Rows|Threshold|Find anomalies|Columns|Delete|Report|Score another file|Runs)\b/,
  en: /\b(Filas|Umbral|Buscar anomalías|Columnas|Borrar|Informe|Puntuar otro fichero|Ejecuciones)\b/,
};

/** Opens each room in each way; pictures are kept of all. */
export async function everyRoomEveryWay({ opened, picture, accessible, check }) {
  const first = await opened();
  await first.page.getByText("Card payments").click();
  await first.page.getByRole("button", { name: "Find anomalies" }).click({ timeout: 20_000 });
  await ranked(first.page).first().waitFor({ timeout: 60_000 });
  const { runs, sources } = await first.page.evaluate(async () => {
    const [all, known] = await Promise.all(
      ["/api/runs", "/api/sources"].map((address) =>
        fetch(address).then((answer) => answer.json()),
      ),
    );
    return { runs: all, sources: known };
  });
  await first.close("a run for every room");
  const done = runs.filter(({ result, command }) => result && command === "detect");
  const [{ id }] = done;
  const both = done.slice(0, 2).map((run) => run.id);
  const source = sources.find(({ kind }) => kind === "sample").id;
  const rooms = {
    home: "/",
    data: `/data/${source}`,
    model: `/data/${source}/model?recipe=reduce&latent=2`,
    found: `/runs/${id}`,
    codes: `/runs/${id}/codes`,
    use: `/runs/${id}/use`,
    runs: `/runs?with=${both.join(",")}`,
  };
  for (const locale of ["en", "es"])
    for (const colorScheme of ["light", "dark"]) {
      const { page, close } = await opened({ locale, colorScheme });
      for (const [name, address] of Object.entries(rooms)) {
        await page.goto(new URL(address, page.url()).href);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.waitForLoadState("networkidle").catch(() => {});
        await page.waitForTimeout(1500);
        const what = `${name}, ${locale}, ${colorScheme}`;
        await accessible(page, what);
        const text = await page.locator("body").innerText();
        const found =
          foreign[locale].exec(text)?.[0] ??
          /\b(explore|runs|codes|use|marks|training)\.[a-z]\w+/.exec(text)?.[0];
        check(`${what}: it speaks one language`, !found, found);
        await picture(page, `${name}-${locale}-${colorScheme}`);
      }
      await close(`every room, ${locale}, ${colorScheme}`);
    }
}
