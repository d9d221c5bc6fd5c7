import { shallowRef, triggerRef } from "vue";
import type { Source } from "../../../src/studio/api/sources.ts";
import { api } from "../api.ts";
import { Failure } from "../failure.ts";
import { putSource } from "../project.ts";
import { say } from "../say.ts";
import { tellFault } from "../toasts.ts";

export interface Upload {
  readonly name: string;
  /** What has left, from 0 to 1. */
  share: number;
  readonly stop: () => void;
}

/** Files on their way; they go on while a person is in another room. */
export const uploads = shallowRef<readonly Upload[]>([]);

/** Sends files, one after the other, and gives the sources that came of them. What fails is said, and the others go on. */
export async function send(files: readonly File[]): Promise<readonly Source[]> {
  const sent: Source[] = [];
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
      const source = await api.upload(file, progress, stopped.signal);
      putSource(source);
      sent.push(source);
    } catch (error) {
      if (!stopped.signal.aborted) tellFault(error);
    }
    uploads.value = uploads.value.filter((each) => each !== upload);
  }
  return sent;
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
