import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createAnswerer } from '../../../../src/features/faq/answers.ts'
import { liveEntriesOf } from '../../../../src/features/faq/live-entries.ts'
import { createQuotations } from '../../../../src/features/faq/quotes/quotations.ts'
import { createSearch } from '../../../../src/features/faq/search.ts'
import type { QuotableDocument } from '../../../../src/ports/passages.ts'
import { finder, knowledge } from '../../../shipped-knowledge.ts'

const at = Temporal.Instant.from('2026-11-29T04:00:00Z')

const articles = (...texts: string[]) =>
  texts.map((text, i) => {
    const label = `第${'一二三四五'.charAt(i)}条`
    return { path: [label], page: 1, text: `${label} ${text}` }
  })

const ofWenzhou: QuotableDocument = {
  id: 'wenzhou',
  title: '关于印发《温州市企业研发费用补助实施细则》的通知',
  number: '温科发〔2026〕8号',
  issuer: '温州市科学技术局、温州市财政局',
  date: '2026-01-20',
  from: undefined,
  until: undefined,
  isSuperseded: false,
  passages: articles(
    '为鼓励企业加大研发投入，制定本细则。',
    '企业研发费用补助按上年度研发费用的3%给予，单家企业最高40万元。',
    '研发费用补助在每年5月由企业向县科技局申报，逾期不予受理。',
  ),
}

const ofTaijiang: QuotableDocument = {
  ...ofWenzhou,
  id: 'taijiang',
  title: '台江区众创空间管理办法（试行）',
  number: undefined,
  issuer: '台江区科学技术局',
  passages: articles(
    '为规范众创空间管理，制定本办法。',
    '众创空间的奖励为每家10万元，分两年拨付。',
    '众创空间每年3月底前报送年度总结。',
  ),
}

function openWith(...documents: QuotableDocument[]) {
  const quotations = createQuotations()
  for (const document of documents) quotations.put(document)
  const answerer = createAnswerer(liveEntriesOf(knowledge), createSearch(finder, undefined), {
    quote: quotations.find,
  })
  return async (question: string) => (await answerer.answer(question, at)).map(({ text }) => text).join('\n')
}

test.each([
  ['温州市企业研发费用补助实施细则最高补多少', '温科发〔2026〕8号 第二条'],
  ['《温州市企业研发费用补助实施细则》研发费用补助什么时候申报', '温科发〔2026〕8号 第三条'],
  ['《企业研发费用补助实施细则》第三条', '温科发〔2026〕8号 第三条'],
  ['温科发〔2026〕8号研发费用补助最高多少', '温科发〔2026〕8号 第二条'],
  ['温州市科技局的研发费用补助最高多少', '温科发〔2026〕8号 第二条'],
  ['温州科技局研发费用补助哪个月申报', '温科发〔2026〕8号 第三条'],
  ['温州的企业研发费用补助最高多少', '温科发〔2026〕8号 第二条'],
  ['浙江温州那边研发费用补助每年几月申报', '温科发〔2026〕8号 第三条'],
  ['台江区众创空间管理办法里众创空间奖励多少', '《台江区众创空间管理办法（试行）》 第二条'],
  ['众创空间管理办法第三条', '《台江区众创空间管理办法（试行）》 第三条'],
])('%s', async (question, clause) => {
  expect(await openWith(ofWenzhou, ofTaijiang)(question)).toMatch(`文件原文（${clause}）`)
})

test('a title alone shows the document, to be asked for by its title', async () => {
  const said = await openWith(ofWenzhou, ofTaijiang)('《台江区众创空间管理办法（试行）》')
  expect(said).toContain('回复「《台江区众创空间管理办法（试行）》 第一条」')
  expect(await openWith(ofTaijiang)('台江区众创空间管理办法第九条')).toBe(
    '《台江区众创空间管理办法（试行）》里没有「第九条」，最后一条是第三条。',
  )
})

test.each([
  '研发费用加计扣除比例是多少',
  '福建企业研发投入奖补能拿多少',
  '高企怎么报',
  '福州的高企奖励有多少',
  '我从温州搬过来，高企怎么报',
  '众创空间管理有什么要求',
  '台江区科技局在哪',
])('%s: what names no document is answered as without a library', async question => {
  expect(await openWith(ofWenzhou, ofTaijiang)(question)).toBe(await openWith()(question))
})

test('what another office said and holds no longer does not stand before what holds', async () => {
  const old = { ...ofWenzhou, until: '2025-12-31' }
  expect(await openWith(old)('温州的企业研发费用补助最高多少')).not.toMatch(/^文件原文/u)
  expect(await openWith(old)('温州市企业研发费用补助实施细则最高补多少')).toMatch(/^历史文件原文/u)
})
