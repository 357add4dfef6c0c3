import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createAnswerer } from '../../../../src/features/faq/answers.ts'
import { createFinder } from '../../../../src/features/faq/finder/finder.ts'
import { liveEntriesOf } from '../../../../src/features/faq/live-entries.ts'
import { createQuotations } from '../../../../src/features/faq/quotes/quotations.ts'
import { createSearch } from '../../../../src/features/faq/search.ts'
import type { QuotableDocument } from '../../../../src/ports/passages.ts'
import { samplesOf } from '../../../documents/set/sample.ts'
import { openFaqChat } from '../chat.ts'

const at = Temporal.Instant.from('2026-11-29T04:00:00Z')
const groups = ['learnt', 'unseen', 'styles', 'last', 'offices', 'final', 'kinds', 'wider'] as const
const samples = groups.flatMap(samplesOf)

function quotable(name: string, more: Partial<QuotableDocument> = {}): QuotableDocument {
  const sample = samples.find(each => each.name === name)
  if (!sample) throw new RangeError(name)
  const { title, number, date } = sample.head
  const passages = sample.blocks
    .filter(({ path }) => path.length > 0)
    .map(({ path, text }) => ({ path, text, page: 1 }))
  return {
    id: name,
    title,
    number,
    date,
    from: undefined,
    until: undefined,
    isSuperseded: false,
    passages,
    ...more,
  }
}

function openWith(...documents: QuotableDocument[]) {
  const quotations = createQuotations()
  for (const document of documents) quotations.put(document)
  const entry = { id: 'e1', question: '高企怎么报', otherQuestions: [], answer: '先自评。' }
  const finder = createFinder([entry], { aliases: { aliases: {}, ambiguous: {} } })
  const live = liveEntriesOf({ entries: [], programmes: [], thresholds: new Map() })
  const { mei } = openFaqChat({
    answerer: createAnswerer(live, createSearch(finder, undefined), { quote: quotations.find }),
  })
  return { quotations, mei }
}

describe('a clause answers where no entry does', () => {
  test('word for word, with number and clause', async () => {
    const { mei } = openWith(quotable('learnt-word'), quotable('unseen-ofd'))
    const [reply] = await mei.asks('人才公寓租金怎么收，第六年呢', '文件原文')
    expect(reply?.text).toBe(
      '文件原文（榕高新管〔2020〕88号 第四条）：\n第四条 租金按照市场评估价的50%收取。连续租住满五年的，第六年起按照市场评估价收取，租期最长不超过八年。\n这是原文，不是解读。',
    )
  })

  test('from a library of one document too', async () => {
    const { mei } = openWith(quotable('unseen-ofd'))
    await mei.asks('租金怎么收', '文件原文（榕高新管〔2020〕88号 第四条）')
    await mei.asks('转租会被收回吗', '文件原文（榕高新管〔2020〕88号 第五条）')
    await mei.asks('公积金贷款额度怎么算', '还没有可靠的答案')
  })

  test('the whole clause on request', async () => {
    const { mei } = openWith(quotable('unseen-word'), quotable('unseen-ofd'))
    await mei.asks('孵化器场地使用面积要多少平方米', '文件原文（海东国科学技术部令第12号 第三条）')
    await mei.says('完整答案', '累计毕业企业在25家以上。')
  })

  test('nothing of it is told where it is not clear', async () => {
    const { mei } = openWith(quotable('learnt-word'), quotable('unseen-ofd'))
    const [reply] = await mei.asks('公积金贷款额度怎么算', '还没有可靠的答案')
    expect(reply?.text).not.toContain('文件原文')
  })

  test('the clause whose number a question names, and no other', async () => {
    const { mei } = openWith(quotable('learnt-word'), quotable('unseen-ofd'))
    await mei.asks('榕高新管〔2020〕88号第五条', '文件原文（榕高新管〔2020〕88号 第五条）')
    await mei.asks('榕高新管[2020]88号 第5条怎么说', '文件原文（榕高新管〔2020〕88号 第五条）')
    const [missing] = await mei.asks('榕高新管〔2020〕88号第九十条', '里没有「第九十条」')
    expect(missing?.text).not.toContain('文件原文')
    const [whole] = await mei.asks('榕高新管〔2020〕88号', '文件原文（榕高新管〔2020〕88号）：\n《')
    expect(whole?.text).toContain('要看哪一条，回复「榕高新管〔2020〕88号 第一条」。')
  })

  test('no number within the longer number of another office', async () => {
    const { mei, quotations } = openWith(quotable('learnt-word'), quotable('unseen-ofd'))
    const [other] = await mei.asks('闽榕高新管〔2020〕88号 第五条', '')
    expect(other?.text).not.toContain('榕高新管〔2020〕88号 第五条）')
    await mei.asks('请问榕高新管〔2020〕88号 第五条', '文件原文（榕高新管〔2020〕88号 第五条）')
    quotations.put(quotable('unseen-ofd', { id: 'longer', number: '闽榕高新管〔2020〕88号' }))
    await mei.asks('闽榕高新管〔2020〕88号 第五条', '文件原文（闽榕高新管〔2020〕88号 第五条）')
  })

  test('the last article of what is missing is not one of an attachment', async () => {
    const plain = quotable('unseen-ofd')
    const attached = { path: ['附件1', '第三十条'], text: '第三十条 合同一式两份。', page: 9 }
    const { mei } = openWith({ ...plain, passages: [...plain.passages, attached] }, quotable('learnt-word'))
    const [missing] = await mei.asks('榕高新管〔2020〕88号第九十条', '里没有「第九十条」')
    expect(missing?.text).toContain('最后一条是')
    expect(missing?.text).not.toContain('第三十条')
  })

  test('the clause that says from when a document holds', async () => {
    const { mei } = openWith(quotable('learnt-word'), quotable('unseen-ofd'))
    await mei.asks('人才公寓管理实施细则什么时候开始执行', '文件原文（榕高新管〔2020〕88号 第六条）')
    await mei.asks('榕高新管〔2020〕88号还有效吗', '文件原文（榕高新管〔2020〕88号 第六条）')
  })

  test('no clause that says nothing but the title of what is asked', async () => {
    const { mei } = openWith(quotable('learnt-word'), quotable('unseen-ofd'))
    const [reply] = await mei.asks('人才公寓物业费打几折', '还没有可靠的答案')
    expect(reply?.text).not.toContain('文件原文')
  })

  test('what is over is told as history, and only where nothing in force answers', async () => {
    const old = quotable('unseen-ofd', { id: 'old', until: '2022-12-31' })
    const { mei, quotations } = openWith(quotable('learnt-word'), old)
    await mei.asks('人才公寓租金怎么收，第六年呢', '历史文件原文（榕高新管〔2020〕88号 第四条，已失效）')
    await mei.asks('人才公寓转租会被收回吗', '有效期到2022年12月31日，现在不能按它办')
    quotations.put(quotable('unseen-ofd', { id: 'new', number: '榕高新管〔2026〕1号' }))
    await mei.asks('人才公寓租金怎么收，第六年呢', '文件原文（榕高新管〔2026〕1号 第四条）')
    quotations.remove('new')
    quotations.remove('old')
    await mei.asks('人才公寓租金怎么收，第六年呢', '还没有可靠的答案')
  })

  test('what a newer document took the place of says so, whatever its own last day', async () => {
    const old = quotable('unseen-ofd', {
      until: '2099-12-31',
      isSuperseded: true,
      replacedBy: '榕高新管〔2026〕1号',
    })
    const { mei, quotations } = openWith(old)
    const [reply] = await mei.asks(
      '榕高新管〔2020〕88号 第四条',
      '历史文件原文（榕高新管〔2020〕88号 第四条，已被代替）',
    )
    expect(reply?.text).toContain('这份文件已由榕高新管〔2026〕1号代替，现在不能按它办')
    expect(reply?.text).not.toContain('2099')
    quotations.put({ ...old, replacedBy: undefined })
    await mei.asks('榕高新管〔2020〕88号 第四条', '这份文件已有新的规定，现在不能按它办')
  })

  test('what holds from a later day on is not told yet', async () => {
    const { mei } = openWith(quotable('learnt-word'), quotable('unseen-ofd', { from: '2027-01-01' }))
    await mei.asks('人才公寓租金怎么收，第六年呢', '还没有可靠的答案')
  })
})

