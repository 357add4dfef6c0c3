import type { z } from 'zod'

/** A prompt as it stands in its file: what the model is told, and how it is to be run. */
export type Prompt = {
  /** The file's name without `.md`. */
  name: string
  /** Raised with every change of wording, so that a log line says which one spoke. */
  version: number
  /** 0 to 2; near 0 for what must stay with its source. */
  temperature: number
  /** The most tokens that an answer may have. */
  maxTokens: number
  /** Which form the answer fills in; the feature that owns the form checks the name. */
  schema: string
  text: string
}

/** A form to be filled in: whatever people wrote is in `input`, as data, and never in the prompt. */
export type Form<T> = { prompt: Prompt; input: unknown; schema: z.ZodType<T> }

/** A form filled in, and what it cost. */
export type Filled<T> = { value: T; tokens: number }

/** A language model that fills in forms. It may be missing, slow, wrong or lying: its words are checked. */
export type LanguageModel = {
  /** @throws when there is no answer of that schema before `signal` aborts. */
  complete<T>(form: Form<T>, signal: AbortSignal): Promise<Filled<T>>
}

/** Why there is no answer, in English for the log; it never holds what the other side sent. */
export class LanguageFault extends Error {
  override name = 'LanguageFault'
}
