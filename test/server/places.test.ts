import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Places } from "../../src/server/places.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const busy = expect.objectContaining({ code: "server_busy" });

test("who finds no place is refused until one is left", () => {
  const places = new Places(2);
  const [first, second] = [places.take(), places.take()];
  expect(() => places.take()).toThrow(busy);
  first.keep();
  first.leave();
  first.leave();
  expect(places.taken).toBe(1);
  second.keep();
  places.take();
  expect(() => places.take()).toThrow(busy);
});

test("a body that does not come loses its place, and finds another one or none when it does", () => {
  const places = new Places(1);
  const slow = places.take();
  vi.advanceTimersByTime(10_000);
  expect(places.taken).toBe(0);
  slow.keep();
  expect(places.taken).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(places.taken).toBe(1);
  slow.leave();
  const late = places.take();
  vi.advanceTimersByTime(10_000);
  places.take();
  expect(() => late.keep()).toThrow(busy);
  late.leave();
  expect(places.taken).toBe(1);
});
