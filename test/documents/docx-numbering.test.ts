import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readDocx } from '../../src/documents/docx/index.ts'

const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const level = (at: number, text: string, more = '') =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`
const paragraph = (at: number, text: string, numId = 1) =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${numId}"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`

/** The paragraphs of a document with these lists, by their numbers in the file. */
function read(numbering: string, body: string, styles = ''): string[] {
  const files = {
    'word/styles.xml': `<w:styles ${space}>${styles}</w:styles>`,
    'word/document.xml': `<w:document ${space}><w:body>${body}</w:body></w:document>`,
    'word/numbering.xml': `<w:numbering ${space}>${numbering}</w:numbering>`,
  }
  const packed = zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
  )
  return readDocx(packed).flatMap(({ paragraphs }) => paragraphs)
}
const listOf = (levels: string, id = 0) =>
  `<w:abstractNum w:abstractNumId="${id}">${levels}</w:abstractNum><w:num w:numId="${id + 1}"><w:abstractNumId w:val="${id}"/></w:num>`
const restart = (after: number) => `<w:lvlRestart w:val="${after}"/>`

test('articles count on through the chapters where the list says so, items begin again', () => {
  const lists = listOf(level(0, '第%1章 ') + level(1, '第%2条 ', restart(0)) + level(2, '（%3）'))
  const body = [
    ...[paragraph(0, '总则'), paragraph(1, '目的。'), paragraph(1, '条件：'), paragraph(2, '有场地；')],
    ...[paragraph(0, '扶持'), paragraph(1, '标准：'), paragraph(2, '场租；'), paragraph(2, '设备。')],
  ]
  expect(read(lists, body.join(''))).toEqual([
    ...['第一章 总则', '第一条 目的。', '第二条 条件：', '（一）有场地；'],
    ...['第二章 扶持', '第三条 标准：', '（一）场租；', '（二）设备。'],
  ])
})

test('a level begins again behind the level that it names, not behind those between', () => {
  const lists = listOf(level(0, '第%1章 ') + level(1, '第%2节 ') + level(2, '第%3条 ', restart(1)))
  const body = [0, 1, 2, 1, 2, 0, 1, 2].map(at => paragraph(at, '甲')).join('')
  expect(read(lists, body).filter(text => text.includes('条'))).toEqual([
    '第一条 甲',
    '第二条 甲',
    '第一条 甲',
  ])
})

test('a list that only names a style counts as the list of that style', () => {
  const lists = `${listOf('<w:numStyleLink w:val="Own"/>')}${listOf(`<w:styleLink w:val="Own"/>${level(0, '第%1条 ')}`, 4)}`
  expect(read(lists, paragraph(0, '甲') + paragraph(0, '乙'))).toEqual(['第一条 甲', '第二条 乙'])
})

test('an empty paragraph has its number, as in Word', () => {
  const lists = listOf(level(0, '%1、'))
  expect(read(lists, paragraph(0, '甲') + paragraph(0, '') + paragraph(0, '丙'))).toEqual([
    '一、甲',
    '三、丙',
  ])
})

test('cells of a table are numbered', () => {
  const cell = (content: string) => `<w:tc>${content}</w:tc>`
  const row = (name: string) =>
    `<w:tr>${cell(paragraph(0, ''))}${cell(`<w:p><w:r><w:t>${name}</w:t></w:r></w:p>`)}</w:tr>`
  const lists = listOf(level(0, '%1'))
  expect(read(lists, `<w:tbl>${row('优空间')}${row('恒丰')}</w:tbl>`)).toEqual(['一 | 优空间', '二 | 恒丰'])
})

