import { createAnswerer } from '../src/features/faq/answers.ts'
import { keepingAnswers } from '../src/features/faq/kept-answers.ts'
import { loadKnowledge } from '../src/features/faq/knowledge/knowledge.ts'
import { finderOver, liveEntriesOf } from '../src/features/faq/live-entries.ts'
import { createSearch } from '../src/features/faq/search.ts'

/** The knowledge of `data/`, read and indexed once for all test files of a worker; not to be changed. */
export const knowledge = loadKnowledge('data')
export const finder = finderOver(knowledge)
export const answerer = keepingAnswers(
  createAnswerer(liveEntriesOf(knowledge), createSearch(finder, undefined)),
  () => '',
)
