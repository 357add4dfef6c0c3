import type OpenAI from 'openai'
import { z } from 'zod'
import { untilAborted } from '../lib/timeout.ts'
import type { Embeddings } from '../ports/embeddings.ts'
import { type Filled, type Form, LanguageFault, type LanguageModel } from '../ports/language.ts'
import { onlyObjectIn } from './json-answer.ts'

/** The package's default of ten minutes is too long for a chat. */
const timeoutMs = 15_000
const maxRetries = 1
/** An answer is a few hundred characters, eleven vectors are half of this; a body beyond it is not read to its end. */
const largestBodyBytes = 1024 * 1024

type Settings = {
  apiKey: string
  /** Base URL of any endpoint that speaks Chat Completions, `https://api.deepseek.com/v1`. */
  baseUrl: string
  model: string
}

/** The other side is not trusted even in the shape of its answer. */
const Vectors = z.object({
  data: z.array(z.object({ index: z.number().int().min(0), embedding: z.array(z.number()).min(1) })).min(1),
})
const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
  usage: z.object({ total_tokens: z.number().int().min(0) }).nullish(),
})

/**
 * Any OpenAI-compatible endpoint. What it answers is read as one JSON object and checked against the form; what
 * goes wrong becomes a {@link LanguageFault} without the cause, since an endpoint may send our key back to us.
 */
export function createOpenAi({ apiKey, baseUrl, model }: Settings): LanguageModel {
  const opening = openClient(apiKey, baseUrl)

  async function ask<T>({ prompt, input, schema }: Form<T>, signal: AbortSignal): Promise<Filled<T>> {
    const messages = [
      { role: 'system' as const, content: prompt.text },
      { role: 'user' as const, content: JSON.stringify(input) },
    ]
    const { temperature, maxTokens } = prompt
    const client = await opening
    const answer = await client.chat.completions.create(
      { model, messages, temperature, max_tokens: maxTokens, stream: false },
      { signal },
    )
    const { choices, usage } = checked(Completion, answer)
    const content = choices[0]?.message.content ?? ''
    if (content.includes(apiKey)) throw new LanguageFault('the answer holds the key')
    return { value: checked(schema, onlyObjectIn(content)), tokens: usage?.total_tokens ?? content.length }
  }

  return { complete: (form, signal) => inTime(() => ask(form, signal), signal) }
}

/** The `/embeddings` of any such endpoint; what goes wrong becomes a {@link LanguageFault}, as above. */
export function createOpenAiEmbeddings({ apiKey, baseUrl, model }: Settings): Embeddings {
  const opening = openClient(apiKey, baseUrl)

  async function ask(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const client = await opening
    // Floats, since not every endpoint knows the packed form that the package asks for by itself.
    const answer = await client.embeddings.create(
      { model, input: [...texts], encoding_format: 'float' },
      { signal },
    )
    const { data } = checked(Vectors, answer)
    const vectors = texts.map((_, at) => data.find(({ index }) => index === at)?.embedding)
    const length = vectors[0]?.length
    return vectors.map(vector => {
      if (vector === undefined || vector.length !== length)
        throw new LanguageFault('not a vector for each text')
      return Float32Array.from(vector)
    })
  }

  return { model, embed: (texts, signal) => inTime(() => ask(texts, signal), signal) }
}

/** Loads the package, which is large, only where there is a model. */
async function openClient(apiKey: string, baseUrl: string): Promise<OpenAI> {
  const { OpenAI } = await import('openai')
  return new OpenAI({
    apiKey,
    baseURL: baseUrl,
    timeout: timeoutMs,
    maxRetries,
    fetch: fetchSmall,
    // Else the package reads these from the environment by itself.
    organization: null,
    project: null,
    logLevel: 'off',
  })
}

async function inTime<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    // The package waits before it tries again, and the signal does not end that wait.
    return await untilAborted(ask(), signal)
  } catch (cause) {
    throw cause instanceof LanguageFault ? cause : new LanguageFault(whatHappened(cause, signal))
  }
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const fields = result.error.issues.map(issue => issue.path.join('.') || 'the whole')
  throw new LanguageFault(`not the form asked for: ${fields.join(', ')}`)
}

function whatHappened(cause: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'given up waiting'
  const status = cause instanceof Error && 'status' in cause ? cause.status : undefined
  return typeof status !== 'number' ? 'no answer' : `answered ${status}`
}

/** Reads a body whole, so that the time limit covers it, and follows no redirect: the key stays where it was sent. */
async function fetchSmall(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'error' })
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > largestBodyBytes) throw new LanguageFault('an answer without end')
    parts.push(part)
  }
  return new Response(size === 0 ? null : Buffer.concat(parts), {
    status: response.status,
    headers: response.headers,
  })
}
