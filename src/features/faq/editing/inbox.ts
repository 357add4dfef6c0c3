import { Refusal } from '../../../feature.ts'
import type { KnowledgeEdits } from '../../../ports/knowledge-edits.ts'
import { fold } from '../../../text/fold.ts'
import { pieceAt } from './changes/pieces.ts'
import type { Drafts } from './drafts.ts'
import type { KnowledgeEditor } from './knowledge-editor.ts'

const longestQuestion = 200

/** The edits that the inbox of unanswered questions makes: a draft, or a wording proposed for review. */
export function editsFromInbox(editor: KnowledgeEditor, drafts: Drafts): KnowledgeEdits {
  const live = () => editor.entries().filter(({ status }) => status === 'live')

  return {
    entries: async () => live().map(({ id, question, programme }) => ({ id, question, programme })),
    async draftEntry(question, otherQuestions, by) {
      if (question.trim() === '' || [...question].length > longestQuestion)
        throw new Refusal(`标准问法要有字，不超过 ${longestQuestion} 个字。`)
      const id = await drafts.save({ question, otherQuestions: otherQuestions.join('\n') }, by)
      return `/knowledge/drafts/${id}`
    },
    async draftAnswer(key, { question, answer }, by) {
      if (await drafts.find(key)) return false
      try {
        const asked = [...question].slice(0, longestQuestion).join('')
        await drafts.save({ question: asked, short: answer }, by, { id: key, seen: '' })
        return true
      } catch (cause) {
        if (cause instanceof Refusal) return false
        throw cause
      }
    },
    async addSource(key, source, by) {
      const field = /^https?:\/\/\S+$/u.test(source) ? 'doc..url' : 'doc..title'
      return drafts.add(key, { [field]: source }, by)
    },
    removeDraft: key => drafts.remove(key),
    async addWording(entryId, wording, by) {
      const entry = live().find(({ id }) => id === entryId)
      if (!entry) throw new Refusal('没有这个条目，可能已经撤下，请换一个。')
      const folded = fold(wording)
      const owner = live().find(one =>
        [one.question, ...one.otherQuestions].some(known => fold(known) === folded),
      )
      if (owner)
        throw new Refusal(
          owner.id === entryId ? '这个条目已经有这个问法了。' : `这个问法已经在「${owner.question}」里了。`,
        )
      const place = { programme: entry.programme, part: 'entries' as const, name: entryId }
      const before = pieceAt(editor.state().base, place) ?? {}
      const after = { ...before, otherQuestions: [...entry.otherQuestions, wording] }
      await editor.propose(
        { kind: 'wording', steps: [{ ...place, before, after }], note: '来自没答好的问题' },
        by,
      )
    },
  }
}
