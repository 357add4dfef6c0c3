import { expect, test } from 'vitest'
import { readDocument } from '../../src/parsing/index.ts'
import { odtOf } from './packed-files.ts'

const linesOf = async (body: string) =>
  (await readDocument(odtOf(body), 'a.odt')).pages.flatMap(({ paragraphs }) => paragraphs)
const item = (inner: string) => `<text:list-item>${inner}</text:list-item>`
const list = (inner: string, more = '') =>
  `<text:list text:style-name="Articles" ${more}>${inner}</text:list>`
const p = (text: string) => `<text:p>${text}</text:p>`

test('lists and headings keep the numbers that the program counts', async () => {
  const body = [
    '<text:h text:outline-level="1">总则</text:h>',
    list(
      item(p('目的。')) +
        item(`${p('标准如下：')}<text:list>${item(p('甲档；')) + item(p('乙档。'))}</text:list>`),
      'xml:id="l1"',
    ),
    p('同一空间就高补助。'),
    '<text:h text:outline-level="1">附则</text:h>',
    list(item(p('期限。') + p('可以延长。')), 'xml:id="l2" text:continue-list="l1"'),
    list(item(`<text:list>${item(p('甲；'))}</text:list>`), 'text:continue-numbering="true"'),
    list(item(p('另一份。'))),
    list(`<text:list-item text:start-value="8">${p('跳到这里。')}</text:list-item>`),
  ]
  expect(await linesOf(body.join(''))).toEqual([
    '第一章 总则',
    '第一条 目的。',
    '第二条 标准如下：',
    '（一）甲档；',
    '（二）乙档。',
    '同一空间就高补助。',
    '第二章 附则',
    '第三条 期限。',
    '可以延长。',
    '（一）甲；',
    '第一条 另一份。',
    '第八条 跳到这里。',
  ])
})

test('rows, boxes, notes and pages are read; deletions and remarks are not', async () => {
  const cell = (text: string, more = '') => `<table:table-cell ${more}>${p(text)}</table:table-cell>`
  const covered = '<table:covered-table-cell/>'
  const body = [
    `<text:tracked-changes>${p('删掉的话')}</text:tracked-changes>`,
    p(
      '最高<text:s text:c="3"/>30<office:annotation><text:p>批注</text:p></office:annotation>万<text:line-break/>元<text:tab/>整',
    ),
    p(
      '10<text:span text:style-name="Raised">5</text:span>台<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>脚注。</text:p></text:note-body></text:note>',
    ),
    p('<draw:frame><draw:text-box><text:p>文本框</text:p></draw:text-box></draw:frame>'),
    `<table:table><table:table-header-rows><table:table-row>${cell('档次')}${cell('标准', 'table:number-columns-spanned="2"')}${covered}</table:table-row></table:table-header-rows><table:table-row>${covered}${cell('甲')}${cell('10万元')}</table:table-row></table:table>`,
    '<text:soft-page-break/>',
    p('第二页'),
  ]
  const { pages } = await readDocument(odtOf(body.join('')), 'a.odt')
  expect(pages.map(({ paragraphs }) => paragraphs)).toEqual([
    ['最高 30万 元 整', '10⁵台', '文本框', '档次 | 标准', '| 甲 | 10万元'],
    ['第二页', '脚注。'],
  ])
})

test('a picture is named as a gap, and a locked file is refused', async () => {
  const picture = '<draw:frame><draw:image/></draw:frame>'
  const { pages } = await readDocument(odtOf(p(`图${picture}`)), 'a.odt')
  expect(pages[0]?.gaps.join()).toContain('图片')
  const locked = readDocument(odtOf(p('x'), '<manifest:encryption-data/>'), 'a.odt')
  await expect(locked).rejects.toThrow('加了密码')
})
