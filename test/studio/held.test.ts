import { expect, test } from "vitest";
import { Held } from "../../src/studio/held.ts";

/** A door that is opened from outside. */
function later<T = void>() {
  let done: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    done = resolve;
  });
  return { promise, done };
}

/** Values that tell what was opened and closed. */
function watched(most: number) {
  const said: string[] = [];
  const held = new Held<string>(most, (value) => said.push(`close ${value}`));
  const use = <Made>(key: string, work: (value: string) => Promise<Made>) =>
    held.use(
      key,
      async () => {
        said.push(`open ${key}`);
        return key;
      },
      work,
    );
  return { held, use, said };
}

const nothing = async () => {};

test("a value is opened once for all who use it", async () => {
  const { use, said } = watched(2);
  await Promise.all([use("a", nothing), use("a", nothing)]);
  await use("a", nothing);
  expect(said).toEqual(["open a"]);
});

test("a value that is let go while it is used is closed when the last use of it is done", async () => {
  const { held, use, said } = watched(2);
  const [first, second] = [later(), later()];
  const uses = [use("a", () => first.promise), use("a", () => second.promise)];
  let gone = false;
  const going = held.forget("a").then(() => {
    gone = true;
  });
  first.done();
  await uses[0];
  expect(said).toEqual(["open a"]);
  // who comes meanwhile gets one of its own
  await use("a", nothing);
  expect([said, gone]).toEqual([["open a", "open a"], false]);
  second.done();
  await going;
  expect(said).toEqual(["open a", "open a", "close a"]);
});

test("a use that fails lets go as others do", async () => {
  const { held, use, said } = watched(2);
  const failing = use("a", async () => {
    throw new Error("no");
  });
  const going = held.forget("a");
  await expect(failing).rejects.toThrow("no");
  await going;
  expect(said).toEqual(["open a", "close a"]);
});

test("of too many the one used longest ago goes", async () => {
  const { use, said } = watched(2);
  for (const key of ["a", "b", "a", "c"]) await use(key, nothing);
  await use("a", nothing);
  expect(said).toEqual(["open a", "open b", "open c", "close b"]);
});

test("what could not be opened is tried anew", async () => {
  const { held } = watched(2);
  let tries = 0;
  const use = () =>
    held.use(
      "a",
      async () => {
        if (++tries === 1) throw new Error("not yet");
        return "a";
      },
      async (value) => value,
    );
  await expect(use()).rejects.toThrow("not yet");
  expect(await use()).toBe("a");
});

test("all are closed in the end", async () => {
  const { held, use, said } = watched(2);
  await use("a", nothing);
  await use("b", nothing);
  await held.close();
  expect(said).toEqual(["open a", "open b", "close a", "close b"]);
});
