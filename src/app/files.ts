import type { Config } from '../config.ts'
import { readDesks } from '../features/desk/index.ts'
import { readQuestionSet } from '../features/faq/editing/index.ts'
import { readKnowledge } from '../features/faq/knowledge/knowledge.ts'
import { readSources, readTopics } from '../features/items/index.ts'
import { readMatching } from '../matching/load.ts'
import type { Scheduler } from '../ports/schedule.ts'
import { readCommunity } from '../sandbox/world-community.ts'
import { hasSandbox } from './lines/plan.ts'
import { isCron } from './settings.ts'

const knowledgeFolder = 'data'

export type DataFiles = ReturnType<typeof readDataFiles>

/**
 * Reads and checks the files of `data/`.
 * @throws an error named …Fault that names file and line.
 */
export function readDataFiles(config: Config, scheduler: Scheduler) {
  return {
    knowledge: readKnowledge(knowledgeFolder),
    faqQuestions: readQuestionSet('data/faq-questions.yaml'),
    matchingRules: readMatching(knowledgeFolder).rules,
    desks: readDesks('data/desks.yaml').desks,
    sources: readSources(config.SOURCES_FILE, cron => isCron(scheduler, cron)),
    topics: readTopics('data/topics.yaml'),
    itemsFile: 'data/digest/items.yaml',
    simulatedCommunity: hasSandbox(config) ? readCommunity('data/community.yaml') : undefined,
  }
}
