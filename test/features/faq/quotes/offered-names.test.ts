import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { clauseOf, documentNameOf } from '../../../../src/features/documents/words.ts'
import { replyOnHold } from '../../../../src/features/faq/cited-clauses.ts'
import { createQuotations } from '../../../../src/features/faq/quotes/quotations.ts'
import { noClauses } from '../../../../src/ports/clauses.ts'

const passages: [string[], string][] = [
  [['第一段'], '现将办法印发给你们。'],
  [['第三条'], '第三条 补贴标准如下：'],
  [['第三条', '（一）'], '（一）单家企业最高不超过50万元。'],
  [['二、', '（一）'], '（一）设备补助5万元。'],
  [['附件', '2.'], '2.承诺书'],
  [['附件2', '第一段'], '场租补助标准'],
  [['附件2', '1.'], '1.场租每家3万元'],
  [['附件2', '表'], '档次 | 金额'],
  [['1', '1.2'], '1.2 每家2万元'],
]
const documents = [
  { documentNumber: '某字〔2026〕10号', title: '示范区科技创新补贴办法' },
  { documentNumber: '', title: '示范区科技创新补贴办法' },
  { documentNumber: '', title: '关于印发《示范区科技创新补贴办法》的通知' },
  { documentNumber: '', title: '台江区创业补助实施方案（试行）' },
]
const at = Temporal.Instant.from('2026-12-01T02:00:00Z')

test('a name that is offered for the newer text finds that text, or the document', () => {
  for (const document of documents) {
    const { documentNumber, title } = document
    const quotations = createQuotations()
    quotations.put({
      ...{ id: '1', title, number: documentNumber || undefined, date: '2026-01-05', from: undefined },
      ...{ until: undefined, isSuperseded: false },
      passages: passages.map(([path, text]) => ({ path, text, page: 1 })),
    })
    for (const [place, [path, text]] of passages.entries()) {
      const name = documentNameOf(document)
      const quotable = [`${name} ${clauseOf({ path }, place)}`, name]
      const changed = [{ ...noClauses.resolve(''), state: 'changed' as const, after: text, quotable }]
      const entry = { ask: '区科技局', documents: [] }
      const said = replyOnHold(entry, { changed, isHeld: true }, asked => quotations.find(asked, at))
      const offered = /看原文请问「(.+)」。$/u.exec(said.text)?.[1] ?? ''
      const found = quotations.find(offered, at)
      // A title is looked for without marks, so 「二、（一）」 behind it is not known again.
      if (path[0] === '第三条' || (documentNumber && path[0] === '二、')) expect(offered).toBe(quotable[0])
      if (offered !== name) expect(found?.texts).toContain(text)
      expect(said.withClause).toContain(offered === name ? `「${name}」` : text)
      expect([offered, found?.asked]).toEqual([offered, offered === name ? 'overview' : 'clause'])
    }
  }
})

test('nothing is offered where neither the clause nor the document is found', () => {
  const changed = [{ ...noClauses.resolve(''), state: 'changed' as const, quotable: ['某字〔2026〕10号'] }]
  const { text, withClause } = replyOnHold(
    { ask: '区科技局', documents: [] },
    { changed, isHeld: true },
    () => undefined,
  )
  expect(text).toBe('文件有更新，正在核。核好以前，这一条先不说，请问区科技局。')
  expect(withClause).toBe(text)
})
