import type { z } from 'zod'

/** A language model that fills in a form. It may be missing, slow, wrong or lying: its words are checked. */
export type LanguageModel = {
  /** @throws when there is no answer of that schema before `signal` aborts. */
  complete<T>(prompt: string, input: unknown, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>
}
