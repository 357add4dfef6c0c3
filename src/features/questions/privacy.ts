import type { PersonalData } from '../../ports/personal-data.ts'
import type { openQuestionRecords } from './records.ts'

/** What the log of questions keeps about people: who asked what, by our own id. */
export function questionPrivacy(records: ReturnType<typeof openQuestionRecords>): PersonalData {
  const of = async (memberId: string) =>
    (await records.list('')).filter(({ value }) => value.memberId === memberId)

  return {
    async kept({ memberId }) {
      const mine = await of(memberId)
      return mine.length === 0 ? [] : [`问过的问题：${mine.length} 个，用来改进回答，不带名字`]
    },
    async forget({ memberId }) {
      for (const { key } of await of(memberId)) await records.update(key, () => undefined)
    },
    async merge(moves) {
      for (const { key, value } of await records.list('')) {
        const memberId = moves.get(value.memberId)
        if (memberId !== undefined) await records.update(key, now => now && { ...now, memberId })
      }
    },
  }
}
