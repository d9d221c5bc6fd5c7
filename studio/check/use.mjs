// What a model is good for once it is there: another file scored, its drift and ranking, files and programs taken away, a model
// that was made elsewhere; and runs side by side.
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "./studio.mjs";
import { shopsTable } from "./tables.mjs";
import { ranked } from "./window.mjs";

const library = new URL("../../dist/node.js", import.meta.url).href;

/** Next month: the same shops, whose sales come in cents. */
const nextMonth = () =>
  shopsTable(200).replace(
    /^(\d+;\w+;)(\d+),5/gm,
    (_, before, sales) => `${before}${100 * Number(sales)},5`,
  );

/** Calls the command line in a folder. */
const espejo = (folder, ...words) =>
  execFileSync(process.execPath, [main, ...words], {
    cwd: folder,
    encoding: "utf8",
    stdio: "pipe",
  });

async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Another file scored by the model of a run; what is taken away; an .onnx that is opened; three runs compared. */
export async function useOfModels({ opened, picture, accessible, check, work }) {
  const project = join(work.folder, "project");
  mkdirSync(join(project, "data"), { recursive: true });
  writeFileSync(join(project, "data", "mayo.csv"), shopsTable());
  const common = ["data/mayo.csv", "--label", "fraude", "--id", "pedido"];
  espejo(
    project,
    "detect",
    ...common,
    "--alone",
    "--kind",
    "basic",
    "--epochs",
    "5",
    "--run",
    "runs/use-a",
  );
  espejo(
    project,
    "detect",
    ...common,
    "--alone",
    "--kind",
    "ensemble",
    "--epochs",
    "3",
    "--run",
    "runs/use-b",
  );
  espejo(
    project,
    "train",
    "data/mayo.csv",
    "--label",
    "fraude",
    "--epochs",
    "8",
    "--run",
    "runs/use-c",
  );
  const { page, close } = await opened();
  const base = new URL(work.studio.url).origin;

  await page.goto(`${base}/runs/use-a/use`);
  await page.getByRole("heading", { name: "Score another file" }).waitFor();
  const file = join(work.folder, "junio.csv");
  writeFileSync(file, nextMonth());
  await page.locator("input[type=file]").setInputFiles(file);
  await ranked(page).first().waitFor({ timeout: 30_000 });
  await page.getByText(/1 of 3 columns is not what it was/).waitFor();
  const drift = await page.getByRole("row").filter({ hasText: "unit" }).first().innerText();
  check("another file: the column that changed its unit is named", /ventas/.test(drift), drift);
  await accessible(page, "use, with a scored file");
  await picture(page, "use-light");

  const id = new URL(page.url()).searchParams.get("scored");
  const shown = await page.evaluate(
    (name) => fetch(`/api/scored/${name}/ranking?rows=1000`).then((answer) => answer.json()),
    id,
  );
  const plain = JSON.parse(
    espejo(project, "score", file, "-m", "runs/use-a/model.onnx", "--json", "--sort"),
  ).rows;
  const off = plain.map(
    ({ score }, i) =>
      Math.abs(Math.fround(shown.rows[i].score) - Math.fround(score)) /
      Math.max(1, Math.abs(score)),
  );
  check(
    "another file: ranking and scores are those of espejo score",
    plain.every(({ pedido }, i) => shown.rows[i].ids[0] === pedido) && Math.max(...off) < 1e-9,
    String(Math.max(...off)),
  );
  await ranked(page).first().click();
  await page
    .getByRole("button", { name: /^Confirmed/ })
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Export" }).click();
  const rows = await downloaded(page, () =>
    page.getByRole("dialog").getByRole("link", { name: "CSV", exact: true }).click(),
  );
  check(
    "another file: all formats leave",
    rows.bytes.toString().startsWith("rank,row,pedido"),
    rows.name,
  );
  await page.keyboard.press("Escape");
  await page.reload();
  await ranked(page).first().waitFor({ timeout: 30_000 });
  const again = page.getByRole("heading", { name: "Scores of junio.csv" });
  check("another file: its address shows it again", (await again.count()) === 1);

  // what is taken away, each under its name
  for (const [button, name, magic] of [
    ["Encoder (ONNX)", "use-a-encoder.onnx", null],
    ["Decoder (ONNX)", "use-a-decoder.onnx", null],
    ["Keras file", "use-a.keras", "PK"],
  ]) {
    const got = await downloaded(page, () => page.getByRole("link", { name: button }).click());
    const whole =
      magic === null ? got.bytes.length > 500 : got.bytes.subarray(0, 2).toString() === magic;
    check(
      `downloads: ${button}`,
      got.name === name && whole,
      `${got.name}, ${got.bytes.length} bytes`,
    );
  }
  await page.getByLabel("Threshold in the file").fill("2,5");
  const model = await downloaded(page, () =>
    page.getByRole("link", { name: "Model file (ONNX)" }).click(),
  );
  const own = join(work.folder, "use-a.onnx");
  writeFileSync(own, model.bytes);
  const told = JSON.parse(espejo(work.folder, "inspect", own, "--json"));
  check("downloads: the model has the threshold that was set", told.threshold.value === 2.5);

  // the programs run beside the file as they stand
  const programs = join(work.folder, "programs");
  mkdirSync(programs);
  copyFileSync(join(project, "runs/use-a/model.onnx"), join(programs, "use-a.onnx"));
  const node = await page.locator("pre").filter({ hasText: "TableModel.read" }).innerText();
  writeFileSync(join(programs, "use.mjs"), node.replace("espejo/node", library));
  const said = execFileSync(process.execPath, ["use.mjs"], { cwd: programs, encoding: "utf8" });
  check(
    "programs: that for Node runs",
    Number.isFinite(Number(said.split(" ")[0])),
    said.slice(0, 60),
  );
  copyFileSync(file, join(programs, "new-rows.csv"));
  await page.getByRole("tab", { name: "Command line" }).click();
  const line = await page.locator("pre").filter({ hasText: "espejo score" }).innerText();
  espejo(programs, ...line.split(" ").slice(1));
  check(
    "programs: the command line runs",
    readFileSync(join(programs, "scores.csv"), "utf8").trim().split("\n").length === 201,
  );
  await page.getByRole("tab", { name: "Python" }).click();
  const python = await page.locator("pre").filter({ hasText: "onnxruntime" }).innerText();
  writeFileSync(join(programs, "use.py"), python);
  const answer = pythonSaid(programs);
  if (answer === null)
    console.log("       no Python with onnxruntime here: its program was not run");
  else
    check(
      "programs: that for Python says what that for Node says",
      Math.abs(Number(answer.split(" ")[0]) - Number(said.split(" ")[0])) < 1e-4,
      answer,
    );
  await page.getByRole("tab", { name: "Server" }).click();
  const serve = await page.locator("pre").filter({ hasText: "espejo serve" }).innerText();
  check(
    "programs: the line of the server starts it",
    await starts(programs, serve.split(" ").slice(1)),
  );
  await close("use of a run");

  const spanish = await opened({
    locale: "es-ES",
    colorScheme: "dark",
    viewport: { width: 1024, height: 768 },
  });
  await spanish.page.locator("input[type=file]").first().setInputFiles(own);
  await spanish.page.getByRole("heading", { name: "Puntuar otro fichero" }).waitFor();
  check("an .onnx that is opened has its room", spanish.page.url().endsWith("/models/use-a"));
  const about = await spanish.page.locator("main").innerText();
  check(
    "an .onnx that is opened: what it is",
    /Aprendió de/.test(about) && /fraude, normal: no/.test(about),
  );
  await spanish.page.getByLabel("O uno de este proyecto").selectOption({ label: "junio.csv" });
  await spanish.page.getByRole("button", { name: "Puntuar", exact: true }).click();
  await ranked(spanish.page).first().waitFor({ timeout: 30_000 });
  await accessible(spanish.page, "a model that is opened, dark, in Spanish");
  await picture(spanish.page, "model-dark-es");
  await refused(opened, work, check);

  await spanish.page.goto(`${base}/runs`);
  await spanish.page.getByRole("checkbox").first().waitFor();
  await spanish.page.goto(`${base}/runs?with=use-a,use-b,use-c`);
  const side = spanish.page.getByRole("region", { name: "Una junto a otra" });
  await side.getByText("Pérdida de validación").waitFor();
  const compared = await side.innerText();
  check(
    "three runs side by side: what differs and PCA, nothing that is the same",
    /--epochs/.test(compared) && /PCA: ROC AUC/.test(compared) && !/--label/.test(compared),
    compared.replaceAll("\n", " ").slice(0, 200),
  );
  check(
    "three runs side by side: their losses over each other",
    (await spanish.page.locator("figure .box path").count()) === 3,
  );
  await accessible(spanish.page, "runs side by side, dark, in Spanish");
  await picture(spanish.page, "compared-dark-es");
  const wide = await spanish.page.evaluate(() => document.documentElement.scrollWidth);
  check("runs fit into 1,024 pixels", wide <= 1024, `${wide}`);
  await spanish.page.emulateMedia({ colorScheme: "light" });
  await accessible(spanish.page, "runs side by side, light");
  await spanish.page.getByRole("checkbox").nth(0).uncheck();
  check(
    "runs side by side: the address keeps what is chosen",
    new URL(spanish.page.url()).searchParams.get("with").split(",").length === 2,
  );
  await spanish.page.getByRole("button", { name: "Épocas" }).click();
  const sorted = await spanish.page.locator('th[aria-sort="descending"]').innerText();
  check("runs are sorted by a column", /Épocas/.test(sorted), sorted);
  await spanish.close("runs side by side");
}

