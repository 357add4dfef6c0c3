import type { Feature } from '../../feature.ts'
import { cronDue } from '../../jobs.ts'
import type { AskedLog, AskedTally } from '../../ports/asked.ts'
import type { LastAsked, NoteAsked } from '../../ports/desk.ts'
import type { KnowledgeEdits } from '../../ports/knowledge-edits.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import { inShanghai } from '../../text/dates/time.ts'
import { groupsInNeed, questionsPage } from './console/page.ts'
import { createQuestionLog, type LogParts } from './log/log.ts'
import { openQuestionRecords } from './log/records.ts'
import { byMonth } from './log/rules.ts'
import { questionPrivacy } from './privacy.ts'

type Parts = LogParts & {
  scheduler: Scheduler
  /** How long a question is kept, in days. */
  keepDays: number
  edits: KnowledgeEdits
  /** Name of a programme by id. */
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
  const kept: AskedLog = {
    between: log.between,
    async byMonth() {
      const found = await log.since(clock.now().subtract({ hours: 24 * keepDays }))
      return byMonth(found.map(({ value }) => value))
    },
  }
  return {
    noteAsked: log.noteAsked,
    lastAsked: log.lastAsked,
    kept,
    feature: {
      name: 'questions',
      stop: log.settle,
      listen: log.listen,
      awaits: log.awaits,
      sweeps: [{ name: 'questions-settling', everySeconds: 2, run: log.settle }],
      jobs: [
        {
          name: 'question-retention',
          deletes: true,
          title: '',
          maxLateMinutes: 24 * 60,
          due: cronDue(scheduler, forgetAt),
          run: () => log.forgetBefore(clock.now().subtract({ hours: 24 * keepDays })),
        },
      ],
      personal: questionPrivacy({ records: openQuestionRecords(parts.store), log }),
      pages: [questionsPage({ ...parts, log })],
      async report(from) {
        const month = inShanghai(from).toPlainDate().toPlainYearMonth().toString()
        const counts = (await kept.byMonth()).find(one => one.month === month)
        return { title: '政策问答', figures: reportFigures(counts ?? noQuestions) }
      },
      async chores() {
        const inNeed = (await groupsInNeed({ log, clock })).length
        return inNeed === 0 ? [] : [{ text: `${inNeed} 个问题没答好，等人处理`, path: '/questions/inbox' }]
      },
    },
  }
}

const noQuestions: AskedTally = { asked: 0, answered: 0, choices: 0, none: 0, useful: 0, useless: 0 }

function reportFigures({ asked, answered, none, useful, useless }: AskedTally) {
  const share = asked === 0 ? '—' : `${Math.round((answered / asked) * 100)}%`
  return [
    { label: '提问', value: `${asked} 个` },
    { label: '当场答上', value: `${answered} 个（${share}）` },
    { label: '没答上', value: `${none} 个` },
    { label: '说有用 / 没用', value: `${useful} / ${useless}` },
  ]
}
