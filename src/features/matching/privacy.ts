import type { MatchingRules } from '../../matching/verdicts.ts'
import type { PersonalData } from '../../ports/personal-data.ts'
import { describeAnswers } from './chat/words.ts'
import type { Companies } from './companies.ts'

type Parts = {
  companies: Companies
  fields: MatchingRules['fields']
  endInterview(chatId: string): void
}

/**
 * Personal data in matching: the company that they saved.
 * @param endInterview ends the interview of who has this chat id
 */
export function matchingPrivacy({ companies, fields, endInterview }: Parts): PersonalData {
  return {
    async kept({ memberId }) {
      const saved = await companies.get(memberId)
      if (!saved) return []
      return [
        `政策匹配：保存的企业信息，${Object.keys(saved.answers).length} 项（只有档位，没有准数）`,
        ...describeAnswers(saved.answers, fields),
      ]
    },
    async forget({ memberId, chatIds }) {
      for (const chatId of chatIds) endInterview(chatId)
      await companies.update(memberId, () => undefined)
    },
    async merge(moves) {
      for (const [from, to] of moves) {
        const moved = await companies.get(from)
        if (!moved) continue
        await companies.update(to, now => now ?? moved)
        await companies.update(from, () => undefined)
      }
    },
  }
}
