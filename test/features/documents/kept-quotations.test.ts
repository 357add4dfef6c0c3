import { expect, test } from 'vitest'
import type { FindQuotation } from '../../../src/features/faq/quotes/quotations.ts'
import { createQuotations } from '../../../src/features/faq/quotes/quotations.ts'
import { documentPages } from '../../../src/site/document-pages.ts'
import { openOffice } from '../faq/knowledge-office.ts'
import { entryYaml } from '../faq/knowledge-samples.ts'
import { measures, openDocumentsWorld } from './world.ts'

test('the same question is answered anew once a document was approved or withdrawn', async () => {
  const quotations = createQuotations()
  const { world, documents, atChen, atHe } = await openDocumentsWorld(undefined, { quotable: quotations })
  const { answerer } = await openOffice({ world, clauses: documents.clauses, quote: quotations.find })
  const ask = async () =>
    (await answerer.answer('示范区科技创新补贴办法第三条怎么说', world.clock.now()))
      .map(({ text }) => text)
      .join()
  const approve = (which: number) =>
    atHe.post(`/documents/${which}/approve`, { revision: '1', isValidityChecked: 'yes' })
  expect(await ask()).not.toContain('30万元')
  await atChen.upload('a.txt', measures('30万元'))
  expect(await ask()).not.toContain('30万元')
  await approve(1)
  expect(await ask()).toContain('30万元')
  await atHe.post('/documents/1/withdraw', { note: '发错了', revision: '1' })
  expect(await ask()).not.toContain('30万元')
})

test('a clause that a newer version changes is held with the office to ask, and so is the clause around it', async () => {
  const quotations = createQuotations()
  const { world, documents, atChen, atHe } = await openDocumentsWorld(undefined, { quotable: quotations })
  const { answerer } = await openOffice({ world, clauses: documents.clauses, quote: quotations.find })
  const ask = async (question: string) =>
    (await answerer.answer(question, world.clock.now())).map(({ text }) => text).join()
  await atChen.upload('a.txt', measures('30万元'))
  await atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  await atChen.upload('b.txt', measures('50万元', '', '榕示科〔2026〕31号'), { supersedes: '1' })
  for (const question of [
    '示范区科技创新补贴办法第三条怎么说',
    '榕示科〔2026〕12号 第三条（一）',
    '示范区科技创新补贴单家企业最高不超过多少',
  ]) {
    const told = await ask(question)
    expect(told).toMatch(/文件有更新，正在核：榕示科〔2026〕12号 第三条.*请问示范区科学技术局/u)
    for (const said of ['30万', '50万', '只补贴一次', '文件原文']) expect(told).not.toContain(said)
  }
  expect(await ask('榕示科〔2026〕12号 第二条')).toContain('第二条 本办法适用于')
  await atHe.post('/documents/2/reject', { reason: '传错了' })
  expect(await ask('示范区科技创新补贴办法第三条怎么说')).toContain('30万元')
})

/** A library that has a clause for every question. */
const always =
  (covered: number): FindQuotation =>
  (_question, _at, _limit, isNamed) =>
    isNamed
      ? undefined
      : {
          ...{ documentId: '1', title: '某办法', number: '某字〔2026〕9号', until: undefined },
          ...{ clause: '第三条', page: 1, texts: ['第三条 每家40万元。'], left: 0 },
          ...{ isHistory: false, isHeld: false, isSuperseded: false, covered },
        }

test('an entry that holds goes before every clause; where there is none, the clause answers', async () => {
  const { answerer, world } = await openOffice({ quote: always(1) })
  const ask = async (question: string) => (await answerer.answer(question, world.clock.now()))[0]?.text ?? ''
  expect(await ask('补多少钱')).toContain('最高30万元')
  expect(await ask('补多少钱')).not.toContain('文件原文')
  expect(await ask('工位退租押金退不退')).toContain('文件原文（某字〔2026〕9号 第三条）')
})

test.each([
  [0.3, false],
  [0.9, true],
])(
  'an entry that is history gives way to a clause that says %d of the question: %s',
  async (covered, isClause) => {
    const entries = entryYaml
      .replace('policy: state', 'policy: history_only')
      .replace('short: 最高30万元。', 'short: 这项补贴已经停了。')
    const { answerer, world } = await openOffice({ entries, quote: always(covered) })
    const [said] = await answerer.answer('补多少钱', world.clock.now())
    expect(said?.text.includes('文件原文')).toBe(isClause)
  },
)

test('the public page marks the clauses that a newer version under review changes', async () => {
  const { documents, atChen, atHe } = await openDocumentsWorld()
  const shown = () => {
    const pages = documentPages({ documents: documents.published() })
    return pages.map(({ body }) => String(body)).join('\n')
  }
  await atChen.upload('a.txt', measures('30万元'))
  await atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  expect(shown()).not.toContain('正在核')
  await atChen.upload('b.txt', measures('50万元', '', '榕示科〔2026〕31号'), { supersedes: '1' })
  expect(documents.published()[0]?.changing).toEqual(['第三条（一）'])
  expect(shown()).toContain('文件有更新，正在核。')
  expect(shown()).toMatch(/【正在核】[^第]*（一）[^<]*30万元/u)
})
