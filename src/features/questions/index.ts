import type { Feature } from '../../feature.ts'
import { cronDue } from '../../jobs.ts'
import type { AskedLog } from '../../ports/asked.ts'
import type { LastAsked, NoteAsked } from '../../ports/desk.ts'
import type { KnowledgeEdits } from '../../ports/knowledge-edits.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import { createQuestionLog, type LogParts } from './log.ts'
import { groupsInNeed, questionsPage } from './page.ts'
import { questionPrivacy } from './privacy.ts'
import { openQuestionRecords } from './records.ts'
import { byMonth } from './rules.ts'

type Parts = LogParts & {
  scheduler: Scheduler
  /** How long a question is kept, in days. */
  keepDays: number
  edits: KnowledgeEdits
  /** What a programme is called, by id. */
  nameOfProgramme(id: string): string
}
export type Questions = {
  feature: Feature
  noteAsked: NoteAsked
  lastAsked: LastAsked
  kept: AskedLog
}

/** At night, when few ask. */
const forgetAt = '20 3 * * *'

/** The log of questions: what was asked, how it was met, whether it helped; and the inbox of what was not answered. */
export function questions(parts: Parts): Questions {
  const { scheduler, keepDays, clock } = parts
  const log = createQuestionLog(parts)
  return {
    noteAsked: log.noteAsked,
    lastAsked: log.lastAsked,
    kept: {
      between: log.between,
      async byMonth() {
        const kept = await log.since(clock.now().subtract({ hours: 24 * keepDays }))
        return byMonth(kept.map(({ value }) => value))
      },
    },
    feature: {
      name: 'questions',
      stop: log.settle,
      listen: log.hear,
      awaits: log.awaits,
      sweeps: [{ name: 'questions-settling', everySeconds: 2, run: log.settle }],
      jobs: [
        {
          name: 'question-retention',
          title: '',
          shelfLifeMinutes: 24 * 60,
          due: cronDue(scheduler, forgetAt),
          run: () => log.forgetBefore(clock.now().subtract({ hours: 24 * keepDays })),
        },
      ],
      personal: questionPrivacy({ records: openQuestionRecords(parts.store), log }),
      pages: [questionsPage({ ...parts, log })],
      async chores() {
        const inNeed = (await groupsInNeed({ log, clock })).length
        return inNeed === 0 ? [] : [{ text: `${inNeed} 个问题没答好，等人处理`, path: '/questions/inbox' }]
      },
    },
  }
}
