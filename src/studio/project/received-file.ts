import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { access, rename, rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { EspejoError } from "../../errors.ts";
import { reasonOf } from "../../files.ts";

/** Writes what comes to a file, whole or not at all. Throws `request_large`, `write_failed`. */
export async function receive(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  limit: number,
): Promise<void> {
  const growing = `${path}.part`;
  const file = createWriteStream(growing, { flags: "wx" });
  try {
    await once(file, "open");
    await pipeline(bytes, atMost(limit), file);
    await rename(growing, path);
  } catch (error) {
    if (!file.closed) await new Promise<void>((resolve) => file.once("close", resolve));
    await rm(growing, { force: true });
    if (error instanceof EspejoError) throw error;
    const reason = reasonOf(error as Error);
    throw new EspejoError("write_failed", { path, reason }, { cause: error });
  }
}

/** A name without a way in it. Throws `upload_name`. */
export function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no name of a file has them
  const plain = name.normalize("NFC").replace(/[\u0000-\u001f\u007f]/g, "");
  if (plain === "" || plain.length > 200 || /[\\/:*?"<>|]|^\.+/.test(plain))
    throw new EspejoError("upload_name", { name: name.slice(0, 100) });
  return plain;
}

/** Where a file of that name has room: beside another one it gets a number. */
export async function freePath(folder: string, name: string): Promise<string> {
  const [, stem = name, ending = ""] = /^(.+?)((?:\.\w+){1,2})$/.exec(name) ?? [
    null,
    name,
    extname(name),
  ];
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? name : `${stem} (${n})${ending}`);
    const there = await Promise.all(
      [path, `${path}.part`].map((each) =>
        access(each).then(
          () => true,
          () => false,
        ),
      ),
    );
    if (!there.includes(true)) return path;
  }
}

/** Passes bytes on, and ends with `request_large` where there are more. */
function atMost(limit: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(part: Uint8Array, _encoding, done) {
      bytes += part.length;
      if (bytes > limit) done(new EspejoError("request_large", { limit }));
      else done(null, part);
    },
  });
}
