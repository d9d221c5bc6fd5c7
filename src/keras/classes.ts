type Json = Readonly<Record<string, unknown>>;

/**
 * The class of a layer: the name that Keras gave it, and with its module where it is a class of somebody else's,
 * which may be called as one of Keras'.
 */
export function classOf({ class_name: name, module, registered_name: registered }: Json): string {
  if (typeof registered === "string" && registered.includes(">")) return registered;
  const known = module === undefined || /^(tf_)?keras(\.|$)/.test(String(module));
  if (known && (registered === undefined || registered === null)) return String(name);
  return `${module ?? "__main__"}.${name}`;
}
