import { readFile } from "node:fs/promises";
import type { FastifyInstance } from "fastify";
import { languageOf } from "../../http/error-answers.ts";
import type { Registry } from "../models/registry.ts";
import { describeModel } from "../page/describe.ts";
import { serverPage } from "../page/page.ts";
import { serverPageStyle } from "../page/style.ts";
import { answers, documented } from "./documents.ts";

interface Named {
  readonly Params: { readonly model?: string };
}

/** What runs in a browser, each a file of the build. */
const scripts = ["script", "asking", "elements", "inputs", "results", "pictures", "curves"];

/** A page for people, in the language of their browser or of `?lang=`, and what it asks of a model. */
export async function addPageRoutes(
  app: FastifyInstance,
  registry: Registry,
  { tokens }: { readonly tokens: boolean },
): Promise<void> {
  const hidden = { schema: { hide: true }, helmet: {} };
  app.get<{ Querystring: { lang?: string } }>("/", hidden, async (request, reply) => {
    const { lang } = request.query;
    const language = lang === "es" || lang === "en" ? lang : languageOf(request);
    const page = serverPage(registry.names, { language, tokens });
    return reply.type("text/html; charset=utf-8").send(page);
  });
  for (const name of scripts) {
    const script = await readFile(new URL(`../page/${name}.js`, import.meta.url), "utf8");
    app.get(`/page/${name}.js`, hidden, async (_request, reply) =>
      reply.type("text/javascript; charset=utf-8").send(script),
    );
  }
  app.get("/page.css", hidden, async (_request, reply) =>
    reply.type("text/css; charset=utf-8").send(serverPageStyle),
  );
  const schema = documented({
    ...{ tag: "score", summary: "What the rows of a model look like", answer: answers.description },
  });
  for (const url of ["/score", "/score/:model"])
    app.get<Named>(url, { config: { scope: "infer" }, schema }, async ({ params: { model } }) =>
      describeModel(registry.get(model)),
    );
}
