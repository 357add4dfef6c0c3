import { constants, crc32, deflateRawSync } from 'node:zlib'
import { strToU8, Zip, type ZipInputFile, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readDocument, readStructure } from '../../src/parsing/index.ts'
import { unpack } from '../../src/tables/archive.ts'
import { docxOf, odtOf } from './packed-files.ts'

const many = (count: number, said: string) => said.repeat(count)
const bytesOf = (text: string) => new TextEncoder().encode(text)

/** An OFD whose pages are all the same file. */
const ofdOf = (pages: number, content: string) =>
  zipSync({
    'OFD.xml': strToU8(
      '<ofd:OFD xmlns:ofd="x"><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
    ),
    'D/Document.xml': strToU8(
      `<ofd:Document xmlns:ofd="x"><ofd:Pages>${many(pages, '<ofd:Page BaseLoc="P.xml"/>')}</ofd:Pages></ofd:Document>`,
    ),
    'D/P.xml': strToU8(`<ofd:Page xmlns:ofd="x"><ofd:Content>${content}</ofd:Content></ofd:Page>`),
  })

test.each([
  ['an OFD of a million pages', 'a.ofd', ofdOf(1_000_000, '')],
  ['an OpenDocument of a million paragraphs', 'a.odt', odtOf(many(1_000_000, '<text:p>条</text:p>'))],
  ['an OpenDocument of lists within lists', 'a.odt', odtOf(many(50_000, '<text:list><text:list-item>'))],
  [
    'an OpenDocument of lists within lists behind closing tags of none',
    'a.odt',
    odtOf(many(5000, '</text:p>') + many(5000, '<text:list a="/>">')),
  ],
  ['a DOCX of a million paragraphs', 'a.docx', docxOf(many(1_000_000, '<w:p/>'))],
  ['a DOCX of tables within tables', 'a.docx', docxOf(many(50_000, '<w:tbl><w:tr><w:tc>'))],
  ['a page of frames within frames', 'a.html', bytesOf(`<html>${many(100_000, '<div>')}第一条`)],
])('%s is refused before it is built', async (_, name, bytes) => {
  await expect(readDocument(bytes, name)).rejects.toThrow('展开后太大')
})

/**
 * A DOCX whose text is this many megabytes of zeros, and which says their number behind them only. One megabyte is
 * compressed, and repeated as it is: compressing all of them takes seconds.
 */
function bombDocx(megabytes: number): Uint8Array {
  const written: Uint8Array[] = []
  const zip = new Zip((_, chunk) => void written.push(chunk))
  const zeros = new Uint8Array(1024 * 1024)
  const file: ZipInputFile = {
    filename: 'word/document.xml',
    compression: 8,
    size: megabytes * zeros.length,
    crc: 0,
  }
  zip.add(file)
  const block = deflateRawSync(zeros, { finishFlush: constants.Z_FULL_FLUSH })
  for (let count = 0; count < megabytes; count++) {
    file.crc = crc32(zeros, file.crc)
    file.ondata?.(null, block, false)
  }
  file.ondata?.(null, deflateRawSync(new Uint8Array()), true)
  zip.end()
  return Buffer.concat(written)
}

test('an archive bomb takes no memory beyond the limit, whatever it says of its size', () => {
  const bomb = bombDocx(300)
  const before = process.memoryUsage().arrayBuffers
  expect(() => unpack(bomb, () => true)).toThrow('too-large')
  expect((process.memoryUsage().arrayBuffers - before) / 1024 / 1024).toBeLessThan(300)
})

/** The same file, marked as encrypted where each entry begins and in the list at its end. */
function locked(zip: Uint8Array): Uint8Array {
  const bytes = Buffer.from(zip)
  for (const [sign, flags] of [
    ['PK\u0003\u0004', 6],
    ['PK\u0001\u0002', 8],
  ] as const)
    for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 4))
      bytes.writeUInt16LE(bytes.readUInt16LE(at + flags) | 1, at + flags)
  return bytes
}

test.each([
  ['an archive bomb that does not say its size', 'a.docx', bombDocx(70), '展开后太大'],
  [
    'a DOCX with a password',
    'a.docx',
    locked(docxOf('<w:p><w:r><w:t>第一条 目的。</w:t></w:r></w:p>')),
    '加了密码',
  ],
  ['an OFD with a password', 'a.ofd', locked(ofdOf(1, '')), '加了密码'],
])('%s is refused', async (_, name, bytes, said) => {
  await expect(readDocument(bytes, name)).rejects.toThrow(said)
})

test('signs of tags in attributes and remarks count as no elements', async () => {
  const marked = '<text:p a="甲>乙" b=\'/>\'/><!-- <text:p> --><text:p a="甲>">条</text:p>'
  const { pages } = await readDocument(odtOf(many(500, marked)), 'a.odt')
  expect(pages[0]?.paragraphs).toHaveLength(500)
})

test('steps between characters are read as far as there are characters', async () => {
  const steps = many(20_000, 'g 1000000000 5 ')
  const object = `<ofd:TextObject Boundary="30 30 160 6" Size="5"><ofd:TextCode X="0" Y="4" DeltaX="${steps}">第一条 目的。</ofd:TextCode></ofd:TextObject>`
  const { pages } = await readDocument(ofdOf(1, object), 'a.ofd')
  expect(pages[0]?.paragraphs).toEqual(['第一条 目的。'])
})

test.each([
  ['marks that open a link', 'a.md', `${many(200_000, '[')}${many(100_000, '![')}`],
  ['tables that do not end', 'a.md', many(60_000, '<table>')],
  ['properties that do not end', 'a.md', `---\n${many(30_000, 'a: b\n')}`],
  ['links that do not end', 'a.md', many(60_000, '[a](b')],
  ['targets of open brackets', 'a.md', `[a](${many(60_000, '(b')}`],
  ['tables of TeX that do not end', 'a.md', many(20_000, '\\begin{tabular}{l}\n')],
  ['headings of TeX that do not end', 'a.md', many(40_000, '\\section{a\n')],
  ['a head of a page that does not end', 'a.md', many(40_000, 'Title: a\n')],
  ['boxes that do not end', 'a.md', many(40_000, '::: {a b ')],
  [
    'a long table of contents',
    'a.txt',
    `办法\n目录\n${Array.from({ length: 20_000 }, (_, at) => `一、第${at}办法`).join('\n')}`,
  ],
  ['quotations that do not end', 'a.txt', many(30_000, '一、将第八条修改为：“每年给予补助\n')],
  ['names of offices in long lines', 'a.txt', many(40, `${many(2600, '某某市科学技术局 ')}\n`)],
  ['titles with their numbers', 'a.txt', many(8000, '场地补贴管理办法\n榕科〔2026〕1号\n每年1万元。\n')],
])('%s cost no more than their length', async (_, name, text) => {
  await expect(readStructure(bytesOf(`办法\n${text}\n第一条 目的。`), name)).resolves.toBeDefined()
})

test('a plain text of more than 500 pages is refused as other files are', async () => {
  const pages = (count: number) =>
    Array.from({ length: count }, (_, at) => `（${at + 1}）甲\n第 ${at * 7} 家企业补助5万元。\f`).join('')
  // A program that prints ends every page with a form feed, the last one too.
  for (const name of ['a.txt', 'a.md']) {
    await expect(readDocument(bytesOf(pages(501)), name)).rejects.toThrow('有 501 页，最多读 500 页。')
    await expect(readDocument(bytesOf(pages(500)), name)).resolves.toBeDefined()
  }
})
