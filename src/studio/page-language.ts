import type { FastifyRequest } from "fastify";
import { languageOf } from "../http/error-answers.ts";
import type { Language } from "../language.ts";

/** The language of a page: what its address says, for what is saved from it, else what its requests say. */
export function languageIn(request: FastifyRequest): Language {
  const { language } = request.query as { language?: string };
  return language === "es" || language === "en" ? language : languageOf(request);
}
