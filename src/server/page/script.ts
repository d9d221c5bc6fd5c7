/** What the page does in a browser: fills the form of a model, asks for scores, shows them. It asks its own server only. */
import { type Description, describe, score } from "./asking.ts";
import { byId, text } from "./elements.ts";
import { imageField, rowFields, rowOf, sequenceFields } from "./inputs.ts";
import { clear, fail, tellImage, tellRow, tellSequences } from "./results.ts";

const form = byId<HTMLFormElement>("row");
const fields = byId("fields");
const buttons = byId("buttons");
let described: Description | null = null;

/** Numbers of an answer, and characters of a question, beyond which what a model rebuilt is not asked for. */
const [mostCells, mostCharacters] = [200_000, 400_000];

/** The form of the model that is chosen. */
async function show(): Promise<void> {
  clear();
  try {
    described = await describe();
  } catch (error) {
    fields.replaceChildren();
    buttons.hidden = true;
    fail(error);
    return;
  }
  const { content, columns = [] } = described;
  // images are scored as soon as they are there
  buttons.hidden = content === "images";
  form.dataset.content = content;
  byId("score").textContent = text(content === "table" ? "scoreRow" : "scoreAll");
  if (content === "images") fields.replaceChildren(imageField(described, scoreImages));
  else if (content === "sequences") fields.replaceChildren(...sequenceFields(described));
  else fields.replaceChildren(...rowFields(columns));
}

async function scoreForm(event: Event): Promise<void> {
  event.preventDefault();
  if (!described) return;
  const { content, columns = [] } = described;
  try {
    if (content === "table") {
      const row = JSON.stringify(rowOf(form, columns));
      const { rows } = await score(row, "application/json", { rebuilt: false });
      tellRow(rows[0]!, described);
    } else {
      const cells = byId<HTMLTextAreaElement>("cells").value;
      const type = /^\s*[[{]/.test(cells) ? "application/json" : "text/csv";
      const rebuilt = cells.length <= mostCharacters;
      tellSequences((await score(cells, type, { rebuilt })).rows, described);
    }
  } catch (error) {
    fail(error);
  }
}

/** Scores images one after the other, so that each is shown as soon as it is known. */
async function scoreImages(files: readonly File[]): Promise<void> {
  const about = described!;
  const rebuilt = about.shape!.reduce((n, size) => n * size, 2) <= mostCells;
  clear();
  const cards = files.map(({ name }) => tellImage(name));
  for (const [i, file] of files.entries()) {
    try {
      const { rows } = await score(file, file.type || "application/octet-stream", { rebuilt });
      cards[i]!(rows[0]!, about);
    } catch (error) {
      cards[i]!(error as Error, about);
    }
  }
}

form.addEventListener("submit", (event) => void scoreForm(event));
byId("model").addEventListener("change", () => void show());
document.getElementById("token")?.addEventListener("change", () => void show());
byId("usual").addEventListener("click", () => void show());
void show();
