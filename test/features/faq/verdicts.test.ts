import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createAnswerer } from '../../../src/features/faq/answers.ts'
import { liveEntriesOf } from '../../../src/features/faq/live-entries.ts'
import { figuresTold } from '../../../src/features/faq/verdicts/told-figures.ts'
import { verdictOn } from '../../../src/features/faq/verdicts/verdict.ts'
import { answerer, finder, knowledge } from '../../shipped-knowledge.ts'

const { entries, thresholds } = knowledge
const entryOf = (id: string) => {
  const entry = entries.find(each => each.id === id)
  if (!entry) throw new Error(`no entry ${id}`)
  return entry
}
const verdict = (id: string, question: string) => verdictOn(question, entryOf(id), thresholds.get(id))

test.each([
  ['vat-threshold', '月销售额刚好10万，免不免增值税', true],
  ['vat-threshold', '月销售额9万，免不免增值税', false],
  ['vat-threshold', '月销售额11万，免不免增值税', false],
  ['hnte-people', '这人干了182天算不算科技人员', true],
])('%s %s: a verdict from a weak source says so', (id, question, isWarned) => {
  expect(verdict(id, question)?.includes('没有完全核实')).toBe(isWarned)
})

test('in a list of figures none is put against a threshold', () => {
  const list = Array.from({ length: 400 }, (_, at) => `${at + 301}万、`).join('')
  expect(verdict('slpe-who', `利润${list}还算小微吗`)).toBeUndefined()
})

