import { createOpenAi, createOpenAiEmbeddings } from '../../adapters/openai.ts'
import type { Config } from '../../config.ts'
import { ownSentences, writeLines } from '../../features/digest/index.ts'
import type { Answerer } from '../../features/faq/answers.ts'
import type { KnowledgeFiles } from '../../features/faq/knowledge/knowledge.ts'
import { createMeaning, type Meaning } from '../../features/faq/model/meaning.ts'
import {
  createMeaningIndex,
  type MeaningIndex,
  meantWordings,
  offerNearest,
} from '../../features/faq/model/nearest.ts'
import { pickWith, settleWith } from '../../features/faq/model/picks.ts'
import { rephrase } from '../../features/faq/model/rephrase.ts'
import { inSequence, type Reword, rewordWith } from '../../features/faq/model/rewording.ts'
import type { Entry } from '../../features/faq/records.ts'
import { checkDeadlineWith, unchecked } from '../../features/items/index.ts'
import { withLimits } from '../../language-limits.ts'
import type { Log } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clauses } from '../../ports/clauses.ts'
import type { Clock } from '../../ports/clock.ts'
import type { LanguageModel } from '../../ports/language.ts'
import type { Store } from '../../ports/store.ts'
import { loadPrompt } from '../../prompts.ts'
import { programmeNamesById } from './knowledge-words.ts'

/** A digest is composed a day ahead, so the model may take long. */
const digestTimeoutMs = 20_000

/** A question is answered in about a second; what vectors add is not worth more of it. */
const vectorTimeoutMs = 800

type LimitParts = { store: Store; clock: Clock; log: Log; alarms: Alarms }

/** A language model where there is a key, under its daily limits. */
export function modelOf(config: Config, parts: LimitParts): LanguageModel | undefined {
  if (!config.OPENAI_API_KEY) return undefined
  const endpoint = createOpenAi({
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    model: config.OPENAI_MODEL,
  })
  return withLimits(endpoint, {
    ...parts,
    callsPerDay: config.MODEL_CALLS_PER_DAY,
    tokensPerDay: config.MODEL_TOKENS_PER_DAY,
  })
}

/** Takes the names of our people out of a question. */
type WithoutNames = (question: string) => Promise<string>

type AskingParts = Pick<LimitParts, 'store' | 'clock' | 'log'> & { withoutNames: WithoutNames }

/** Vectors, where a model for them is named. */
function embeddingsOf(config: Config) {
  if (!config.OPENAI_API_KEY || !config.OPENAI_EMBEDDING_MODEL) return undefined
  return createOpenAiEmbeddings({
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    model: config.OPENAI_EMBEDDING_MODEL,
  })
}

/** Compares questions by meaning, where a model for vectors is named. */
export function meaningOf(config: Config, { withoutNames, ...parts }: AskingParts): Meaning | undefined {
  const embeddings = embeddingsOf(config)
  if (!embeddings) return undefined
  const meaning = createMeaning({ embeddings, timeoutMs: vectorTimeoutMs, ...parts })
  return async (question, wordings) => meaning(await withoutNames(question), wordings)
}

/**
 * Finds entries by meaning among all that makers say, where a model for vectors is
 * named; begins to build its index.
 */
function meaningIndexOf(
  config: Config,
  { withoutNames, store, log }: AskingParts,
  {
    entries,
    situations,
    strangers,
  }: Pick<KnowledgeFiles, 'situations' | 'strangers'> & { entries(): readonly Entry[] },
): Pick<MeaningIndex, 'nearest'> | undefined {
  const embeddings = embeddingsOf(config)
  if (!embeddings) return undefined
  const wordings = () => meantWordings(entries(), situations, strangers)
  const index = createMeaningIndex({ embeddings, store, log, wordings, timeoutMs: vectorTimeoutMs })
  void index.build()
  return { nearest: async question => index.nearest(await withoutNames(question)) }
}

type ModelParts = Pick<LimitParts, 'clock' | 'log'>

type RewordingParts = AskingParts & {
  knowledge: KnowledgeFiles
  answerer: Answerer
  entries(): readonly Entry[]
  entry(id: string): Entry | undefined
  clauses: Clauses
}

/** The parts that configured endpoints add to an answer: entries near in meaning, a model's pick, its wording. */
export function rewordingOf(config: Config, model: LanguageModel | undefined, parts: RewordingParts): Reword {
  const { knowledge, entries, entry } = parts
  const index = meaningIndexOf(config, parts, { ...knowledge, entries })
  const byMeaning = index ? [offerNearest(index, entry)] : []
  return inSequence([...byMeaning, ...(model ? byModel(config, model, parts) : [])])
}

function byModel(
  config: Config,
  model: LanguageModel,
  { knowledge, withoutNames, answerer, clauses, clock, log }: RewordingParts,
): Reword[] {
  const timeoutMs = config.FAQ_MODEL_PATIENCE_MS
  const pick = pickWith({ model, prompt: loadPrompt('prompts/faq-pick.md'), timeoutMs, log })
  const rephrased = rephrase({
    model,
    prompt: loadPrompt('prompts/faq-answer.md'),
    names: programmeNamesById(knowledge),
    timeoutMs,
    clock,
    log,
  })
  return [
    settleWith(async (question, list) => pick(await withoutNames(question), list), answerer.tell),
    rewordWith(
      async (question, found, signal) => rephrased(await withoutNames(question), found, signal),
      clauses,
    ),
  ]
}

/** A second reader of deadlines, where a language model is configured. */
export function deadlineCheckOf(model: LanguageModel | undefined, { log }: ModelParts) {
  if (!model) return unchecked
  const prompt = loadPrompt('prompts/notice-deadline.md')
  return checkDeadlineWith({ model, prompt, timeoutMs: digestTimeoutMs, log })
}

/** A model's lines for the items of a digest, where there is one; else the items' own sentences. */
export function lineWriterOf(
  knowledge: KnowledgeFiles,
  model: LanguageModel | undefined,
  { log }: ModelParts,
) {
  if (!model) return ownSentences
  const prompt = loadPrompt('prompts/digest-item.md')
  return writeLines({ model, prompt, names: programmeNamesById(knowledge), timeoutMs: digestTimeoutMs, log })
}
