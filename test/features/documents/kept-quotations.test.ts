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
