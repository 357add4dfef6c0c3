import type { SendingLines } from '../../../ports/sending-lines.ts'
import type { Broadcast } from '../broadcast/records.ts'

/** The text as the groups of some lines see it; `lines` are what people call them, empty where there is one line. */
export type LineWording = { lines: readonly string[]; groups: number; parts: readonly string[] }

/** The text of a broadcast as each line words it, one entry for lines that word it alike. */
export async function lineWordingsOf(
  { groups, parts }: Pick<Broadcast, 'groups' | 'parts'>,
  lines: SendingLines,
): Promise<LineWording[]> {
  const reading = groups.filter(({ form }) => form === 'text')
  const byLine = Map.groupBy(reading, ({ id }) => lines.titleOf({ groupId: id }))
  const found = new Map<string, LineWording>()
  for (const [title, [first, ...others]] of byLine) {
    if (!first) continue
    const worded = await wordedFor(first.id, parts, lines)
    const known = found.get(JSON.stringify(worded))
    found.set(JSON.stringify(worded), {
      lines: [...(known?.lines ?? []), ...(title === '' ? [] : [title])],
      groups: (known?.groups ?? 0) + 1 + others.length,
      parts: worded,
    })
  }
  return [...found.values()]
}

async function wordedFor(groupId: string, parts: readonly string[], lines: SendingLines): Promise<string[]> {
  const isBundle = lines.traits({ groupId })?.bundles === true
  const texts = isBundle ? [parts.join('\n\n')] : parts
  const worded = await Promise.all(texts.map(text => lines.worded({ groupId }, { text })))
  return worded.map(({ text = '', file }) => (file ? `${text}\n〔图片：${file.name}〕` : text))
}
