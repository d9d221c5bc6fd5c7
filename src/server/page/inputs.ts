import type { Column, Description } from "./asking.ts";
import { element, text } from "./elements.ts";

/** The fields of a row of a table, each with a usual value. */
export const rowFields = (columns: readonly Column[]): readonly HTMLElement[] =>
  columns.map(fieldOf);

function fieldOf({ name, type, usual, values }: Column): HTMLElement {
  const input = element("input", {
    name,
    value: String(usual),
    autocomplete: "off",
    ...(type === "number" && { inputmode: "decimal" }),
  });
  const choices = values ?? [];
  if (choices.length === 0) return element("label", {}, name, input);
  const list = `values-${name}`;
  input.setAttribute("list", list);
  const options = choices.map((value) => element("option", { value }));
  return element("label", {}, name, input, element("datalist", { id: list }, ...options));
}

/** The cells of a form as a row: numbers with a point or a comma, nothing where nothing stands. */
export function rowOf(
  form: HTMLFormElement,
  columns: readonly Column[],
): Record<string, string | number | null> {
  const data = new FormData(form);
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      const cell = String(data.get(name) ?? "").trim();
      if (cell === "") return [name, null];
      const number = Number(cell.replace(",", "."));
      return [name, type === "number" && Number.isFinite(number) ? number : cell];
    }),
  );
}

/** A place to drop files on, or to choose them in; browsers write on their own in the language of the browser. */
function dropPlace(
  {
    label,
    remark,
    accept,
    several,
  }: Readonly<Record<"label" | "remark" | "accept", string>> & {
    readonly several: boolean;
  },
  onFiles: (files: readonly File[]) => void,
): HTMLElement {
  const input = element("input", {
    ...{ type: "file", accept, id: "files", class: "hidden" },
    ...(several && { multiple: "" }),
  });
  const place = element(
    "label",
    { class: "drop" },
    input,
    element("b", {}, label),
    element("span", {}, remark),
  );
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // the same file can be chosen again
    input.value = "";
    if (files.length > 0) onFiles(files);
  });
  for (const name of ["dragover", "dragleave", "drop"])
    place.addEventListener(name, () => place.classList.toggle("over", name === "dragover"));
  place.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) onFiles(several ? files : files.slice(0, 1));
  });
  return place;
}

// what is dropped beside its place would be opened instead of the page
for (const name of ["dragover", "drop"])
  document.addEventListener(name, (event) => event.preventDefault());

/** Where images are dropped or chosen. */
export function imageField(
  { shape = [] }: Description,
  onFiles: (files: readonly File[]) => void,
): HTMLElement {
  const [height = 0, width = 0] = shape;
  return dropPlace(
    {
      ...{ label: text("dropImages"), remark: text("imageKinds", { height, width }) },
      accept: "image/png,image/jpeg,image/webp",
      several: true,
    },
    onFiles,
  );
}

/** Where sequences are pasted, or a file of them is dropped or chosen; it begins with a sequence of usual values. */
export function sequenceFields(described: Description): readonly HTMLElement[] {
  const { shape = [], features } = described;
  const [time = 0, width = 0] = shape;
  const area = element("textarea", { id: "cells", rows: "9", spellcheck: "false" });
  area.value = usualSequence(described);
  const told = text(width === 1 ? "pasteOne" : "paste", { time, width });
  const names = features ? ` ${text("named", { names: features.join(", ") })}` : "";
  const place = dropPlace(
    {
      ...{ label: text("dropTable"), remark: text("tableKinds") },
      accept: ".csv,.tsv,.txt,.json,text/csv,application/json",
      several: false,
    },
    async ([file]) => {
      area.value = await file!.text();
      area.dispatchEvent(new Event("input"));
    },
  );
  return [element("label", {}, told + names, area), place];
}

function usualSequence({ shape = [], features, usual = [] }: Description): string {
  const [time = 0] = shape;
  const line = usual.map((value) => String(Number(value.toPrecision(4)))).join(",");
  const head = features ? [features.map(quoted).join(",")] : [];
  return [...head, ...Array.from({ length: time }, () => line)].join("\n");
}

const quoted = (name: string): string =>
  /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
