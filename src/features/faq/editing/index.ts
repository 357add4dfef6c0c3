import { type Feature, inTopic } from '../../../feature.ts'
import type { TellDesk } from '../../../ports/desk.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { KnowledgeEdits } from '../../../ports/knowledge-edits.ts'
import type { Scheduler } from '../../../ports/schedule.ts'
import { type Answerer, createAnswerer } from '../answers.ts'
import { knowledgeCommands } from './chat.ts'
import { createDrafts } from './drafts.ts'
import { editsFromInbox } from './inbox.ts'
import { editingPage } from './pages/page.ts'
import { draftPrivacy } from './privacy.ts'
import { endReminder } from './reminding.ts'
import { openEditingRoom, type RoomParts } from './room.ts'
import { createImporting } from './sheets/importing.ts'
import { openTestBench } from './trials/test-bench.ts'

export { readQuestionSet } from './trials/trial.ts'

type Parts = RoomParts & {
  directory: Directory
  scheduler: Scheduler
  /** The desks that may look after an entry, by name. */
  desks: readonly string[]
  tellDesk: TellDesk
}
export type KnowledgeRoom = {
  feature: Feature
  /** Answers from the base as it stands at each moment. */
  answerer: Answerer
  edits: KnowledgeEdits
  /** A live entry as it is told in chat; undefined for any other id. */
  tellEntry(id: string): string | undefined
}

/**
 * The knowledge as it is looked after: files as the seed, edits over them, a reviewer before anything goes live, and
 * the one finder that chat, try-it box and tests share.
 */
export async function openKnowledge(parts: Parts): Promise<KnowledgeRoom> {
  const { clock, scheduler, desks, tellDesk } = parts
  const room = await openEditingRoom(parts)
  const drafts = createDrafts(room.records, clock)
  const answerer = createAnswerer(room.shelf, room.search)
  const page = editingPage({
    room,
    drafts,
    importing: createImporting(room, clock),
    bench: await openTestBench(room, clock),
    answerer,
    clock,
    desks,
  })
  const reminder = endReminder({ entries: room.entries, records: room.records, scheduler, tellDesk })
  return {
    answerer,
    edits: editsFromInbox(room, drafts),
    tellEntry(id) {
      const entry = room.shelf.entry(id)
      return entry && answerer.tell(entry, clock.now(), 'short')
    },
    feature: {
      name: 'knowledge',
      commands: inTopic('知识', knowledgeCommands({ room, directory: parts.directory })),
      jobs: [reminder],
      personal: draftPrivacy(room.records),
      pages: [page],
      async chores() {
        const waiting = room.changes.list().filter(({ state }) => state === 'waiting').length
        return waiting === 0 ? [] : [{ text: `${waiting} 处知识改动等着审`, path: '/knowledge/changes' }]
      },
    },
  }
}
