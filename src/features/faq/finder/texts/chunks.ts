/** A stretch of a text: consecutive paragraphs, or a part of a long one. */
export type Chunk = {
  text: string
  /** Its first and its last paragraph, from 0. */
  from: number
  to: number
}

const shortest = 150
const longest = 400

/** Cuts a text at the ends of paragraphs, and of sentences in long ones, into stretches of 150 to 400 characters. */
export function chunksOf(paragraphs: readonly string[]): Chunk[] {
  const pieces = paragraphs.flatMap((paragraph, at) => sentencesOf(paragraph).map(text => ({ text, at })))
  const chunks: Chunk[] = []
  for (const { text, at } of pieces) {
    const last = chunks.at(-1)
    const fits = last && (last.text.length + text.length <= longest || last.text.length < shortest)
    if (!fits) chunks.push({ text, from: at, to: at })
    else Object.assign(last, { text: last.text + text, to: at })
  }
  return withoutRest(chunks)
}

const sentencesOf = (paragraph: string) =>
  paragraph.length <= longest
    ? [paragraph]
    : (paragraph.match(/[^。！？；;!?]{1,400}[。！？；;!?]*/gu) ?? [paragraph])

/** A few words at the end belong to what stands before them. */
function withoutRest(chunks: readonly Chunk[]): Chunk[] {
  const [last, before] = [chunks.at(-1), chunks.at(-2)]
  if (!last || !before || last.text.length >= shortest / 2) return [...chunks]
  return [...chunks.slice(0, -2), { text: before.text + last.text, from: before.from, to: last.to }]
}