type Asked = { text: string; document: string; clause: string }
const asked = readFileSync('test/data/clause-questions.jsonl', 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as Asked)

test.each([
  { size: 'small', of: ['learnt', 'unseen'] as const, least: 0.7, every: 1 },
  { size: 'large', of: groups, least: 0.6, every: 2 },
])(
  'questions to clauses of a $size library: most are answered, with whole passages of the right document, others never',
  ({ of, least, every }) => {
    const quotations = createQuotations()
    const own = of.flatMap(samplesOf).filter(({ maker }) => maker !== 'scan')
    const documents = own.map(({ name }) => quotable(name))
    for (const document of documents) quotations.put(document)
    const known = new Set(['', ...documents.map(({ id }) => id)])
    const found = asked
      .filter(({ document }, index) => known.has(document) && index % every === 0)
      .map(each => ({ ...each, quotation: quotations.find(each.text, at, 210) }))
    const inside = found.filter(({ document }) => document !== '')
    expect(found.filter(({ document, quotation }) => document === '' && quotation)).toEqual([])
    const told = inside.filter(({ quotation }) => quotation !== undefined)
    expect(told.filter(({ document, quotation }) => quotation?.documentId !== document)).toEqual([])
    expect(told.length / inside.length).toBeGreaterThan(least)
    for (const { document, quotation } of told) {
      const texts = documents.find(({ id }) => id === document)?.passages.map(({ text }) => text) ?? []
      for (const text of quotation?.texts ?? []) expect(texts).toContain(text)
    }
  },
)

describe('a row of a table', () => {
  const catalogue = quotable('wider-catalogue')

  test('of a long table is quoted alone, below the row that names its columns', () => {
    const { quotations } = openWith(catalogue, quotable('learnt-word'))
    const found = quotations.find('专利质押融资贴息补多少，要满足什么兑现条件', at, 200)
    expect(found?.texts).toEqual([
      '序号 | 事项名称 | 兑现条件 | 兑现标准 | 牵头单位',
      '9 | 专利质押融资贴息 | 贷款已结清 | 贷款利息的30%，最高50万元 | 市市场监管局',
    ])
    expect(found?.clause).toBe('表第十行')
  })

  test('of a form that is to be filled in answers nothing', () => {
    const passages = catalogue.passages.map(one => ({
      ...one,
      text: one.path.at(-1) === '第十行' ? '9 | 专利质押融资贴息 |  |  | ' : one.text,
    }))
    const { quotations } = openWith({ ...catalogue, passages })
    expect(quotations.find('专利质押融资贴息补多少', at, 200)?.clause).not.toBe('表第十行')
  })
})
