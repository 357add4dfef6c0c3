import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { createAnswerer } from '../../features/faq/answers.ts'
import { shareOf } from '../../features/faq/finder/evaluation.ts'
import { loadKnowledge } from '../../features/faq/knowledge/knowledge.ts'
import { finderOver, liveEntriesOf } from '../../features/faq/live-entries.ts'
import { createSearch } from '../../features/faq/search.ts'
import { readJsonLines } from '../json-lines.ts'

const MessageLine = z.object({
  text: z.string(),
  parts: z.array(z.object({ entries: z.array(z.string()).min(1) })).min(1),
})

/** How the bot does on messages that ask several things; all but the counts are shares, 0 to 1. */
type MessagesEvaluation = {
  messages: number
  parts: number
  /** Parts of which a right entry was told. */
  partsTold: number
  /** Parts of which a right entry was offered, and none told. */
  partsOffered: number
  /** Messages of which every part was told. */
  allTold: number
}

/** Asks the shipped base each message of a file, as chat would, and compares what is said with its parts. */
export async function evaluateMessages(file: string): Promise<MessagesEvaluation> {
  const knowledge = loadKnowledge('data')
  const answerer = createAnswerer(liveEntriesOf(knowledge), createSearch(finderOver(knowledge), undefined))
  const at = Temporal.Now.instant()
  const messages = []
  for (const { text, parts } of readJsonLines(file, MessageLine)) {
    const said = await answerer.answer(text, at)
    const told = said.flatMap(({ kind, entry }) => (kind === 'answer' && entry ? [entry.id] : []))
    const offered = said.flatMap(each => (each.kind === 'choices' ? each.offered.map(({ id }) => id) : []))
    messages.push(parts.map(({ entries }) => metBy(entries, told, offered)))
  }
  const parts = messages.flat()
  return {
    messages: messages.length,
    parts: parts.length,
    partsTold: shareOf(parts, part => part === 'told'),
    partsOffered: shareOf(parts, part => part === 'offered'),
    allTold: shareOf(messages, message => message.every(part => part === 'told')),
  }
}

function metBy(entries: readonly string[], told: readonly string[], offered: readonly string[]) {
  if (entries.some(id => told.includes(id))) return 'told'
  return entries.some(id => offered.includes(id)) ? 'offered' : 'missed'
}
