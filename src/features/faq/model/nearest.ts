import { withTimeout } from '../../../lib/timeout.ts'
import { type Log, reasonOf } from '../../../log.ts'
import type { Embeddings } from '../../../ports/embeddings.ts'
import type { Store } from '../../../ports/store.ts'
import { withoutIdentifiers } from '../../../text/identifiers.ts'
import type { Situations, Strangers } from '../knowledge/situations.ts'
import type { Entry } from '../records.ts'
import { asChoices } from './picks.ts'
import type { Reword } from './rewording.ts'
import { cosine, packVector, unpackVector, Vector, vectorKey, vectorStore } from './vectors.ts'

/** A text and the entry that it asks for; undefined for what no entry answers. */
type MeantWording = { text: string; entryId: string | undefined }

/** The entries nearest in meaning, best first, and whether they are clearly nearer than what no entry answers. */
type Nearest = { entryIds: string[]; isClear: boolean }

export type MeaningIndex = {
  /** Asks for the vectors that are missing; ends early where the endpoint fails, and goes on at the next call. */
  build(): Promise<void>
  /** @returns undefined while vectors are missing, or where the endpoint does not answer in time; never throws */
  nearest(question: string): Promise<Nearest | undefined>
}

type Parts = {
  embeddings: Embeddings
  store: Store
  log: Log
  /** All wordings; a new list after an edit. */
  wordings(): readonly MeantWording[]
  /** How long a maker waits for a vector. */
  timeoutMs: number
}

const batchSize = 32
const batchTimeoutMs = 20_000
const longestText = 300
const mostNearest = 6
/** Cosines by which the nearest must be ahead of strangers, and which it must have at least. */
const clearlyNearer = 0.05
const leastCosine = 0.5

/** Vectors of all wordings and strangers, kept by what they say, so that an edit or a restart asks for few. */
export function createMeaningIndex({ embeddings, store, log, wordings, timeoutMs }: Parts): MeaningIndex {
  const kept = store.collection(vectorStore, Vector)
  const vectors = new Map<string, Float32Array>()
  let building: Promise<void> | undefined

  async function load(texts: readonly string[]): Promise<void> {
    const known = await Promise.all(texts.map(text => kept.get(vectorKey(embeddings.model, text))))
    texts.forEach((text, at) => {
      if (known[at]) vectors.set(text, unpackVector(known[at]))
    })
    const missing = texts.filter((_, at) => known[at] === undefined)
    if (missing.length === 0) return
    const made = await embed(missing, batchTimeoutMs)
    for (const [at, text] of missing.entries()) {
      const vector = made[at] as Float32Array
      vectors.set(text, vector)
      await kept.update(vectorKey(embeddings.model, text), () => packVector(vector))
    }
  }

  const embed = (texts: readonly string[], limitMs: number) =>
    withTimeout(signal => embeddings.embed(texts, signal), { timeoutMs: limitMs, what: embeddings.model })

  async function buildAll(): Promise<void> {
    const missing = missingTexts()
    try {
      for (let at = 0; at < missing.length; at += batchSize) await load(missing.slice(at, at + batchSize))
      log.info({ vectors: vectors.size }, 'the index of meaning is complete')
    } catch (cause) {
      log.warn({ reason: reasonOf(cause), vectors: vectors.size }, 'the index of meaning is not complete')
    }
  }

  const missingTexts = () => [...new Set(wordings().flatMap(({ text }) => (vectors.has(text) ? [] : [text])))]

  function build(): Promise<void> {
    building ??= buildAll().finally(() => {
      building = undefined
    })
    return building
  }

  async function nearest(question: string): Promise<Nearest | undefined> {
    if (missingTexts().length > 0) {
      void build()
      return undefined
    }
    try {
      const [asked] = await embed([withoutIdentifiers(question).slice(0, longestText)], timeoutMs)
      return (
        asked &&
        nearestOf(wordings().map(({ text, entryId }) => [entryId, cosine(asked, vectors.get(text) ?? asked)]))
      )
    } catch (cause) {
      log.warn({ reason: reasonOf(cause) }, 'no vector: found by characters alone')
      return undefined
    }
  }

  return { build, nearest }
}

function nearestOf(cosines: readonly (readonly [string | undefined, number])[]): Nearest {
  const best = new Map<string | undefined, number>()
  for (const [entryId, value] of cosines) best.set(entryId, Math.max(best.get(entryId) ?? -1, value))
  const ofStrangers = best.get(undefined) ?? -1
  const entries = [...best].flatMap(([id, value]) => (id === undefined ? [] : [{ id, value }]))
  const [first, ...others] = entries.sort((a, b) => b.value - a.value)
  const isClear =
    first !== undefined && first.value >= leastCosine && first.value - ofStrangers >= clearlyNearer
  return {
    entryIds: [...(first ? [first] : []), ...others].slice(0, mostNearest).map(({ id }) => id),
    isClear,
  }
}

/**
 * Candidates by meaning join those by characters; where these found nothing to say, the
 * nearest are offered, never told.
 */
export function offerNearest(
  { nearest }: Pick<MeaningIndex, 'nearest'>,
  entryOf: (id: string) => Entry | undefined,
): Reword {
  return async (question, said) => {
    if (said.likeliest === undefined || (said.kind !== 'none' && said.kind !== 'choices')) return said
    const found = await nearest(question)
    if (!found) return said
    const near = found.entryIds.flatMap(id => entryOf(id) ?? [])
    const likeliest = [...new Set([...near, ...said.likeliest])].slice(0, 12)
    const isOffered = said.kind === 'none' && found.isClear && near.length > 0
    return { ...(isOffered ? asChoices(said, near) : said), likeliest }
  }
}

/** Every wording of the live entries, and of what none answers. */
export function meantWordings(
  entries: readonly Entry[],
  situations: Situations,
  { topics, situations: strange }: Strangers,
): MeantWording[] {
  const live = entries.filter(({ status }) => status === 'live')
  return [
    ...live.flatMap(({ id, question, otherQuestions }) =>
      [question, ...otherQuestions, ...(situations.get(id) ?? [])].map(text => ({ text, entryId: id })),
    ),
    ...[...topics, ...strange].map(text => ({ text, entryId: undefined })),
  ]
}
