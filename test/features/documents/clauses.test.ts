import { expect, test } from 'vitest'
import type { Feature } from '../../../src/feature.ts'
import { readCitation } from '../../../src/features/documents/clauses/clause-names.ts'
import { clauseOf } from '../../../src/features/documents/words.ts'
import { sayPath } from '../../../src/features/faq/quotes/extent.ts'
import { createQuotations } from '../../../src/features/faq/quotes/quotations.ts'
import { clauseKey } from '../../../src/text/notices/clause-key.ts'
import { openOffice } from '../faq/knowledge-office.ts'
import { unmarked } from './changes-page.ts'
import { measures, openDocumentsWorld } from './world.ts'

const number = '某字〔2020〕1号'
const edit = '/knowledge/entries/one/edit'

/** A library with one approved document, and the knowledge base over it. */
async function openBoth() {
  const all: Feature[] = []
  const quotations = createQuotations()
  const library = await openDocumentsWorld(undefined, { features: () => all, quotable: quotations })
  const { clauses } = library.documents
  const office = await openOffice({ world: library.world, clauses, quote: quotations.find })
  all.push(office.feature)
  const approve = (which: number) =>
    library.atHe.post(`/documents/${which}/approve`, { revision: '1', isValidityChecked: 'yes' })
  await library.atChen.upload('a.txt', measures('30万元', '', number))
  await approve(1)
  const ask = async (question: string) =>
    (await office.answerer.answer(question, library.world.clock.now()))[0]?.text ?? ''
  /** Edits the entry and has it approved. */
  async function change(number: number, fields: Record<string, string>) {
    office.asOrganizer()
    const page = await office.send('/knowledge/submit', { ...(await office.formAt(edit)), ...fields })
    office.asReviewer()
    const shown = `/knowledge/changes/${number}`
    return `${page}${await office.send(`${shown}/approve`, await office.formAt(shown))}`
  }
  return { ...library, office, approve, ask, change }
}

test('clauses are called in many ways', () => {
  const ways = ['第三条（一）', '第3条第(一)项', '第三条第一项', '第二章第三条（一）', ' 第三条 (一) ']
  for (const way of ways) expect(clauseKey([way])).toBe('第三条(一)')
  expect(readCitation('《示范区科技创新补贴办法》第三条')).toMatchObject({
    document: '示范区科技创新补贴办法',
    clause: '第三条',
  })
  for (const number of ['国务院令第512号', '公告2026年第10号', '榕科〔2026〕12号', '榕科[2026]12号'])
    expect(readCitation(`${number} 第110条 #00aa11bb`)).toMatchObject({
      clause: '第一百一十条',
      mark: '00aa11bb',
    })
  // 「1.1」 below 「1」 is called by its own number.
  expect(clauseKey(['1', '1.1', '1.1.2'])).toBe(clauseKey(['1.1.2']))
  expect(clauseOf({ path: ['1', '1.1', '第一段'] }, 0)).toBe('1.1第一段')
  expect(sayPath(['3.', '3.1', '（2）'])).toBe('3.1（2）')

  expect(readCitation('什么也不是')).toBeUndefined()
})

test('points between the digits of clauses tell them apart', () => {
  const paths = [
    ['12'],
    ['1', '1.2'],
    ['1', '1.12'],
    ['11.', '11.2'],
    ['1.', '1.1', '1.1.2'],
    ['11'],
    ['1、', '1.1'],
    ['1.', '①'],
    ['112'],
  ]
  expect(new Set(paths.map(clauseKey)).size).toBe(paths.length)
  for (const path of paths)
    expect(readCitation(`某字〔2020〕1号 ${clauseOf({ path }, 0)}`)?.clause).toBe(clauseKey(path))
  for (const way of ['1.2', '１．２', '1.2.', '1.2、', ' 1.2 ']) expect(clauseKey([way])).toBe('1.2')
  expect(clauseKey(['二、', '（一）', '1.'])).toBe('二(一)1')
})

test('what is listed as attached is another clause than the attachment', () => {
  const paths = [['附件', '2.'], ['附件2'], ['附件2', '1.'], ['附件', '2.1'], ['附录', '1、']]
  expect(new Set(paths.map(clauseKey)).size).toBe(paths.length)
  for (const path of paths)
    expect(readCitation(`某字〔2020〕1号 ${clauseOf({ path }, 0)}`)?.clause).toBe(clauseKey(path))
  for (const way of ['附件2', '附件 2']) expect(clauseKey([way])).toBe(clauseKey(['附件2']))
})

