import type { RecordedActor } from '../../ports/actor.ts'
import type { KnowledgeEdits } from '../../ports/knowledge-edits.ts'
import { withoutIdentifiers } from '../../text/identifiers.ts'
import { nameParts } from '../../text/names/names.ts'
import type { Ticket } from './records.ts'
import { isWorthKeeping } from './tickets/rules.ts'

export type EntryDrafts = ReturnType<typeof createEntryDrafts>
type Parts = { edits: Pick<KnowledgeEdits, 'draftAnswer' | 'addSource' | 'removeDraft'> }

/**
 * An instructor's answer as the draft of an entry. Nothing goes live by it: a reviewer
 * decides, and asks for the source.
 */
export function createEntryDrafts({ edits }: Parts) {
  return {
    /** @returns what the instructor is told about it; undefined where the answer is not kept */
    async keep(ticket: Ticket, answer: string, by: RecordedActor): Promise<string | undefined> {
      if (!isWorthKeeping(answer)) return undefined
      const isKept = await edits.draftAnswer(
        keyOf(ticket),
        { question: unnamed(ticket, ticket.question), answer: unnamed(ticket, answer) },
        by,
      )
      return isKept
        ? `答复存成了知识条目的草稿，审核通过以后，机器人自己就会答。有出处的话，回「出处 ${ticket.number} 文件名或网址」。`
        : undefined
    },
    /** Removes the draft when its asker is erased, since it tells their question. */
    remove: (ticket: Ticket) => edits.removeDraft(keyOf(ticket)),
    async addSource(ticket: Ticket, source: string, by: RecordedActor): Promise<string> {
      const isKnown = await edits.addSource(keyOf(ticket), withoutIdentifiers(source), by)
      return isKnown
        ? `记下了，${ticket.number} 号答复的草稿写上了出处，等组织者整理、审核人同意。`
        : `${ticket.number} 号没有存着的草稿，请先「答 ${ticket.number} 你的话」；已经整理过的，请在控制台「知识」里改。`
    },
  }
}

/** The text without what says who asked. */
function unnamed({ asker }: Ticket, text: string): string {
  const names = [asker.name, nameParts(asker.name).at(-1) ?? ''].filter(name => [...name].length >= 2)
  return withoutIdentifiers(names.reduce((said, name) => said.replaceAll(name, '对方'), text))
}

const keyOf = ({ number }: Ticket) => `ticket-${number}`
