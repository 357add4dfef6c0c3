import { createOpenAi, createOpenAiEmbeddings } from '../adapters/openai.ts'
import type { Config } from '../config.ts'
import { ownSentences, writeLines } from '../features/digest/index.ts'
import type { Answerer } from '../features/faq/answers.ts'
import type { KnowledgeFiles } from '../features/faq/knowledge/knowledge.ts'
import { createMeaning, type Meaning } from '../features/faq/model/meaning.ts'
import { pickWith, settleWith } from '../features/faq/model/picking.ts'
import { rephrase } from '../features/faq/model/rephrase.ts'
import { bothOf, type Reword, rewordWith, verbatim } from '../features/faq/model/rewording.ts'
import { checkDeadlineWith, unchecked } from '../features/items/index.ts'
import { withLimits } from '../language-limits.ts'
import type { Log } from '../log.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { Clock } from '../ports/clock.ts'
import type { LanguageModel } from '../ports/language.ts'
import type { Store } from '../ports/store.ts'
import { loadPrompt } from '../prompts.ts'
import { namesIn } from './knowledge-words.ts'

/** Nobody waits for a digest that is composed a day before. */
const digestPatienceMs = 20_000

/** A question is answered in about a second; what vectors add is not worth more of it. */
const vectorPatienceMs = 800

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

/** Compares questions by meaning, where a model for vectors is named. */
export function meaningOf(
  config: Config,
  { withoutNames, ...parts }: Pick<LimitParts, 'store' | 'clock' | 'log'> & { withoutNames: WithoutNames },
): Meaning | undefined {
  if (!config.OPENAI_API_KEY || !config.OPENAI_EMBEDDING_MODEL) return undefined
  const embeddings = createOpenAiEmbeddings({
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    model: config.OPENAI_EMBEDDING_MODEL,
  })
  const meaning = createMeaning({ embeddings, patienceMs: vectorPatienceMs, ...parts })
  return async (question, wordings) => meaning(await withoutNames(question), wordings)
}

type ModelParts = Pick<LimitParts, 'clock' | 'log'>

/** A model's pick where the finder is unsure, and its wording of answers, where there is one; else the entries' own words. */
export function rewordingOf(
  config: Config,
  knowledge: KnowledgeFiles,
  model: LanguageModel | undefined,
  { withoutNames, tell, ...parts }: ModelParts & { withoutNames: WithoutNames; tell: Answerer['tell'] },
): Reword {
  if (!model) return verbatim
  const prompt = loadPrompt('prompts/faq-answer.md')
  const patienceMs = config.FAQ_MODEL_PATIENCE_MS
  const rephrased = rephrase({ model, prompt, names: namesIn(knowledge), patienceMs, ...parts })
  const pick = pickWith({
    model,
    prompt: loadPrompt('prompts/faq-pick.md'),
    timeoutMs: patienceMs,
    log: parts.log,
  })
  return bothOf(
    settleWith(async (question, entries) => pick(await withoutNames(question), entries), tell),
    rewordWith(async (question, found, signal) => rephrased(await withoutNames(question), found, signal)),
  )
}

/** A model that doubts deadlines, where there is one. */
export function deadlineCheckOf(model: LanguageModel | undefined, parts: ModelParts) {
  if (!model) return unchecked
  const prompt = loadPrompt('prompts/notice-deadline.md')
  return checkDeadlineWith({ model, prompt, timeoutMs: digestPatienceMs, ...parts })
}

/** A model's lines for the items of a digest, where there is one; else the items' own sentences. */
export function lineWriterOf(knowledge: KnowledgeFiles, model: LanguageModel | undefined, parts: ModelParts) {
  if (!model) return ownSentences
  const prompt = loadPrompt('prompts/digest-item.md')
  return writeLines({ model, prompt, names: namesIn(knowledge), timeoutMs: digestPatienceMs, ...parts })
}
