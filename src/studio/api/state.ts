import type { Loss } from "./runs.ts";

/** What a page needs first. */
export interface StudioState {
  readonly version: string;
  readonly project: { readonly name: string; readonly folder: string };
  readonly samples: readonly Sample[];
  /** Other projects that were opened on this computer, the last first. */
  readonly recent: readonly { readonly name: string; readonly folder: string }[];
}

/** Data that come with Espejo. */
export interface Sample {
  readonly id: "cards" | "economy";
  readonly rows: number;
  readonly columns: number;
}

/** What happens, told to every page of a project (`GET /api/events`): the `event` of an SSE message is its type, `data` the rest as JSON. */
export interface StudioEvents {
  /** Sources changed: ask for them anew. */
  readonly sources: Record<string, never>;
  /** A great file was read to its end, or could not be: ask for the look at it anew. */
  readonly look: { readonly id: string };
  /** A run began, changed its state or went. */
  readonly run: { readonly id: string; readonly state: string };
  /** An epoch of a run is done. */
  readonly epoch: { readonly id: string } & Loss;
  /** What the network of a run makes of its rows has changed: ask for it anew. */
  readonly live: { readonly id: string };
  /** A file is being scored, was scored, or its scores went. */
  readonly scored: { readonly id: string; readonly state: string };
  /** Models of the project changed: ask for them anew. */
  readonly models: Record<string, never>;
  /** A row of a run was marked. */
  readonly mark: { readonly id: string; readonly row: number; readonly mark: string | null };
  /** Many rows of a run were marked: ask for its marks anew. */
  readonly marks: { readonly id: string };
}

/** The body of every answer that is an error. */
export interface StudioError {
  readonly error: string;
  readonly code: string;
}
