import { withTimeout } from '../../../lib/timeout.ts'
import { type Log, reasonOf } from '../../../log.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Embeddings } from '../../../ports/embeddings.ts'
import type { Store } from '../../../ports/store.ts'
import { withoutIdentifiers } from '../../../text/identifiers.ts'
import { cosine, packVector, unpackVector, Vector, vectorKey, vectorStore } from './vectors.ts'

/**
 * How near a question is to each wording in meaning, as cosines from -1 to 1, in their order.
 * @returns undefined where that cannot be told in time; it never throws
 */
export type Meaning = (question: string, wordings: readonly string[]) => Promise<number[] | undefined>

/** A question is a line; what is longer is cut before it is sent. */
const longestText = 300
/** Number of failures in a row after which the endpoint is not asked, and for how long. */
const failuresToPause = 3
const pauseSeconds = 60

type Parts = {
  embeddings: Embeddings
  store: Store
  /** How long a maker waits for it. */
  timeoutMs: number
  clock: Clock
  log: Log
}

/** Compares by vectors. Those of wordings are kept by what they say, so that each is asked for once. */
export function createMeaning({ embeddings, store, timeoutMs, clock, log }: Parts): Meaning {
  const kept = store.collection(vectorStore, Vector)
  let failures = 0
  let pausedUntilMs = 0

  const keyOf = (text: string) => vectorKey(embeddings.model, text)

  async function vectorsOf(question: string, wordings: readonly string[]): Promise<Float32Array[]> {
    const known = await Promise.all(wordings.map(wording => kept.get(keyOf(wording))))
    const missing = wordings.filter((_, at) => known[at] === undefined)
    const [asked, ...fresh] = await embedInTime([question, ...missing])
    const found = new Map(missing.map((wording, at) => [wording, fresh[at] as Float32Array]))
    await Promise.all(
      [...found].map(([wording, vector]) => kept.update(keyOf(wording), () => packVector(vector))),
    )
    const all = wordings.map((wording, at) => found.get(wording) ?? unpackVector(known[at]))
    return [asked as Float32Array, ...all]
  }

  const embedInTime = (texts: readonly string[]): Promise<Float32Array[]> =>
    withTimeout(signal => embeddings.embed(texts, signal), {
      ...{ timeoutMs, what: 'asking for vectors' },
      sleep: clock.sleep,
    })

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
