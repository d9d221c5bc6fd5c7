// The model room and the room of a run that learns: a network shaped by mouse and keys, seen while it learns, paused, gone on
// with, stopped; and the same bytes as the command line's.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "./studio.mjs";
import { shopsTable } from "./tables.mjs";

/** Drops a table and goes to its model room; gives the address of the room. */
async function modelRoom({ page, work, name, rows = 3000 }) {
  const path = join(work.folder, name);
  writeFileSync(path, shopsTable(rows));
  await page.goto(work.studio.url);
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("button", { name: "Choose a model" }).click({ timeout: 30_000 });
  await page.getByRole("radio", { name: /Reduce dimensions/ }).click();
  await page.getByRole("slider", { name: "Code" }).waitFor({ timeout: 30_000 });
  return page.url().split("?")[0];
}

/** Trains what an address says; gives the id of the run. */
async function trained(page, address) {
  await page.goto(address);
  const train = page.getByRole("button", { name: "Train", exact: true });
  await train.click({ timeout: 30_000 });
  await page.waitForURL(/\/runs\//);
  return new URL(page.url()).pathname.split("/").at(-1);
}

const figure = async (page, name) => {
  const told = page.locator("dl > div").filter({ hasText: name }).locator("dd").first();
  return Number((await told.innerText()).replace(/\D/g, ""));
};

/** A network is shaped by mouse and by keys, as the address says, and what cannot be is refused in words. */
export async function shapedByHand({ opened, picture, accessible, check, work }) {
  // what is refused is an error of the browser's console, too: its errors are not counted here
  const { page } = await opened();
  const room = await modelRoom({ page, work, name: "shaped.csv" });
  await accessible(page, "the model room");
  await picture(page, "model-light");

  const layer = page.getByRole("slider", { name: "Hidden layer 1" });
  const units = async () => Number(await layer.getAttribute("aria-valuenow"));
  const before = await units();
  await layer.focus();
  await page.keyboard.press("ArrowUp");
  check("a layer is resized by keys", (await units()) === before + 1, `${before}`);
  await page.keyboard.press("Insert");
  const layers = page.getByRole("slider", { name: /Hidden layer/ });
  check("a layer is added by keys", (await layers.count()) === 2);
  const box = await layer.boundingBox();
  const [x, middle] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(x, middle - 25, { steps: 4 });
  await page.mouse.move(x, middle - 12, { steps: 4 });
  await page.mouse.up();
  const dragged = await units();
  check("a layer is resized by the mouse", dragged !== before + 1 && dragged >= 1, `${dragged}`);
  await page.getByRole("button", { name: "sparse" }).click();
  check("the formula of its kind is beside", (await page.locator("math").count()) > 0);
  await page.waitForTimeout(600);
  const command = page.getByLabel("Copy as command").first();
  const line = await command.innerText();
  check("it is copied as a command", /--kind sparse/.test(line) && /--hidden/.test(line), line);
  await page.reload();
  await layer.waitFor();
  check("the address keeps it", (await units()) === dragged && (await layers.count()) === 2);
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "Remove hidden layer 2" }).click();
  check("a layer is removed by the mouse", (await layers.count()) === 1);
  await page.locator("body").click({ position: { x: 600, y: 5 } });
  await page.keyboard.press("Control+z");
  check("a change is taken back", (await layers.count()) === 2);

  await page.getByText("More options").click();
  await page.getByLabel("--epochs").fill("ten");
  await page.getByLabel("--epochs").press("Enter");
  const refusal = page.getByRole("alert");
  await refusal.waitFor();
  check(
    "a wrong value is refused in the command line's words",
    /--epochs/.test(await refusal.innerText()),
  );
  const train = page.getByRole("button", { name: "Train", exact: true });
  check("and nothing can be trained", await train.isDisabled());
  await page.goto(`${room}?recipe=reduce&latent=2&kind=sparse&beta=2`);
  check("an option of another kind, too", /--beta/.test(await refusal.innerText()));

  await page.goto(`${room}?recipe=anomalies`);
  await page.getByText("four small networks").waitFor({ timeout: 30_000 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 1024, height: 800 });
  await page.locator("[lang=es]").first().click();
  await page.waitForTimeout(800);
  await accessible(page, "the model room, dark, in Spanish");
  await picture(page, "model-dark-es");
  await page.context().close();
}

