import type { Config } from '../../config.ts'
import { readDesks } from '../../features/desk/index.ts'
import { indexKnowledge, readQuestionSet } from '../../features/faq/editing/index.ts'
import { readKnowledge } from '../../features/faq/knowledge/knowledge.ts'
import { readSources, readTopics } from '../../features/items/index.ts'
import { type Folders, fileIn } from '../../lib/layered-files.ts'
import { readMatching } from '../../matching/load.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import { readCommunity } from '../../sandbox/world/community.ts'
import { hasSandbox } from '../lines/plan/plan.ts'
import { isCron } from './settings.ts'

const sharedFolder = 'data'

/** The files that a start reads before its store. The index is in it where it was made ahead, and serves one start. */
export type DataFiles = ReturnType<typeof readDataFiles> & {
  index?: Awaited<ReturnType<typeof indexKnowledge>>
}

/**
 * Reads and indexes the files of `data/`, so that a stand-by that takes over has only records to read.
 * @throws as {@link readDataFiles} does
 */
export async function prepareDataFiles(config: Config, scheduler: Scheduler): Promise<DataFiles> {
  const files = readDataFiles(config, scheduler)
  return { ...files, index: await indexKnowledge(files.knowledge) }
}

/**
 * Reads and checks the files of `data/`.
 * @throws an error named …Fault that names file and line.
 */
export function readDataFiles(config: Config, scheduler: Scheduler) {
  const folders = dataFoldersOf(config)
  const file = (name: string) => fileIn(folders, name)
  return {
    knowledge: readKnowledge(folders),
    faqQuestions: readQuestionSet(file('faq-questions.yaml')),
    matchingRules: readMatching(folders).rules,
    desks: readDesks(file('desks.yaml')).desks,
    sources: readSources(config.SOURCES_FILE || file('sources.yaml'), cron => isCron(scheduler, cron)),
    topics: readTopics(file('topics.yaml')),
    itemsFile: file('digest/items.yaml'),
    simulatedCommunity: hasSandbox(config) ? readCommunity(file('community.yaml')) : undefined,
  }
}

/** A district's own files stand before those that all share. */
export function dataFoldersOf({ DATA_DIR }: Pick<Config, 'DATA_DIR'>): Folders {
  return DATA_DIR === '' || DATA_DIR === sharedFolder ? sharedFolder : [DATA_DIR, sharedFolder]
}