test('a style that says no level counts at the level that names it, and styles based on it too', () => {
  const linked = (style: string) => `<w:pStyle w:val="${style}"/>`
  const lists = listOf(level(0, '%1、', linked('Topic')) + level(1, '（%2）', linked('Item')))
  const style = (id: string, more: string) => `<w:style w:styleId="${id}">${more}</w:style>`
  const inList = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
  const styles = style('Topic', inList) + style('Item', inList) + style('Own', '<w:basedOn w:val="Item"/>')
  const styled = (id: string) => `<w:p><w:pPr>${linked(id)}</w:pPr><w:r><w:t>${id}</w:t></w:r></w:p>`
  expect(read(lists, ['Topic', 'Item', 'Own', 'Topic', 'Item'].map(styled).join(''), styles)).toEqual([
    '一、Topic',
    '（一）Item',
    '（二）Own',
    '二、Topic',
    '（一）Item',
  ])
})

test('a table within a cell is read once, as rows of its own', () => {
  const text = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`
  const table = (...cells: string[]) =>
    `<w:tbl><w:tr>${cells.map(cell => `<w:tc>${cell}</w:tc>`).join('')}</w:tr></w:tbl>`
  const inner = table(text('场租'), text('20元'))
  expect(read('', table(text('补贴标准'), `${text('见下')}${inner}${text('按月')}`))).toEqual([
    '补贴标准 | 见下 按月',
    '场租 | 20元',
  ])
})

const cellOf = (content: string) => `<w:tc>${content}</w:tc>`
const tableOf = (...cells: string[]) => `<w:tbl><w:tr>${cells.map(cellOf).join('')}</w:tr></w:tbl>`

test('a number within a nested table counts once, where it stands', () => {
  const lists = listOf(level(0, '第%1条 '))
  const outer = tableOf(`${paragraph(0, '外')}${tableOf(paragraph(0, '内'))}${paragraph(0, '后')}`)
  const body = `${paragraph(0, '甲')}${outer}${paragraph(0, '丙')}`
  expect(read(lists, body)).toEqual(['第一条 甲', '第二条 外 第四条 后', '第三条 内', '第五条 丙'])
})

test('text boxes are read once, and count nowhere', () => {
  const lists = listOf(level(0, '第%1条 '))
  const box = `<w:txbxContent>${paragraph(0, '框')}</w:txbxContent>`
  const shape = `<w:r><mc:AlternateContent><mc:Choice><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`
  const holding = paragraph(0, '格').replace('</w:p>', `${shape}</w:p>`)
  const body = (second: string) => `${paragraph(0, '甲')}${second}${paragraph(0, '丙')}`
  expect(read(lists, body(tableOf(holding)))).toEqual(['第一条 甲', '第二条 格 框', '第三条 丙'])
  expect(read(lists, body(holding))).toEqual(['第一条 甲', '框', '第二条 格', '第三条 丙'])
})

test('a paragraph that was deleted as a whole has no number', () => {
  const lists = listOf(level(0, '第%1条 '))
  const mark = (name: string) => `</w:numPr><w:rPr><w:${name} w:id="1"/></w:rPr>`
  const deleted = paragraph(0, '乙')
    .replace('</w:numPr>', mark('del'))
    .replace(/<w:r><w:t>(.*)<\/w:t><\/w:r>/u, '<w:del><w:r><w:delText>$1</w:delText></w:r></w:del>')
  const moved = paragraph(0, '乙')
    .replace('</w:numPr>', mark('moveFrom'))
    .replace(/<w:r>.*<\/w:r>/u, '<w:moveFrom>$&</w:moveFrom>')
  const row = `<w:tbl><w:tr><w:trPr><w:del/></w:trPr>${cellOf(paragraph(0, ''))}</w:tr></w:tbl>`
  for (const each of [deleted, moved, row])
    expect(read(lists, `${paragraph(0, '甲')}${each}${paragraph(0, '丙')}`)).toEqual([
      '第一条 甲',
      '第二条 丙',
    ])
  // Only the end of the paragraph is deleted, or only its text.
  const rest = paragraph(0, '乙').replace('</w:numPr>', mark('del'))
  expect(read(lists, paragraph(0, '甲') + rest + paragraph(0, '丙'))).toHaveLength(3)
})
