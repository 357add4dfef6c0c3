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

const style = (family: string, name: string, properties: string, parent = '') =>
  `<style:style style:name="${name}" style:family="${family}" style:parent-style-name="${parent}">${properties}</style:style>`
const styles = [
  style('text', 'Hidden', '<style:text-properties text:display="none"/>'),
  style('text', 'Based', '', 'Hidden'),
  style('paragraph', 'Unseen', '<style:text-properties text:display="none"/>'),
  style('paragraph', 'Next', '<style:paragraph-properties fo:break-before="page"/>'),
  style('table', 'Below', '<style:table-properties fo:break-before="page"/>'),
  '<text:list-style style:name="Mixed"><text:list-level-style-bullet text:level="1"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/></text:list-style>',
].join('')
const styled = (body: string) => readDocument(odtOf(body, '', styles), 'a.odt')

test('what is said of a picture is no text; hidden text is left out and named as a gap', async () => {
  const body = [
    p('补助<draw:frame><svg:title>标题</svg:title><svg:desc>徽标</svg:desc></draw:frame>10万元。'),
    p(
      '最高<text:span text:style-name="Hidden">（旧）</text:span><text:span text:style-name="Based">50</text:span>30万元。',
    ),
    '<text:p text:style-name="Unseen">旧条款。</text:p>',
    `<text:section text:display="none">${p('旧一节。')}</text:section>`,
    p('完<text:hidden-text text:is-hidden="true">旧</text:hidden-text>。'),
  ]
  const { pages } = await styled(body.join(''))
  expect(pages[0]?.paragraphs).toEqual(['补助10万元。', '最高30万元。', '完。'])
  expect(pages[0]?.gaps).toEqual(['文件里有隐藏的文字，没有读。'])
})

test('numbers below an unnumbered level begin anew', async () => {
  const inner = (...texts: string[]) => `<text:list>${texts.map(text => item(p(text))).join('')}</text:list>`
  const body = item(p('甲') + inner('一项', '二项')) + item(p('乙') + inner('三项'))
  const { pages } = await styled(`<text:list text:style-name="Mixed">${body}</text:list>`)
  expect(pages[0]?.paragraphs).toEqual(['甲', '1.一项', '2.二项', '乙', '1.三项'])
})

test('paragraphs that name their list, and lists in cells, keep their numbers', async () => {
  const numbered = (text: string, more = '') =>
    `<text:numbered-paragraph text:style-name="Articles" text:list-id="n" ${more}>${p(text)}</text:numbered-paragraph>`
  const cell = (inner: string) => `<table:table-cell>${inner}</table:table-cell>`
  const rows = `<table:table-row>${cell(p('条件'))}${cell(list(item(p('注册。')) + item(p('纳税。'))))}</table:table-row>`
  const body = [
    numbered('目的。'),
    numbered('标准：'),
    numbered('甲档；', 'text:level="2"'),
    numbered('期限。'),
    `<table:table>${rows}</table:table>`,
  ]
  expect(await linesOf(body.join(''))).toEqual([
    '第一条 目的。',
    '第二条 标准：',
    '（一）甲档；',
    '第三条 期限。',
    '条件 | 第一条 注册。 第二条 纳税。',
  ])
})

test('cells and rows that repeat stand as often as they are shown', async () => {
  const row = (inner: string, more = '') => `<table:table-row ${more}>${inner}</table:table-row>`
  const cell = (text: string, more = '') => `<table:table-cell ${more}>${p(text)}</table:table-cell>`
  const twice = 'table:number-columns-repeated="2"'
  const body = `<table:table>${row(cell('甲') + cell('10', twice) + cell('乙'))}${row(
    `${cell('合', 'table:number-columns-spanned="3"')}<table:covered-table-cell ${twice}/>${cell('丙')}`,
    'table:number-rows-repeated="2"',
  )}</table:table>`
  expect(await linesOf(body)).toEqual(['甲 | 10 | 10 | 乙', '合 | 丙', '合 | 丙'])
  const huge = row(cell('甲', 'table:number-columns-repeated="99999999"'))
  await expect(linesOf(`<table:table>${huge}</table:table>`)).rejects.toThrow('展开后太大')
})

test('a page begins where a style asks for it, once', async () => {
  const next = (inner: string) => `<text:p text:style-name="Next">${inner}</text:p>`
  const table = `<table:table table:style-name="Below"><table:table-row><table:table-cell>${p('表')}</table:table-cell></table:table-row></table:table>`
  const { pages } = await styled(
    [next('一'), next('二'), next('<text:soft-page-break/>三'), p('三'), table].join(''),
  )
  expect(pages.map(({ paragraphs }) => paragraphs)).toEqual([['一'], ['二'], ['三', '三'], ['表']])
})
