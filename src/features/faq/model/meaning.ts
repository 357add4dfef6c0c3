import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Log, reasonOf } from '../../../log.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Embeddings } from '../../../ports/embeddings.ts'
import type { Store } from '../../../ports/store.ts'
import { withoutIdentifiers } from '../../../text/identifiers.ts'

/** A vector of one wording, 32-bit floats; key `first two digits/hash of model and wording`. */
const Vector = z.object({ base64: z.base64() })

/**
 * How near a question is to each wording in meaning, as cosines from -1 to 1, in their order.
 * @returns undefined where that cannot be told in time; it never throws
 */
export type Meaning = (question: string, wordings: readonly string[]) => Promise<number[] | undefined>

/** A question is a line; what is longer is cut before it is sent. */
const longestText = 300
/** After so many failures in a row the endpoint is left alone for so long. */
const failuresToPause = 3
const pauseSeconds = 60

type Parts = {
  embeddings: Embeddings
  store: Store
  /** How long a maker waits for it. */
  patienceMs: number
  clock: Clock
  log: Log
}

/** Compares by vectors. Those of wordings are kept by what they say, so that each is asked for once. */
export function createMeaning({ embeddings, store, patienceMs, clock, log }: Parts): Meaning {
  const kept = store.collection('faq-vectors', Vector)
  let failures = 0
  let pausedUntilMs = 0

  const keyOf = (text: string) => {
    const hash = createHash('sha256').update(`${embeddings.model}\n${text}`).digest('hex').slice(0, 32)
    return `${hash.slice(0, 2)}/${hash}`
  }

  async function vectorsOf(question: string, wordings: readonly string[]): Promise<Float32Array[]> {
    const known = await Promise.all(wordings.map(wording => kept.get(keyOf(wording))))
    const missing = wordings.filter((_, at) => known[at] === undefined)
    const [asked, ...fresh] = await embedInTime([question, ...missing])
    const found = new Map(missing.map((wording, at) => [wording, fresh[at] as Float32Array]))
    await Promise.all(
      [...found].map(([wording, vector]) => kept.update(keyOf(wording), () => packed(vector))),
    )
    const all = wordings.map((wording, at) => found.get(wording) ?? unpacked(known[at]))
    return [asked as Float32Array, ...all]
  }

  async function embedInTime(texts: readonly string[]): Promise<Float32Array[]> {
    const over = new AbortController()
    const patience = clock.sleep(patienceMs, over.signal).then(() => over.abort())
    try {
      return await embeddings.embed(texts, over.signal)
    } finally {
      over.abort()
      await patience
    }
  }

  return async (question, wordings) => {
    if (failures >= failuresToPause && clock.now().epochMilliseconds < pausedUntilMs) return undefined
    try {
      const [asked, ...others] = await vectorsOf(withoutIdentifiers(question).slice(0, longestText), wordings)
      failures = 0
      return others.map(other => cosine(asked as Float32Array, other))
    } catch (cause) {
      failures += 1
      pausedUntilMs = clock.now().epochMilliseconds + pauseSeconds * 1000
      log.warn({ reason: reasonOf(cause) }, 'no vectors: found by characters alone')
      return undefined
    }
  }
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] ?? 0]
    dot += x * y
    aa += x * x
    bb += y * y
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0
}

const packed = (vector: Float32Array) => ({ base64: Buffer.from(vector.buffer).toString('base64') })

function unpacked(record: z.infer<typeof Vector> | undefined): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(record?.base64 ?? '', 'base64'))
  return new Float32Array(bytes.buffer)
}
