import type { ListLevel, NumberedList } from '../list-numbers.ts'

/** Names of the ways of counting, by their numbers in the file. */
const formats: Readonly<Record<number, string>> = {
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  10: 'ideographDigital',
  11: 'japaneseCounting',
  14: 'decimalFullWidth',
  18: 'decimalEnclosedCircle',
  19: 'decimalFullWidth2',
  22: 'decimalZero',
  23: 'bullet',
  26: 'decimalEnclosedFullstop',
  27: 'decimalEnclosedParen',
  28: 'decimalEnclosedCircleChinese',
  29: 'decimalEnclosedCircle',
  30: 'ideographTraditional',
  31: 'ideographZodiac',
  33: 'taiwaneseCounting',
  35: 'taiwaneseCountingThousand',
  37: 'chineseCounting',
  38: 'chineseLegalSimplified',
  39: 'chineseCountingThousand',
  255: 'none',
}

/** In bytes; places in the head of a Word file, which says where its tables stand. */
const listsAt = 0x2e2
const listNamesAt = 0x2ea
const listSize = 28
const levelSize = 28
const listNameSize = 16
/** A list has nine levels, or one. */
const mostLevels = 9
/** Word numbers no more. */
const mostLists = 2046
/** In characters; the text of a number is short. */
const longestText = 32

/**
 * The lists of a .doc by the names that paragraphs give them, 「1」 for the first: PlfLst, PlfLfo and LVL of [MS-DOC],
 * the published format of Word's binary files.
 * @param main the stream of the text, whose head says where the tables stand
 * @param table the stream of the tables
 * @throws RangeError where they are cut off or too many
 */
export function listsOf(main: Buffer, table: Buffer): Map<string, NumberedList> {
  const lists = readLists(main, table)
  const from = main.readUInt32LE(listNamesAt)
  if (main.readUInt32LE(listNamesAt + 4) === 0) return new Map()
  const count = countIn(table.readUInt32LE(from))
  let at = from + 4 + count * listNameSize
  const found = new Map<string, NumberedList>()
  for (let place = 0; place < count; place += 1) {
    const name = from + 4 + place * listNameSize
    const id = String(table.readInt32LE(name))
    const levels = new Map(lists.get(id))
    const starts = new Map<number, number>()
    at += 4
    for (let left = table.readUInt8(name + 12); left > 0; left -= 1) {
      const said = table.readUInt8(at + 4)
      const level = said & 0x0f
      if (said & 0x10) starts.set(level, table.readUInt32LE(at))
      at += 8
      if (said & 0x20) {
        const own = readLevel(table, at, level)
        levels.set(level, own.level)
        at = own.end
      }
    }
    found.set(String(place + 1), { id, levels, starts })
  }
  return found
}

function countIn(said: number): number {
  if (said > mostLists) throw new RangeError(`${said} lists`)
  return said
}

function readLists(main: Buffer, table: Buffer): Map<string, Map<number, ListLevel>> {
  const from = main.readUInt32LE(listsAt)
  const found = new Map<string, Map<number, ListLevel>>()
  if (main.readUInt32LE(listsAt + 4) === 0) return found
  const count = countIn(table.readUInt16LE(from))
  // The levels of all lists follow each other behind the lists.
  let at = from + 2 + count * listSize
  for (let place = 0; place < count; place += 1) {
    const list = from + 2 + place * listSize
    const levels = new Map<number, ListLevel>()
    const isSimple = (table.readUInt8(list + 26) & 0x01) !== 0
    for (let level = 0; level < (isSimple ? 1 : mostLevels); level += 1) {
      const read = readLevel(table, at, level)
      levels.set(level, read.level)
      at = read.end
    }
    found.set(String(table.readInt32LE(list)), levels)
  }
  return found
}

function readLevel(table: Buffer, at: number, place: number): { level: ListLevel; end: number } {
  const flags = table.readUInt8(at + 5)
  const text = at + levelSize + table.readUInt8(at + 24) + table.readUInt8(at + 25)
  const end = text + 2 + 2 * table.readUInt16LE(text)
  const format = formats[table.readUInt8(at + 4)] ?? 'decimal'
  const said = table.subarray(text + 2, Math.min(end, text + 2 + 2 * longestText)).toString('utf16le')
  // The number of a level stands there as the character with its code.
  const written = said.replaceAll(/\p{Cc}/gu, char => `%${char.charCodeAt(0) + 1}`)
  return {
    level: {
      format,
      text: format === 'bullet' ? '' : written,
      start: table.readInt32LE(at),
      isLegal: (flags & 0x04) !== 0,
      restartsBelow: (flags & 0x08) !== 0 ? table.readUInt8(at + 26) : place,
    },
    end,
  }
}
