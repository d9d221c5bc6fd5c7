import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { EspejoError } from "../../errors.ts";
import { reasonOf, type TemporaryFolder, temporaryFolder } from "../../files.ts";

type Chunks = NodeJS.ReadableStream | AsyncGenerator<string>;
/** What a stream passes through on its way into a file. */
export type Through =
  | NodeJS.ReadWriteStream
  | ((source: AsyncIterable<Buffer>) => AsyncIterable<string | Uint8Array>);

/** A file that grows by pieces. */
export interface PieceWriter {
  readonly path: string;
  write(piece: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Temporary files of one table: a folder made when first needed, removed with all it holds. */
export class Workspace {
  readonly #parent: string;
  #folder: TemporaryFolder | undefined;
  #files = 0;

  constructor(parent: string = tmpdir()) {
    this.#parent = parent;
  }

  /** A path that nothing has yet, with this ending. */
  async file(ending: string): Promise<string> {
    this.#folder ??= temporaryFolder(join(this.#parent, "espejo-"));
    return join(this.#folder.path, `${++this.#files}${ending}`);
  }

  /** A file with this ending that holds what a stream gives; throws `write_failed` when it does not fit. */
  async receive(ending: string, source: Chunks, ...through: Through[]): Promise<string> {
    const path = await this.file(ending);
    const file = createWriteStream(path);
    try {
      await pipeline([source as NodeJS.ReadableStream, ...(through as Duplex[]), file]);
      return path;
    } catch (error) {
      throw this.#writeError(error);
    }
  }

  /** A file with this ending that is written piece by piece; throws `write_failed` when a piece does not fit. */
  async writer(ending: string): Promise<PieceWriter> {
    const path = await this.file(ending);
    const file = await open(path, "w");
    return {
      path,
      write: async (piece) => {
        try {
          await file.writeFile(piece);
        } catch (error) {
          throw this.#writeError(error);
        }
      },
      close: () => file.close(),
    };
  }

  #writeError(error: unknown): unknown {
    if ((error as NodeJS.ErrnoException).syscall !== "write") return error;
    const reason = reasonOf(error as Error);
    return new EspejoError("write_failed", { path: this.#parent, reason }, { cause: error });
  }

  async dispose(): Promise<void> {
    const folder = this.#folder;
    this.#folder = undefined;
    await folder?.remove();
  }
}
