import { expect, test } from 'vitest'
import { textOfFile, textOfXml } from '../../src/lib/character-sets.ts'

const utf16 = (text: string, isBig: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return new Uint8Array(isBig ? bytes.swap16() : bytes)
}
const gb18030 = Uint8Array.of(0xd6, 0xd0, 0xce, 0xc4)

test.each([
  ['UTF-8', new TextEncoder().encode('中文')],
  ['UTF-8 with a mark', new TextEncoder().encode('\ufeff中文')],
  ['UTF-16 LE', utf16('中文', false)],
  ['UTF-16 BE', utf16('中文', true)],
  ['GB 18030', gb18030],
])('a file in %s is read', (_, bytes) => expect(textOfFile(bytes)).toBe('中文'))

test.each([
  ['bytes of no set', Uint8Array.of(0x80, 0xff, 0x81)],
  ['a NUL', Uint8Array.of(0x41, 0x00, 0x42)],
  ['UTF-16 cut in the middle', utf16('中文', false).subarray(0, 5)],
])('%s are no text', (_, bytes) => expect(textOfFile(bytes)).toBeUndefined())

test('an XML part is UTF-8 unless its mark says UTF-16', () => {
  const parts = [new TextEncoder().encode('<a>中</a>'), utf16('<a>中</a>', false), utf16('<a>中</a>', true)]
  expect(parts.map(textOfXml)).toEqual(Array(3).fill('<a>中</a>'))
})
