import { byId, language, text } from "./elements.ts";

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly usual: string | number;
  readonly values?: readonly string[];
}
/** What `GET /score/{model}` says. */
export interface Description {
  readonly content: "table" | "images" | "sequences";
  readonly threshold: number | null;
  readonly columns?: readonly Column[];
  readonly shape?: readonly number[];
  readonly features?: readonly string[];
  readonly usual?: readonly number[];
}
export interface Reason {
  readonly column?: string;
  readonly actual: string | number;
  readonly expected: string | number;
  readonly share: number;
  readonly numeric?: boolean;
  readonly top?: number;
  readonly bottom?: number;
  readonly left?: number;
  readonly right?: number;
  readonly step?: number;
  readonly feature?: number;
}
export type Cell = number | null;
/** A row of an answer; images and sequences as the model saw and rebuilt them, where that was asked for. */
export interface Row {
  readonly score: number;
  readonly is_anomaly: boolean;
  readonly reasons: readonly Reason[] | null;
  readonly input?: readonly (readonly (Cell | readonly Cell[])[])[];
  readonly reconstruction?: readonly (readonly (Cell | readonly Cell[])[])[];
}
export interface Answer {
  readonly rows: readonly Row[];
}

const models = byId<HTMLSelectElement>("model");
const token = document.getElementById("token") as HTMLInputElement | null;

/** Asks the server about the model that is chosen. Throws what it says is wrong. */
export const describe = (): Promise<Description> => ask("", {});

/** Scores of a body of some type by the model that is chosen. */
export const score = (
  body: BodyInit,
  type: string,
  { rebuilt }: { readonly rebuilt: boolean },
): Promise<Answer> =>
  ask(`?reasons=all${rebuilt ? "&reconstruction=true" : ""}`, {
    ...{ method: "POST", body, headers: { "content-type": type } },
  });

async function ask<T>(query: string, { headers, ...options }: RequestInit): Promise<T> {
  const response = await fetch(`score/${encodeURIComponent(models.value)}${query}`, {
    ...options,
    headers: {
      ...(headers as Record<string, string>),
      ...{ accept: "application/json", "accept-language": language },
      ...(token?.value && { authorization: `Bearer ${token.value}` }),
    },
  });
  const told = (await response.json()) as T & { readonly message?: string };
  if (!response.ok) throw new Error(told.message ?? text("failed"));
  return told;
}

/** What went wrong, for a person. */
export const messageOf = (error: unknown): string =>
  error instanceof Error && error.message && !(error instanceof TypeError)
    ? error.message
    : text("failed");
