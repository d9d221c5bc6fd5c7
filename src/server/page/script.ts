/** What the page does in a browser: fills the form of a model, asks for a score, shows it. It asks its own server only. */
interface Column {
  readonly name: string;
  readonly type: string;
  readonly usual: string | number;
  readonly values?: readonly string[];
}
interface Description {
  readonly content: "table" | "images" | "sequences";
  readonly threshold: number;
  readonly columns?: readonly Column[];
  readonly shape?: readonly number[];
}
interface Reason {
  readonly column?: string;
  readonly actual: string | number;
  readonly expected: string | number;
  readonly share: number;
  readonly top?: number;
  readonly bottom?: number;
  readonly left?: number;
  readonly right?: number;
  readonly step?: number;
  readonly feature?: number;
}
interface Answer {
  readonly message?: string;
  readonly threshold: { readonly value: number };
  readonly rows: readonly {
    readonly score: number;
    readonly is_anomaly: boolean;
    readonly reasons: readonly Reason[] | null;
  }[];
}

const byId = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const texts = JSON.parse(byId("texts").textContent!) as Record<string, string>;
const language = document.documentElement.lang;
const text = (key: string): string => texts[key]!;

const models = byId<HTMLSelectElement>("model");
const form = byId<HTMLFormElement>("row");
const fields = byId("fields");
const result = byId("result");
const token = document.getElementById("token") as HTMLInputElement | null;
let described: Description | null = null;

/** An element with attributes and what is in it. */
function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

const headers = (more: Record<string, string> = {}): Record<string, string> => ({
  ...more,
  "accept-language": language,
  ...(token?.value && { authorization: `Bearer ${token.value}` }),
});

async function ask<T>(url: string, options: RequestInit): Promise<T> {
  const response = await fetch(url, options);
  const told = (await response.json()) as T & { readonly message?: string };
  if (!response.ok) throw new Error(told.message ?? text("failed"));
  return told;
}

function fail(error: unknown): void {
  const message = error instanceof Error && error.message ? error.message : text("failed");
  result.replaceChildren(element("p", { class: "error", role: "alert" }, message));
}

/** The form of the model that is chosen. */
async function show(): Promise<void> {
  result.replaceChildren();
  try {
    described = await ask<Description>(`score/${encodeURIComponent(models.value)}`, {
      headers: headers(),
    });
  } catch (error) {
    fields.replaceChildren();
    fail(error);
    return;
  }
  const { content, columns = [], shape = [] } = described;
  if (content === "images") {
    const input = element("input", {
      type: "file",
      accept: "image/png,image/jpeg,image/webp",
      id: "cells",
    });
    fields.replaceChildren(element("label", {}, text("image"), input));
  } else if (content === "sequences") {
    const steps = Array.from({ length: shape[0]! }, () => new Array<number>(shape[1]!).fill(0));
    const area = element("textarea", { id: "cells", rows: "8" });
    area.value = JSON.stringify(steps);
    fields.replaceChildren(element("label", {}, `${text("sequence")} ${shape.join(" × ")}`, area));
  } else fields.replaceChildren(...columns.map(fieldOf));
}

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

/** The cells of the form as a row: numbers with a point or a comma, nothing where nothing stands. */
function rowOf(columns: readonly Column[]): Record<string, string | number | null> {
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

async function score(event: Event): Promise<void> {
  event.preventDefault();
  if (!described) return;
  const url = `score/${encodeURIComponent(models.value)}?reasons=all`;
  const json = { "content-type": "application/json" };
  try {
    const { content, columns = [] } = described;
    const cells = document.getElementById("cells") as HTMLInputElement | null;
    const body =
      content === "images"
        ? cells!.files![0]!
        : content === "sequences"
          ? `[${cells!.value}]`
          : JSON.stringify(rowOf(columns));
    const type = body instanceof File ? { "content-type": body.type } : json;
    const answer = await ask<Answer>(url, { method: "POST", headers: headers(type), body });
    tell(answer);
  } catch (error) {
    fail(error);
  }
}

const digits = (value: number): string =>
  new Intl.NumberFormat(language, { maximumSignificantDigits: 4 }).format(value);
const percent = (share: number): string =>
  new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);

function tell({ rows, threshold: { value } }: Answer): void {
  const [{ score: found, is_anomaly: odd, reasons }] = rows as [Answer["rows"][0]];
  const most = Math.max(found, value) * 1.15;
  const bar = element("div", { class: "bar", "aria-hidden": "true" });
  const filled = element("span", { class: odd ? "filled odd" : "filled" });
  filled.style.width = `${(100 * found) / most}%`;
  const mark = element("i");
  mark.style.left = `${(100 * value) / most}%`;
  bar.append(filled, mark);
  result.replaceChildren(
    element(
      "p",
      { class: "verdict" },
      element("strong", odd ? { class: "odd" } : {}, text(odd ? "anomaly" : "normal")),
      ` ${text("scoreIs")} ${digits(found)}, ${text("threshold")} ${digits(value)}`,
    ),
    bar,
    element("h3", {}, text("reasons")),
    reasonsOf(reasons ?? []),
  );
  result.scrollIntoView({ block: "nearest" });
}

function reasonsOf(reasons: readonly Reason[]): HTMLElement {
  const [first] = reasons;
  if (!first) return element("p", {}, text("none"));
  const fill = (key: string, values: Readonly<Record<string, string>>): string =>
    text(key).replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  const share = percent(first.share);
  if (first.top !== undefined) {
    const ends = [first.top, first.bottom!, first.left!, first.right!].map((n) => String(n + 1));
    const [top, bottom, left, right] = ends as [string, string, string, string];
    return element(
      "p",
      {},
      `${text("where")}: ${fill("place", { top, bottom, left, right, share })}`,
    );
  }
  if (first.step !== undefined) {
    const [step, variable] = [first.step, first.feature!].map((n) => String(n + 1)) as [
      string,
      string,
    ];
    const [actual, expected] = [first.actual, first.expected].map((n) => digits(Number(n)));
    const told = fill("step", { step, variable, actual: actual!, expected: expected! });
    return element("p", {}, `${text("where")}: ${told}`);
  }
  const value = (cell: string | number): string => (cell === "" ? text("missing") : String(cell));
  const heads = ["column", "actual", "expected", "share"].map((key) =>
    element("th", {}, text(key)),
  );
  const lines = reasons.map((reason) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, reason.column!),
      ...[value(reason.actual), value(reason.expected), percent(reason.share)].map((cell) =>
        element("td", {}, cell),
      ),
    ),
  );
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...lines),
  );
}

form.addEventListener("submit", (event) => void score(event));
models.addEventListener("change", () => void show());
token?.addEventListener("change", () => void show());
byId("usual").addEventListener("click", () => void show());
void show();
