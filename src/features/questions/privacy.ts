import { doerNamesOf, forgetDoers } from '../../lib/doer-names.ts'
import { contentMark, type PersonalData } from '../../ports/personal-data.ts'
import { instantOf, sayFullTime } from '../../text/dates/time.ts'
import type { QuestionLog } from './log/log.ts'
import type { openQuestionRecords } from './log/records.ts'

type Parts = { records: ReturnType<typeof openQuestionRecords>; log: Pick<QuestionLog, 'settle'> }

/** Personal data in the log of questions: askers by our own id, with questions not written yet. */
export function questionPrivacy({ records, log }: Parts): PersonalData {
  async function all() {
    await log.settle()
    return records.list('')
  }
  const of = async (memberId: string) => (await all()).filter(({ value }) => value.memberId === memberId)

  return {
    async kept({ memberId }) {
      const mine = await of(memberId)
      if (mine.length === 0) return []
      return [
        `问过的问题：${mine.length} 个，用来改进回答，不带名字`,
        ...mine.map(({ value }) => `${contentMark}${sayFullTime(instantOf(value.at))}：${value.question}`),
      ]
    },
    async forget({ memberId, ...called }) {
      for (const { key } of await of(memberId)) await records.update(key, () => undefined)
      await forgetDoers(records, doerNamesOf(called))
    },
    async merge(moves) {
      for (const { key, value } of await all()) {
        const memberId = moves.get(value.memberId)
        if (memberId !== undefined) await records.update(key, now => now && { ...now, memberId })
      }
    },
  }
}