test('an entry points to a clause, and opens the page with it marked', async () => {
  const { office, change, atHe } = await openBoth()
  expect(await change(1, { clauses: `${number} 第九条` })).toContain('文件库里没有')
  expect(await change(1, { clauses: `${number} 第三条（一）` })).toContain('已上线')
  const page = await office.read('/knowledge/entries/one')
  expect(page).toContain('已核')
  const path = /href="(\/documents\/1\?at=[^"]+)"/u.exec(page)?.[1] ?? ''
  const marked = await atHe.read(path)
  expect(marked).toMatch(/class="passage cited">\s*<p class="hint">第三条（一）/u)
  expect(marked).toContain(`id="${path.split('#')[1]}" class="passage cited"`)
})

test('a new version holds back what changed within the upload, and what did not goes on', async () => {
  const { office, change, ask, atChen, atHe, approve } = await openBoth()
  await change(1, { clauses: `${number} 第三条（一）` })
  expect(await ask('补多少钱')).toContain('最高30万元')

  await atChen.upload('b.txt', measures('30万元', '解释权归区科技局。', '某字〔2026〕9号'), {
    supersedes: '1',
  })
  expect(await ask('补多少钱')).toContain('最高30万元')
  await atChen.upload('c.txt', measures('50万元', '', '某字〔2026〕10号'), { supersedes: '2' })
  expect(await ask('补多少钱')).toMatch(/文件有更新，正在核。.*请问区人社部门/u)
  expect(await ask('高企去哪里申请')).toContain('到认定管理工作网申请')
  expect(await office.read('/knowledge?show=check')).toContain('条款变了，先不说')
  const entry = await office.read('/knowledge/entries/one')
  for (const said of ['最高不超过30万元', '最高不超过50万元']) expect(entry).toContain(said)
  const marked = await atHe.read('/documents/changes')
  expect(marked).toMatch(
    /它现在说的（变了的数字标出来了）<\/small><\/p>\s*<p class="told">[^<]*<mark>30万元<\/mark>/u,
  )
  const changes = unmarked(marked)
  for (const said of ['能补多少？', '核好以前不说', '最高不超过30万元', '最高不超过50万元'])
    expect(changes).toContain(said)
  expect(await atHe.read('/documents/3/compare')).toContain('改了或没有了的条款（2）')
  expect(office.published().find(({ id }) => id === 'one')?.text).not.toContain('30万元')

  await approve(2)
  expect(await ask('补多少钱')).not.toContain('新文件')
  await approve(3)
  expect(await ask('补多少钱')).toMatch(
    /正在核.*请问区人社部门。\n新文件已经核过。文件原文（某字〔2026〕10号 第三条）：.*最高不超过50万元/su,
  )
  await change(2, { short: '最高50万元。', clauses: '某字〔2026〕10号 第三条（一）' })
  expect(await ask('补多少钱')).toContain('最高50万元')
  expect(await office.read('/knowledge?show=check')).not.toContain('条款变了')
})

test('an entry that names the document only is held back where it tells a figure that changed', async () => {
  const { ask, atChen, atHe } = await openBoth()
  await atChen.upload('b.txt', measures('20万元', '', '某字〔2026〕9号'), { supersedes: '1' })
  expect(await ask('补多少钱')).toContain('正在核')
  await atHe.post('/documents/2/reject', { reason: '传错了' })
  expect(await ask('补多少钱')).toContain('最高30万元')
})

test('a page tells which share of the figures stands in checked clauses', async () => {
  const { office, change, atHe } = await openBoth()
  expect(await office.read('/knowledge/figures')).toContain('<strong>0%</strong>')
  await change(1, { clauses: `${number} 第三条（一）` })
  const page = await office.read('/knowledge/figures')
  expect(page).toContain('<strong>50%</strong>：回答里一共有 2 个数字，1 个写在核过的条款里')
  expect(page).toContain('3年')
  await atHe.post('/documents/1/withdraw', { reason: '印错了' })
  expect(await office.read('/knowledge/figures')).toContain('<strong>0%</strong>')
})
