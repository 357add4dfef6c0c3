import type { Temporal } from 'temporal-polyfill'
import type { AskedLog, KeptQuestion } from '../../../ports/asked.ts'
import type { Item, Items } from '../../../ports/items.ts'
import type { Progress } from '../broadcast/progress.ts'

/** An item of a broadcast, and the questions its groups asked about it within two days. */
export type Drawn = { title: string; questions: readonly string[] }

const withinHours = 48
/** The minimum share of a question's character pairs found in the item's title. */
const aboutShare = 0.5

/** The questions about each item in its groups, matched by programme, else by title. */
export async function questionsDrawn(
  { broadcast, deliveries }: Progress,
  { asked, items }: { asked: Pick<AskedLog, 'between'>; items: Pick<Items, 'get'> },
): Promise<Drawn[]> {
  const sent = deliveries.filter(
    ({ state }) => state === 'sent' || state === 'confirmed' || state === 'manual',
  )
  const [first] = sent.map(({ changedAt }) => changedAt).sort(byTime)
  if (!first || broadcast.items.length === 0) return []
  const groups = new Set(broadcast.groups.map(({ id }) => id))
  const log = await asked.between(first, first.add({ hours: withinHours }))
  const here = log.filter(({ groupId }) => groupId !== undefined && groups.has(groupId))
  const found = await Promise.all(broadcast.items.map(({ id }) => items.get(id)))
  return found
    .filter(item => item !== undefined)
    .map(item => ({
      title: item.title,
      questions: here.filter(one => isAbout(one, item)).map(({ question }) => question),
    }))
}

const byTime = (a: Temporal.Instant, b: Temporal.Instant) => a.epochMilliseconds - b.epochMilliseconds

function isAbout({ programmeId, question }: KeptQuestion, item: Item): boolean {
  if (programmeId !== undefined && item.programmeIds.includes(programmeId)) return true
  const said = pairs(question)
  const title = pairs(item.title)
  const common = [...said].filter(pair => title.has(pair)).length
  return said.size > 0 && common / said.size >= aboutShare
}

function pairs(text: string): Set<string> {
  const characters = [...text.replaceAll(/[^\p{Script=Han}A-Za-z0-9]/gu, '')]
  return new Set(characters.slice(1).map((character, i) => `${characters[i]}${character}`))
}
