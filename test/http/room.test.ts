import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Room } from "../../src/http/room.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A room in which bodies of these sizes came, and what each heard: its name, with "!" where it was refused. */
function roomOf(bytes: number) {
  const room = new Room(bytes);
  const heard: string[] = [];
  const enter = (name: string, size: number) =>
    room.enter(size, (error) => {
      heard.push(error ? `${name}!` : name);
    });
  return { room, heard, enter };
}

describe("a room for bodies", () => {
  test("who comes when it is full waits, and all are let in as they came", () => {
    const { room, heard, enter } = roomOf(100);
    const first = enter("a", 60);
    const second = enter("b", 60);
    enter("c", 40);
    expect(heard).toEqual(["a"]);
    first.leave();
    expect(heard).toEqual(["a", "b", "c"]);
    expect(room.taken).toBe(100);
    second.leave();
    second.leave();
    expect(room.taken).toBe(40);
  });

  test("one that is greater than the room is let in alone", () => {
    const { heard, enter } = roomOf(100);
    const great = enter("great", 500);
    enter("small", 1);
    expect(heard).toEqual(["great"]);
    great.leave();
    expect(heard).toEqual(["great", "small"]);
  });

  test("what a body does not need is given to others once that is known", () => {
    const { room, heard, enter } = roomOf(100);
    const packed = enter("packed", 100);
    enter("b", 90);
    packed.settle(10);
    expect(heard).toEqual(["packed", "b"]);
    expect(room.taken).toBe(100);
    packed.leave();
    packed.settle(10);
    expect(room.taken).toBe(90);
  });

  test("who leaves while waiting is not let in", () => {
    const { room, heard, enter } = roomOf(100);
    const first = enter("a", 100);
    enter("b", 100).leave();
    first.leave();
    expect(heard).toEqual(["a"]);
    expect(room.taken).toBe(0);
  });

  test("a body that is slow to come gives its room to others, and counts again when it is there", () => {
    const { room, heard, enter } = roomOf(100);
    const slow = enter("slow", 100);
    enter("b", 80);
    vi.advanceTimersByTime(1900);
    expect(heard).toEqual(["slow"]);
    vi.advanceTimersByTime(200);
    expect(heard).toEqual(["slow", "b"]);
    slow.settle(100);
    expect(room.taken).toBe(180);
    enter("c", 10);
    expect(heard).toEqual(["slow", "b"]);
  });

  test("who waits too long is refused", () => {
    const { heard, enter } = roomOf(100);
    enter("a", 100).settle(100);
    enter("b", 10);
    vi.advanceTimersByTime(11_000);
    expect(heard).toEqual(["a", "b!"]);
  });
});
