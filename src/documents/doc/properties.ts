/** The list with which a paragraph counts, 「0」 for none, and its level from 0, as far as it says them. */
type Properties = { list: number | undefined; level: number | undefined }

/** In bytes; places in the head of a Word file. */
const stylesAt = 0xa2
const paragraphsAt = 0x102
const pageSize = 512
/** Single properties by their codes. */
const listCode = 0x460b
const levelCode = 0x260a
const tableCodes = new Set([0xd608, 0xd606])
const mostStylesAbove = 12
/** Word numbers no more. */
const mostStyles = 4094

/** Reads which list a paragraph counts with, from its own properties and its style. */
export type ParagraphLists = {
  /**
   * @param place where the mark that ends the paragraph stands in the stream of the text, in bytes
   * @returns undefined where it has no number; `start` is the place where the paragraph begins
   */
  listAt(place: number): { list: string; level: number; start: number } | undefined
}

/**
 * @param main the stream of the text
 * @param table the stream of the tables
 * @throws RangeError where they are cut off
 */
export function createParagraphLists(main: Buffer, table: Buffer): ParagraphLists {
  const from = main.readUInt32LE(paragraphsAt)
  const count = Math.floor((main.readUInt32LE(paragraphsAt + 4) - 4) / 8)
  const styles = stylesOf(main, table)
  return {
    listAt(place) {
      const page = lastFrom(place, count, at => table.readUInt32LE(from + 4 * at))
      if (page < 0) return undefined
      const paragraphs = pageAt(main, table.readUInt32LE(from + 4 * (count + 1) + 4 * page) & 0x3fffff)
      const inPage = lastFrom(place, paragraphs.readUInt8(pageSize - 1), at =>
        paragraphs.readUInt32LE(4 * at),
      )
      if (inPage < 0) return undefined
      const properties = propertiesOf(paragraphs, inPage)
      const own = propertiesIn(properties, 2)
      const style = styles(properties.length < 2 ? 0 : properties.readUInt16LE(0))
      const list = own.list ?? style.list ?? 0
      const level = own.level ?? style.level ?? 0
      return list === 0
        ? undefined
        : { list: String(list), level, start: paragraphs.readUInt32LE(4 * inPage) }
    },
  }
}

const pageAt = (main: Buffer, number: number) => main.subarray(number * pageSize, (number + 1) * pageSize)

/** The last of rising values that is not above a place. @returns -1 for none */
function lastFrom(place: number, count: number, valueAt: (at: number) => number): number {
  let [low, high] = [-1, count]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (valueAt(middle) <= place) low = middle
    else high = middle
  }
  return low === count ? -1 : low
}

/** The style of a paragraph, two bytes, and its own properties. */
function propertiesOf(page: Buffer, at: number): Buffer {
  const count = page.readUInt8(pageSize - 1)
  const start = 2 * page.readUInt8(4 * (count + 1) + 13 * at)
  if (start === 0) return Buffer.alloc(0)
  const words = page.readUInt8(start)
  if (words > 0) return page.subarray(start + 1, start + 2 * words)
  return page.subarray(start + 2, start + 2 + 2 * page.readUInt8(start + 1))
}

/** Sizes of values by the three highest bits of a code; others say their own. */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3 }

function propertiesIn(bytes: Buffer, from: number): Properties {
  const found: Properties = { list: undefined, level: undefined }
  for (let at = from; at + 2 < bytes.length; ) {
    const code = bytes.readUInt16LE(at)
    at += 2
    if (code === listCode) found.list = bytes.readInt16LE(at)
    else if (code === levelCode) found.level = bytes.readUInt8(at)
    if (tableCodes.has(code)) at += bytes.readUInt16LE(at) + 1
    else at += sizes[code >> 13] ?? bytes.readUInt8(at) + 1
  }
  return found
}

/** The properties of each style by its number, with those that it has from the one that it goes back to. */
function stylesOf(main: Buffer, table: Buffer): (number: number) => Properties {
  const from = main.readUInt32LE(stylesAt)
  const end = from + main.readUInt32LE(stylesAt + 4)
  const headSize = table.readUInt16LE(from)
  const baseSize = table.readUInt16LE(from + 4)
  const styles: (Properties & { above: number })[] = []
  for (let at = from + 2 + headSize; at + 2 <= end && styles.length < mostStyles; ) {
    const size = table.readUInt16LE(at)
    styles.push(styleIn(table.subarray(at + 2, at + 2 + size), baseSize))
    at += 2 + size
  }
  return number => {
    const found: Properties = { list: undefined, level: undefined }
    let style = styles[number]
    for (let depth = 0; style && depth < mostStylesAbove; depth += 1) {
      found.list ??= style.list
      found.level ??= style.level
      style = styles[style.above]
    }
    return found
  }
}

function styleIn(bytes: Buffer, baseSize: number): Properties & { above: number } {
  const none = { list: undefined, level: undefined, above: -1 }
  const isOfParagraphs = bytes.length > baseSize && (bytes.readUInt16LE(2) & 0x0f) === 1
  if (!isOfParagraphs) return none
  const above = bytes.readUInt16LE(2) >> 4
  const at = baseSize + 2 * bytes.readUInt16LE(baseSize) + 4
  const size = bytes.readUInt16LE(at)
  return { ...propertiesIn(bytes.subarray(at + 2, at + 2 + size), 2), above }
}
