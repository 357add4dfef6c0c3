import { createPictures } from '../../adapters/pictures.ts'
import type { Config } from '../../config.ts'
import { current } from '../../features/current/index.ts'
import { digest } from '../../features/digest/index.ts'
import type { DocumentsFeature } from '../../features/documents/index.ts'
import type { Items } from '../../ports/items.ts'
import type { DataFiles } from '../files/files.ts'
import { programmeNames, programmesIn, usualWindows } from '../files/knowledge-words.ts'
import { lineWriterOf } from '../files/models.ts'
import type { ChatLines } from '../lines/index.ts'
import type { Platform } from '../platform/platform.ts'
import { type Answers, isOnePerson, type OnPeople } from './answers.ts'

type Parts = { config: Config; platform: Platform; lines: ChatLines; files: DataFiles }

/** Digests, and what is current between them. */
export function openPushes(
  parts: Parts,
  {
    people,
    shared,
    answers,
    items,
    documents,
  }: OnPeople & { answers: Answers; items: Items; documents: DocumentsFeature },
) {
  const { knowledge } = parts.files
  const pushes = digest({
    ...shared,
    directory: people.directory,
    cron: parts.config.DIGEST_CRON,
    maxLateMinutes: parts.config.DIGEST_SHELF_LIFE_MINUTES,
    groups: people.groups.cards,
    items,
    pictures: createPictures(),
    writeLines: lineWriterOf(knowledge, answers.model, parts.platform),
    asked: answers.asked.kept,
    clauses: documents.clauses,
    lines: parts.lines.router,
    groupTasks: parts.lines.groupTasks.port,
    sendBackAttached: documents.sendBackAttached,
    mayAuthorApprove: isOnePerson(parts),
  })
  return {
    ...pushes,
    current: current({
      items,
      sent: pushes.sent,
      programmesIn: programmesIn(knowledge),
      nameOfProgramme: programmeNames(knowledge),
      usualWindows: usualWindows(knowledge),
      clock: parts.platform.clock,
    }),
  }
}