/** Losses, rows and map change while it learns; a reload changes nothing; it is paused, goes on, and is stopped. */
export async function seenWhileItLearns({ opened, picture, accessible, check, work }) {
  const { page, close } = await opened();
  const room = await modelRoom({ page, work, name: "seen.csv" });
  const query = "recipe=reduce&latent=3&epochs=100000&patience=0&learningRate=0.0003";
  const began = Date.now();
  await trained(page, `${room}?${query}`);
  const points = page.getByRole("img", { name: /^Map of/ }).locator("circle");
  await points.first().waitFor({ timeout: 30_000 });
  console.log(`       from Train to the first map: ${Date.now() - began} ms`);
  const places = () => points.evaluateAll((all) => all.map((each) => each.getAttribute("style")));
  const rebuilt = () => page.getByRole("region", { name: /^Row \d/ }).innerText();
  const [first, row, epoch] = [await places(), await rebuilt(), await figure(page, "Epochs done")];
  await page.waitForTimeout(2500);
  const [second, later] = [await places(), await rebuilt()];
  check("the map has its rows", first.length > 100 && first.length === second.length);
  check("the map moves while it learns", String(first) !== String(second));
  check("rows are rebuilt anew", row !== later);
  check("epochs are counted", (await figure(page, "Epochs done")) > epoch);
  check("the time that is left is told", (await page.getByText("Time left").count()) === 1);
  await accessible(page, "a run that learns");
  await picture(page, "learning");

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).waitFor({ timeout: 20_000 });
  const paused = await figure(page, "Epochs done");
  await page.reload();
  await page.getByRole("button", { name: "Resume" }).waitFor();
  const text = await page.locator("main").innerText();
  check("a paused run is paused after a reload", /paused/.test(text) && !/broken off/.test(text));
  await picture(page, "paused");
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Stop and keep the best" }).waitFor({ timeout: 20_000 });
  for (let tries = 0; tries < 60 && (await figure(page, "Epochs done")) <= paused; tries++)
    await page.waitForTimeout(250);
  check("it goes on from there", (await figure(page, "Epochs done")) > paused, `${paused}`);
  await page.getByRole("button", { name: "Stop and keep the best" }).click();
  await page.getByRole("link", { name: "Model file" }).waitFor({ timeout: 30_000 });
  const end = await page.locator("main").innerText();
  check("it was stopped with its best epoch", /its best epoch is kept/.test(end));
  await page.getByRole("switch", { name: "Logarithmic scale" }).click();
  await accessible(page, "a run that was stopped");
  await picture(page, "stopped");
  await close("a run that learns");
}

/** A run that was paused and goes on comes to the bytes of one that the command line does without a break. */
export async function pausedToTheSameBytes({ opened, check, work }) {
  const { page, close } = await opened();
  const room = await modelRoom({ page, work, name: "paused.csv" });
  const run = await trained(page, `${room}?recipe=reduce&latent=2&epochs=700&patience=0`);
  await page.getByRole("img", { name: /^Map of/ }).waitFor({ timeout: 30_000 });
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).click({ timeout: 20_000 });
  await page.getByRole("link", { name: "Model file" }).waitFor({ timeout: 120_000 });
  const project = join(work.folder, "project");
  const words = ["train", "data/paused.csv", "--latent", "2", "--epochs", "700", "--patience", "0"];
  const done = spawnSync(process.execPath, [main, ...words, "--run", "runs/unbroken", "--json"], {
    cwd: project,
  });
  const [paused, unbroken] = [run, "unbroken"].map((each) =>
    readFileSync(join(project, "runs", each, "model.onnx")),
  );
  check("the command line trains the same", done.status === 0);
  check("a run that was paused comes to the same bytes", paused.equals(unbroken));
  await page.goto(new URL("/runs/unbroken", work.studio.url).href);
  await page.getByRole("link", { name: "Report" }).waitFor({ timeout: 20_000 });
  check(
    "a run of the command line has its room",
    (await page.getByText("Epochs done").count()) === 1,
  );
  await close("a paused run");
}

/** Every kind of autoencoder for tables is trained from the room. */
export async function everyKind({ opened, check, work }) {
  const { page, close } = await opened();
  const room = await modelRoom({ page, work, name: "kinds.csv", rows: 400 });
  const all = page.locator("fieldset button[aria-pressed]");
  const kinds = (await all.allInnerTexts()).map((kind) => kind.trim());
  check("every kind is offered", kinds.length >= 10, kinds.join(", "));
  for (const kind of kinds) {
    const code = kind === "ensemble" ? "" : "&latent=2";
    await trained(page, `${room}?recipe=reduce${code}&kind=${kind}&epochs=3`);
    await page.getByRole("link", { name: "Model file" }).waitFor({ timeout: 60_000 });
    const map = page.getByRole("img", { name: /^Map of/ });
    await map.waitFor({ timeout: 20_000 });
    check(`${kind} is trained from the room, and seen`, (await map.locator("circle").count()) > 50);
  }
  await close("every kind");
}
