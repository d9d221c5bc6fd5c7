import fastify from "fastify";
import { expect, test } from "vitest";
import { answerErrors, frameworkErrors } from "../../src/http/error-answers.ts";

const json = { "content-type": "application/json" };
test.each([
  ["a body that is too large", "/", "x".repeat(200), json, 413, "request_large", / 100 bytes/],
  ["another length", "/", "{}", { ...json, "content-length": "9" }, 400, "request_cut", /./],
  [
    "a type that is none",
    "/",
    "x",
    { "content-type": "nonsense/" },
    415,
    "request_type",
    /nonsense/,
  ],
  ["no JSON", "/", "{", json, 400, "request_invalid", /FST_ERR_CTP_INVALID_JSON_BODY/],
  ["no address", "/%", "{}", json, 404, "route_unknown", /\/%/],
])(
  "what Fastify says of %s is told in the words of the catalogue",
  async (_, url, payload, headers, status, code, message) => {
    const app = fastify({ bodyLimit: 100, ...frameworkErrors });
    answerErrors(app);
    app.post("/", async () => "taken");
    const answer = await app.inject({ method: "POST", url, payload, headers });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.json().message).toMatch(message);
    await app.close();
  },
);
