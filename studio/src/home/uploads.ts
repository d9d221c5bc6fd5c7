import { shallowRef, triggerRef } from "vue";
import type { Source } from "../../../src/studio/api/sources.ts";
import type { ModelAdded } from "../../../src/studio/api/use.ts";
import { api } from "../api.ts";
import { Failure } from "../failure.ts";
import { putSource } from "../project.ts";
import { say } from "../say.ts";
import { tellFault } from "../toasts.ts";

/** What came of files that were sent. */
export interface Sent {
  readonly sources: readonly Source[];
  readonly models: readonly ModelAdded[];
}

/** Files that are networks and no data: of those of Keras the studio says what to do with them. */
export const isModel = (name: string): boolean => /\.(onnx|keras|h5|hdf5)$/i.test(name);

export interface Upload {
  readonly name: string;
  /** What has left, from 0 to 1. */
  share: number;
  readonly stop: () => void;
}

/** Files on their way; they go on while a person is in another room. */
export const uploads = shallowRef<readonly Upload[]>([]);

/** Sends files, one after the other, and gives what came of them. What fails is said, and the others go on. */
export async function send(files: readonly File[]): Promise<Sent> {
  const sent: Source[] = [];
  const models: ModelAdded[] = [];
  const waiting = files.map((file) => {
    const stopped = new AbortController();
    return { file, stopped, upload: { name: file.name, share: 0, stop: () => stopped.abort() } };
  });
  uploads.value = [...uploads.value, ...waiting.map(({ upload }) => upload)];
  for (const { file, stopped, upload } of waiting) {
    try {
      stopped.signal.throwIfAborted();
      const progress = (share: number): void => {
        upload.share = share;
        triggerRef(uploads);
      };
      if (isModel(file.name)) models.push(await api.uploadModel(file, progress, stopped.signal));
      else {
        const source = await api.upload(file, progress, stopped.signal);
        putSource(source);
        sent.push(source);
      }
    } catch (error) {
      if (!stopped.signal.aborted) tellFault(error);
    }
    uploads.value = uploads.value.filter((each) => each !== upload);
  }
  return { sources: sent, models };
}

/** The files among what was dropped; of folders, which no page can send as they are, says what to do. */
export function filesOf(dropped: DataTransfer): readonly File[] {
  const items = [...dropped.items].filter(({ kind }) => kind === "file");
  return items.flatMap((item) => {
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory) {
      const error = say("home.folder", { name: entry.name });
      tellFault(new Failure(0, { error, code: "folder" }));
      return [];
    }
    return item.getAsFile() ?? [];
  });
}
