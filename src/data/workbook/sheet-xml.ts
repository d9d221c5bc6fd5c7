import type { Readable } from "node:stream";
import { SaxesParser, type SaxesTagPlain } from "saxes";

/** What is heard of an XML text as it is read; names come without their prefix. */
export interface XmlListener {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
  /** Called between pieces: what was heard can be put away. */
  readonly pause?: () => Promise<void>;
}

const plain = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Reads XML piece by piece. Entities other than the five of XML are an error, so nothing can swell. */
export async function readXml(stream: Readable, listener: XmlListener): Promise<void> {
  const parser = new SaxesParser();
  const { open, close, text } = listener;
  if (open)
    parser.on("opentag", (tag: SaxesTagPlain) =>
      open(plain(tag.name), tag.attributes as Record<string, string>),
    );
  if (close) parser.on("closetag", (tag: SaxesTagPlain) => close(plain(tag.name)));
  if (text) {
    parser.on("text", text);
    parser.on("cdata", text);
  }
  parser.on("error", (error) => {
    throw error;
  });
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    parser.write(decoder.decode(bytes as Buffer, { stream: true }));
    await listener.pause?.();
  }
  parser.close();
  await listener.pause?.();
}

/** A text as the format writes it: `_x000D_` stands for a character. */
export const unescapeText = (text: string): string =>
  text.replace(/_x([0-9a-fA-F]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
