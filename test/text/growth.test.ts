import { describe, expect, test } from 'vitest'
import { lineFaults } from '../../src/features/digest/content/source-checks.ts'
import { readPasted } from '../../src/forms/pasted-list.ts'
import { figuresIn } from '../../src/text/figures/figures.ts'
import { withoutLinks } from '../../src/text/line-words.ts'
import { createNamedPersonMask } from '../../src/text/names/named-persons.ts'
import { anItem } from '../features/digest/world.ts'

const names = new Map<string, string>()
const links = { domains: [], pageOf: () => undefined }

/** Readers of what strangers wrote, each with texts whose time once grew by the square of their length. */
const readers: readonly [name: string, read: (text: string) => unknown, pieces: readonly string[]][] = [
  ['figuresIn', figuresIn, ['一', '〇', '1/', '1 3 8、']],
  [
    'lineFaults',
    text => lineFaults('最高奖10万元，12月31日截止', anItem('loan', { text }), names),
    ['1/', '1,234', '张三 '],
  ],
  ['readPasted', readPasted, ['〇', '补', '张三√']],
  ['withoutLinks', text => withoutLinks(text, links), ['[', '[a](']],
  ['createNamedPersonMask', createNamedPersonMask([]), ['张三 ', '张三、']],
]

const few = 400
const times = 8
const textOf = (piece: string, length: number) =>
  `高企${piece.repeat(Math.ceil(length / piece.length)).slice(0, length)}x吗`

/** CPU time of this thread in ms, so that what else runs on the machine does not count; the less of two runs. */
function cpuMs(work: (run: number) => void): number {
  const runs = [1, 2].map(run => {
    const before = process.threadCpuUsage()
    work(run)
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1000
  })
  return Math.min(...runs)
}

/** Time by the square of the length would make it eight. What takes next to nothing is not judged. */
const most = 4
const negligibleMs = 20

describe('one hostile text takes no longer than eight of an eighth of its length', () => {
  test.each(readers)('%s', (_, read, pieces) => {
    const steep = pieces.flatMap(piece => {
      const [short, long] = [textOf(piece, few), textOf(piece, few * times)]
      // Blanks at the end keep a cache from answering.
      const longMs = cpuMs(run => void read(`${long}${' '.repeat(run)}`))
      if (longMs < negligibleMs) return []
      const shortMs = cpuMs(run => {
        for (let time = 0; time < times; time++) read(`${short}${' '.repeat(run * times + time)}`)
      })
      return longMs > most * shortMs
        ? [`${JSON.stringify(piece)}: ${shortMs.toFixed(1)} ms, ${longMs.toFixed(1)} ms`]
        : []
    })
    expect(steep).toEqual([])
  })
})