describe('a maker’s own figures against the thresholds of an entry', () => {
  test.each([
    [
      'slpe-who',
      '利润刚好300万，还算小微吗',
      /^这一条够得上：年应纳税所得额不能超过300万元，刚好300万元也算；你说的是刚好300万/,
    ],
    ['slpe-who', '应纳税所得额三百万零一块，还算小型微利吗', /^不能：/],
    [
      'slpe-who',
      '资产4800万、员工290人、应纳税所得额295万，还算小型微利吗',
      /^你说的295万、290人、4800万都够得上/,
    ],
    ['slpe-who', '资产总额5001万，利润才80万，算不算小微', /^不能：资产总额不能超过5000万元/],
    ['slpe-who', '利润290多万，算小微吗', /^这一条够得上：/],
    ['slpe-who', '利润300多万，算小微吗', /^不能：/],
    ['sts-conditions', '我们501人，还能评科小吗', /^不能：职工不能超过500人.+你说的是501人/],
    ['sts-conditions', '正好五百人能评科小不', /^这一条够得上：职工不能超过500人/],
    ['sts-conditions', '资产总额两亿五，还能进科技型中小企业库吗', /^不能：资产总额不能超过2亿元/],
    ['sts-conditions', '我们刚好500个职工，科小能报吗', /^这一条够得上：职工不能超过500人/],
    ['sts-conditions', '年销售收入正好两个亿，可以评科小吗', /^这一条够得上：年销售收入不能超过2亿元/],
    ['sts-conditions', '自评59.5分能入库吗', /^不能：综合评分不能低于60分/],
    ['sts-conditions', '刚好60分能入库吗', /^这一条够得上：/],
    ['hnte-conditions', '公司注册满一年差三天，能报高企吗', /^不能：申请时要注册满1年/],
    ['hnte-conditions', '还差3天满一年，高企能不能报', /^不能：申请时要注册满1年/],
    ['hnte-conditions', '公司成立11个月能报高企吗', /^不能：/],
    ['hnte-conditions', '成立刚满一年，可以申请高企吗', /^这一条够得上：/],
    ['hnte-conditions', '成立364天能报不', /^不能：/],
    ['hnte-conditions', '公司开了两年半，够不够年限', /^这一条够得上：/],
    ['hnte-score', '正好考了70分，高企算过吗', /^不算通过：总分要大于70分，正好70分不算/],
    ['hnte-score', '71分能过吗', /^算通过：/],
    ['sts-score', '兼职的科技人员一年只干了5个月，评分能算进去吗', /^不算：.+你说的是5个月/],
    ['hnte-people', '这人一年里出勤182天，算不算科技人员', /^不算：/],
    ['hnte-people', '科技人员占9.9%行不行', /^不能：/],
    ['hnte-people', '这人干了182天算不算科技人员', /^不算：/],
    [
      'hnte-rd-ratio',
      '收入刚好5000万，研发占4.9%够不够',
      /^不能：最近一年收入5000万元以下（含）的，研发占比不能低于5%/,
    ],
    ['hnte-rd-ratio', '去年收入8000万，研发占比4%行吗', /^这一条够得上：收入超过5000万元至2亿元/],
    ['rdfj-who', '去年研发费刚好200万，够不够奖补', /^不能：年研发经费要超过200万元，刚好200万元不算/],
    [
      'rdfj-who',
      '今年研发210万、去年111万，能拿研发奖补吗',
      /^不能：要比上年增加100万元以上.+你说的是111万到210万，多99万元/,
    ],
    ['rdfj-who', '去年研发111万，今年投了220万，能拿奖补吗', /^你说的220万、111万到220万，多109万元都够得上/],
    ['rdfj-amount', '2025年研发投入350万，2024年200万，可以申请吗', /^你说的350万、.+多150万元都够得上/],
    ['rdfj-amount', '研发费从150万涨到240万，能补吗', /^不能：要比上年增加100万元以上.+多90万元/],
    ['rdfj-who', '今年研发210万，比去年多了99万，能拿吗', /^不能：要比上年增加100万元以上.+你说的是99万/],
    [
      'rdfj-who',
      '今年研发210万，比去年的105万增加不少，够不够',
      /^你说的210万、105万到210万，多105万元都够得上/,
    ],
    ['rdfj-who', '今年研发300万，去年310万，能拿奖补吗', /^不能：.+少10万元/],
    ['rdfj-who', '去年研发330万，前年200万，能拿奖补吗', /^你说的330万、200万到330万，多130万元都够得上/],
    ['rdfj-who', '去年研发330万，比前年多了130万，能拿奖补吗', /^你说的330万、130万都够得上/],
    ['rdfj-who', '2025年研发350万，比2024年多了90万，能拿奖补吗', /^不能：要比上年增加100万元以上/],
    ['slpe-who', '三年利润都是280万，算小微吗', /^这一条够得上：/],
    ['slpe-who', '去年利润290万，现在还算小微吗', /^这一条够得上：/],
    ['slpe-who', '截至目前全年利润290万，算小微吗', /^这一条够得上：/],
    ['slpe-who', '一个小公司利润290万，算小微吗', /^这一条够得上：/],
    ['rdfj-who', '两个项目120万和130万，合计研发投入250万，能申请吗', /^这一条够得上：.+你说的是250万/],
    ['slpe-who', '连续三年利润都在310万，算小微吗', /^不能：/],
    ['pf-who', '去年月均收入4999元，专利费能减吗', /^这一条够得上：/],
    ['vat-threshold', '三个月一共卖了29万，能免增值税吗', /^能免：季度/],
    ['loan-amount', '我个人想贷35万，能批吗', /^不能：个人最高30万元/],
    ['legal-probation', '五年合同试用期定半年，违法吗', /^可以，不违法：3年以上的合同，试用期最长6个月/],
    ['legal-probation', '签两年合同，试用期三个月行不行', /^不行：1年以上不满3年的合同，试用期最长2个月/],
    ['legal-equity', '我们有51个股东，有限公司能开吗', /^不行：有限公司股东不超过50人/],
    ['ms-city-conditions', '场地480平能报市级众创空间吗', /^不能：场地要500平方米以上/],
    ['ms-city-conditions', '工位29个，市级众创空间能报吗', /^不能：工位要30个以上/],
    [
      'ms-province',
      '场地1200平、在孵26家、办了3年，能报省级孵化器吗',
      /^要看是不是专业型：省级孵化器孵化面积要5000平方米/,
    ],
    ['pf-who', '月收入刚好5000元能减专利费吗', /^不能：/],
    ['slpe-individual', '我是个体户，一年赚一百来万，自己那份税能少一半吗', /^能减半：/],
    ['tt-amount', '技术转让所得600万，能全免吗', /^不能全免：/],
    ['tt-what', '独占许可签了4年，算不算', /^不算：/],
    [
      'vat-threshold',
      '月销售额刚好10万，免不免增值税',
      /^不能免：月销售额没达到10万元才免，刚好10万元要计税/,
    ],
    ['vat-threshold', '一个季度开了29万8，能免吗', /^能免：/],
    ['vat-threshold', '这季度卖了31万，里面2万是专票，是全部都要交增值税吗', /^不能免：季度.+你说的是31万/],
    [
      'ms-city-conditions',
      '800平，想隔40个座位招小团队，市级挂牌够不够',
      /^这一条够得上：场地.+你说的是800平/,
    ],
    ['ms-city-conditions', '有8个小团队，市级能认定吗', /^这一条够得上：孵化企业/],
    ['sts-score', '打到60分了，科小能入库吗', /^这一条够得上：/],
    ['vat-threshold', '這個月生意差，開不到十萬，要報增值稅嗎', /^能免：/],
    ['si-when', '员工入职20天了，社保现在办来得及吗', /^来得及：/],
  ])('%s %s', (id, question, said) => {
    expect(verdict(id, question)).toMatch(said)
  })

  test.each([
    ['slpe-who', '利润300万左右，算小微吗'],
    ['slpe-who', '投了300万，还算小微吗'],
    ['slpe-who', '招了3个人能算小微吗'],
    ['slpe-who', '利润200万的话交多少税'],
    ['slpe-who', '利润从280万涨到320万，算小微吗'],
    ['slpe-who', '去年利润280万，今年利润320万，算小微吗'],
    // The rule is on the year before; two years between, or years that are not told, say nothing.
    ['rdfj-who', '研发费比前年多了120万，能拿奖补吗'],
    ['rdfj-who', '今年比2023年多投了150万研发，能拿奖补吗'],
    ['rdfj-who', '三年里研发费增加了150万，能拿奖补吗'],
    ['rdfj-who', '往年研发150万，今年250万，能拿奖补吗'],
    ['rdfj-who', '上半年研发比去年上半年多了100万，能拿奖补吗'],
    ['rdfj-who', '三年研发一共投了500万，能拿奖补吗'],
    ['rdfj-who', '营收增加了150万，能拿研发奖补吗'],
    ['srdi-conditions', '今年营收1600万，去年1400万，专精特新能报吗'],
    ['srdi-conditions', '两年研发一共180万，专精特新能报吗'],
    ['srdi-conditions', '研发人员占2%，专精特新能报吗'],
    ['slpe-who', '两年利润加起来400万，算小微吗'],
    ['slpe-who', '每个月利润30万，算小微吗'],
    ['slpe-who', '上半年利润280万，算小微吗'],
    ['slpe-who', '利润40万美元，算小微吗'],
    ['sts-conditions', '收入靠3亿用户撑着，能评科小吗'],
    ['sts-conditions', '每个季度销售6000万，科小能评吗'],
    ['pf-who', '一年工资5万，专利费能减吗'],
    ['tt-amount', '两年技术转让所得一共600万，能全免吗'],
    ['hnte-people', '两年累计干了200天，算科技人员吗'],
    ['hnte-people', '研发费占8%行不行'],
    ['hnte-income', '研发占收入5%够不够'],
    ['hnte-rd-ratio', '去年收入8000万，研发人员占3%够不够'],
    ['vat-threshold', '这两个月一共卖了18万，能免吗'],
    ['vat-threshold', '一般纳税人这个月卖了9万，能免吗'],
    ['vat-threshold', '这个月含税卖了10.05万，能免吗'],
    ['hnte-score', '知识产权拿了28分，能过吗'],
    ['hnte-conditions', '公司2024年成立的，能报高企吗'],
    ['vat-threshold', '一年卖了80万，能免吗'],
    ['loan-amount', '想贷50万，能批吗'],
    ['legal-probation', '试用期三个月行不行'],
    ['hnte-rd-ratio', '研发占4%行不行'],
    ['slpe-who', '我们每天利润2万，能享受小微优惠吗'],
    ['slpe-who', '每天利润都是2万，能享受小微优惠吗'],
    ['slpe-who', '利润2万一天，能享受小微优惠吗'],
    ['slpe-who', '每周利润10万，能享受小微优惠吗'],
    ['slpe-who', '日利润2万，能享受小微优惠吗'],
    ['slpe-who', '10天利润20万，能享受小微优惠吗'],
    ['sts-conditions', '日均销售收入70万能评科小吗'],
    ['slpe-who', '截至目前利润290万，算小微吗'],
    ['slpe-who', '到目前为止利润290万，算小微吗'],
    ['slpe-who', '开业以来利润290万，算小微吗'],
    ['slpe-who', '一个项目利润赚了280万，算小微吗'],
    ['slpe-who', '每单利润3万，算小微吗'],
    ['rdfj-who', '两个项目研发投入120万和130万能申请吗'],
    ['rdfj-who', '研发投入120万、130万，能申请吗'],
    ['rdfj-who', '研发投入120万加130万能申请吗'],
    ['rdfj-who', '甲项目研发投入120万，乙项目130万，能申请吗'],
    ['rdfj-who', '两个项目各研发投入120万，能申请吗'],
    ['rdfj-who', '研发120万，委外又花了130万，能申请吗'],
    ['slpe-who', '利润200万，加上投资收益150万，算小微吗'],
    ['slpe-who', '日赚利润2万算小微吗'],
    ['slpe-who', '每小时利润2000元，算小微吗'],
    ['slpe-who', '每晚利润2万，算小微吗'],
    ['slpe-who', '每旬利润20万，算小微吗'],
    ['slpe-who', '人均利润20万，算小微吗'],
    ['slpe-who', '这个项目利润280万，算小微吗'],
    ['slpe-who', '目前利润290万，算小微吗'],
    ['slpe-who', '利润290万（截至目前），算小微吗'],
    // The figure is the limit that is asked about, not the maker's own.
    ['sts-score', '我们两件软著，科小能凑到60分吗'],
    ['sts-score', '科小我们能不能达到60分'],
    ['hnte-score', '高企评分能过70分吗'],
    ['hnte-income', '高新收入能占到60%吗'],
    // Seats are no teams, whatever stands behind them.
    ['ms-city-conditions', '想隔40个座位招小团队，市级挂牌够不够'],
    ['ms-city-conditions', '摆了8个柜子给团队用，市级能认定吗'],
    // A duty is asked for, not what is allowed.
    ['legal-capital', '注册资本一定要五年缴足吗'],
    ['legal-probation', '三年合同，试用期必须是六个月吗'],
    // A part that is told apart may be under another rule.
    ['vat-threshold', '这季度卖了25万，里面3万是专票，能免吗'],
  ])('nothing is certain, so there is no verdict: %s %s', (id, question) => {
    expect(verdict(id, question)).toBeUndefined()
  })

  test('of two years that do not follow each other the later amount is judged, and no rise', () => {
    const said = verdict('rdfj-who', '今年研发250万、前年111万，能拿研发奖补吗')
    expect(said).toMatch(/^这一条够得上：年研发经费要超过200万元.+你说的是250万/u)
    expect(verdict('rdfj-who', '2025年研发投入350万，2023年200万，可以申请吗')).not.toMatch(/增加/u)
  })

  test('a verdict on the second question about an entry is said, and the entry once', async () => {
    const question = '专利费用减缴需要符合什么条件？我公司上一年度应纳税所得额85万元，专利费可以减缴吗？'
    const said = await answerer.answer(question, Temporal.Instant.from('2026-11-29T04:00:00Z'))
    expect(said.map(({ entry }) => entry?.id)).toEqual(['pf-who'])
    expect(said[0]?.text).toMatch(/^这一条够得上：.+你说的是85万元/u)
  })

  test('an entry that was edited and no longer states the figure is not compared with', () => {
    const edited = { ...entryOf('slpe-who'), short: '看当年公告。', firstLines: [], details: [] }
    expect(verdictOn('利润刚好300万，还算小微吗', edited, thresholds.get('slpe-who'))).toBeUndefined()
  })

  test('every threshold is of a live entry that states its figures', () => {
    for (const [id, limits] of thresholds) {
      const { short, firstLines = [], details } = entryOf(id)
      const text = [short, ...[...firstLines, ...details].map(line => line.text)].join('\n')
      for (const { says } of limits)
        for (const number of says.match(/\d+(?:\.\d+)?/gu) ?? [])
          expect(text, `${id} ${says}`).toContain(number)
    }
  })

  test('on either side of a limit, and on it, the verdict is the right one', () => {
    const cases = [
      {
        id: 'slpe-who',
        limit: 300,
        ask: (n: number) => `我们公司${n}人，还算小型微利吗`,
        isMet: (n: number) => n <= 300,
      },
      {
        id: 'sts-conditions',
        limit: 500,
        ask: (n: number) => `公司一共${n}人，能评科小吗`,
        isMet: (n: number) => n <= 500,
      },
      {
        id: 'hnte-conditions',
        limit: 365,
        ask: (n: number) => `公司成立${n}天能报高企吗`,
        isMet: (n: number) => n >= 365,
      },
      {
        id: 'hnte-score',
        limit: 70,
        ask: (n: number) => `高企得了${n}分能过吗`,
        isMet: (n: number) => n > 70,
      },
      {
        id: 'vat-threshold',
        limit: 30,
        ask: (n: number) => `这个季度卖了${n}万，能免税吗`,
        isMet: (n: number) => n < 30,
      },
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.integer({ min: -20, max: 20 }),
        ({ id, limit, ask, isMet }, off) => {
          const said = verdict(id, ask(limit + off)) ?? ''
          expect(/^不/u.test(said)).toBe(!isMet(limit + off))
        },
      ),
      { numRuns: 200 },
    )
  })
})

