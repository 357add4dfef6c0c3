import { expect, test } from 'vitest'
import { createQuotations } from '../../../src/features/faq/quotes/quotations.ts'
import { openOffice } from '../faq/knowledge-office.ts'
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
