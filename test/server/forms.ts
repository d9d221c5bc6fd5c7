/** A part of a form: a field, or a file with its name and its type. */
export type Part =
  | readonly [field: string, value: string]
  | readonly [field: string, bytes: string | Uint8Array, name: string, type?: string];

/** A form as browsers and fetch send it: its body and the head that names its boundary. */
export async function formOf(
  ...parts: readonly Part[]
): Promise<{ readonly payload: Buffer; readonly headers: { readonly "content-type": string } }> {
  const data = new FormData();
  for (const [field, value, name, type = ""] of parts)
    if (name === undefined) data.append(field, value as string);
    else data.append(field, new Blob([value as string], { type }), name);
  const request = new Response(data);
  return {
    payload: Buffer.from(await request.arrayBuffer()),
    headers: { "content-type": request.headers.get("content-type")! },
  };
}

/** The head of a form that is written by hand, and its parts, each a head and a body. */
export const boundary = "a-boundary";
export const written = (...parts: readonly (readonly [head: string, body: string])[]): string =>
  `${parts.map(([head, body]) => `--${boundary}\r\n${head}\r\n\r\n${body}\r\n`).join("")}--${boundary}--\r\n`;
export const writtenType = { "content-type": `multipart/form-data; boundary=${boundary}` };
