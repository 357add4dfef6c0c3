import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import type { KnowledgeEdits } from '../../ports/knowledge-edits.ts'
import type { Store } from '../../ports/store.ts'
import { fold } from '../../text/fold.ts'

/** What the inbox proposes for the knowledge base; all in one record, as it is short and goes away when done. */
const Suggestion = z.object({
  id: z.string(),
  /** The entry to get the wordings; absent for a new one. */
  entryId: z.string().optional(),
  question: z.string(),
  otherQuestions: z.array(z.string()),
  at: z.string(),
  byName: z.string(),
})
export type Suggestion = z.infer<typeof Suggestion>
const Suggestions = z.object({ waiting: z.array(Suggestion) })

/** More than these nobody has looked at for a long time. */
const mostWaiting = 200
const key = 'suggestions/waiting'
const longestQuestion = 200

type SuggestedEntry = {
  id: string
  question: string
  otherQuestions: readonly string[]
  programme: string
}
export type BoxParts = { store: Store; clock: Clock; entries: readonly SuggestedEntry[] }
export type SuggestionBox = KnowledgeEdits & {
  waiting(): Promise<Suggestion[]>
  settle(id: string): Promise<void>
}

/**
 * Proposals for whoever writes the files in `data/faq`: kept until somebody says that they are in, and never live by
 * themselves.
 */
export function createSuggestions({ store, clock, entries }: BoxParts): SuggestionBox {
  const box = store.collection('knowledge-suggestions', Suggestions)

  async function add(suggestion: Omit<Suggestion, 'id' | 'at'>): Promise<void> {
    const mine = { ...suggestion, id: String(randomInt(2 ** 47)), at: clock.now().toString() }
    await box.update(key, now => {
      const waiting = now?.waiting ?? []
      if (waiting.length >= mostWaiting)
        throw new Refusal('还有两百条建议没有处理，请先到「待写入知识库」处理一些。')
      return { waiting: [...waiting, mine] }
    })
  }

  return {
    entries: async () => entries.map(({ id, question, programme }) => ({ id, question, programme })),
    async draftEntry(question, otherQuestions, by) {
      if (question.trim() === '' || [...question].length > longestQuestion)
        throw new Refusal(`标准问法要有字，不超过 ${longestQuestion} 个字。`)
      await add({ question, otherQuestions: [...otherQuestions], byName: by.name })
      return '/suggestions'
    },
    async addWording(entryId, wording, by) {
      const entry = entries.find(({ id }) => id === entryId)
      if (!entry) throw new Refusal('没有这个条目，可能已经撤下，请换一个。')
      const known = new Set([entry.question, ...entry.otherQuestions].map(fold))
      if (known.has(fold(wording))) throw new Refusal('这个条目已经有这个问法了。')
      await add({ entryId, question: entry.question, otherQuestions: [wording], byName: by.name })
    },
    waiting: async () => (await box.get(key))?.waiting ?? [],
    async settle(id) {
      await box.update(key, now => now && { waiting: now.waiting.filter(one => one.id !== id) })
    },
  }
}