test('figures are read with what they leave open', () => {
  const ranges = (text: string) =>
    figuresTold(text).map(({ measure, range }) => [measure, range.min, range.max])
  expect(ranges('不到三百人')).toEqual([['people', 0, 300]])
  expect(ranges('资产5千万')).toEqual([['yuan', 5e7, 5e7]])
  expect(ranges('百分之四点九')).toEqual([['percent', 4.9, 4.9]])
  expect(ranges('半年')).toEqual([['days', 182.5, 182.5]])
  expect(ranges('满一年差三天')).toEqual([['days', 362, 362]])
  expect(ranges('2026年')).toEqual([])
  expect(ranges('第3批')).toEqual([])
})

test('in chat the verdict comes first, and the source stays', async () => {
  const at = Temporal.Instant.from('2026-11-29T02:00:00Z')
  const [said] = await answerer.answer('科技型中小企业，我们501人还能评吗', at)
  expect(said?.text).toMatch(/^不能：职工不能超过500人/)
  expect(said?.text).toContain('依据：')
  expect(said?.isJudged).toBe(true)
})

describe('a figure beside the words of a threshold speaks for the entry that has the threshold', () => {
  /** The answer where the finder asks back, so sure of the first. */
  const saidWhen = async (ofFirst: number, question: string) => {
    const found = finder.find(question)
    const sureness = { ofFirst, ofAny: ofFirst }
    const choices = found.ranked.slice(0, 2).map(each => ({ meaning: undefined, found: each }))
    const asking = createAnswerer(liveEntriesOf(knowledge), async () => ({
      ...found,
      kind: 'choices' as const,
      sureness,
      choices,
      ambiguousWord: undefined,
    }))
    const [said] = await asking.answer(question, Temporal.Now.instant())
    return said
  }

  test('where the entry is likely, it is told with the verdict', async () => {
    const said = await saidWhen(0.99, '我们501人，还能评科小吗')
    expect(said?.kind).toBe('answer')
    expect(said?.text).toMatch(/^不能：职工不能超过500人/)
  })
  test('where the question names the programme, the entry that has the threshold is told', async () => {
    const question = '个人想贷31万创业担保贷款行吗'
    expect(finder.find(question).ranked[0]?.item.id).not.toBe('loan-amount')
    const said = await saidWhen(0.6, question)
    expect(said?.entry?.id).toBe('loan-amount')
    expect(said?.text).toMatch(/^不能：个人最高30万元/)
  })
  test('where two entries of the programme say the contrary, it is asked back', async () => {
    const [said] = await answerer.answer('专精特新，主营占比86%，这条过了吗', Temporal.Now.instant())
    expect(said?.kind).toBe('choices')
    expect(said?.offered.slice(0, 2).map(({ id }) => id)).toEqual([
      'srdi-giant-conditions',
      'srdi-conditions',
    ])
  })
  test('where it is not likely, or no figure is told, it is asked back', async () => {
    expect((await saidWhen(0.1, '我们501人，还能评科小吗'))?.kind).toBe('choices')
    expect((await saidWhen(0.99, '我们人很多，还能评科小吗'))?.kind).toBe('choices')
  })
})
