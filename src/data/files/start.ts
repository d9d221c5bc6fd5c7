/** The first bytes of a file as text: without a byte order mark, and without the blanks before what it begins with. */
export function startText(head: Uint8Array, most = 4096): string {
  const start = head.subarray(0, most);
  const wide = start[0] === 0xff && start[1] === 0xfe;
  const swapped = start[0] === 0xfe && start[1] === 0xff;
  const label = wide ? "utf-16le" : swapped ? "utf-16be" : "utf-8";
  return new TextDecoder(label).decode(start).trimStart();
}