/** A Keras file that is none: its own window, since a browser logs what is refused. */
async function refused(opened, work, check) {
  const { page } = await opened({ locale: "es-ES" });
  const path = join(work.folder, "otro.keras");
  writeFileSync(path, "PK\u0003\u0004 no model");
  await page.locator("input[type=file]").first().setInputFiles(path);
  const told = page.getByText(/otro\.keras:/).last();
  await told.waitFor({ timeout: 10_000 });
  check(
    "what is no model is refused, in Spanish",
    /Keras|ONNX/.test(await told.innerText()),
    await told.innerText(),
  );
  await page.context().close();
}

/** What the program for Python prints; null where no Python here has what it needs. */
function pythonSaid(folder) {
  const python = process.env.ESPEJO_PYTHON ?? "python3";
  try {
    execFileSync(python, ["-c", "import numpy, onnxruntime"], { stdio: "ignore" });
  } catch {
    return null;
  }
  return execFileSync(python, ["use.py"], { cwd: folder, encoding: "utf8" });
}

/** Whether a server comes up by a line. */
async function starts(folder, words) {
  const child = spawn(process.execPath, [main, ...words, "--port", "0"], {
    ...{ cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
  });
  try {
    return await new Promise((resolve) => {
      let heard = "";
      const hear = (text) => {
        heard += text;
        if (/http:\/\//.test(heard)) resolve(true);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("close", () => resolve(false));
    });
  } finally {
    child.kill("SIGTERM");
  }
}
