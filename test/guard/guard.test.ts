import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { withFrames } from '../../src/guard/frames.ts'
import { faultsOf } from '../../src/guard/index.ts'
import { withoutVerdict } from '../../src/guard/verdict.ts'
import { mutationsOf } from './mutations.ts'

const Case = z.strictObject({
  id: z.string(),
  question: z.string(),
  text: z.string(),
  honest: z.array(z.strictObject({ asked: z.string(), said: z.string() })),
})
const entries = z.array(Case).parse(parse(readFileSync('test/data/faq-paraphrases.yaml', 'utf8')))
type Entry = z.infer<typeof Case>

const names = new Map([
  ['高企', 'hnte'],
  ['国高', 'hnte'],
  ['国家高新技术企业', 'hnte'],
  ['高新技术企业', 'hnte'],
  ['省高', 'prov_hnte'],
  ['省级高新技术企业', 'prov_hnte'],
  ['科小', 'sts_sme'],
  ['科技型中小企业', 'sts_sme'],
  ['加计扣除', 'rd_deduct'],
  ['专精特新', 'srdi'],
  ['小巨人', 'srdi'],
  ['科技小巨人', 'sti_giant'],
  ['科技贷', 'tech_loan'],
  ['创新券', 'innov_voucher'],
  ['创业担保贷款', 'startup_loan'],
  ['首台套', 'first_set'],
])

const check = (said: string, cited: readonly { question: string; text: string }[], question = '') =>
  faultsOf({ said, cited, question, names })

const paraphrases = entries.flatMap(entry =>
  entry.honest.map(({ asked, said }) => ({ entry, asked, said: withoutVerdict(said) })),
)
const faultsIn = (entry: Entry, asked: string, said: string) =>
  check(withFrames(said, [entry.text]), [entry], asked)

describe('over all that was written', () => {
  test('an entry’s own words always pass', () => {
    expect(entries.length).toBeGreaterThanOrEqual(130)
    expect(entries.filter(entry => check(entry.text, [entry]).length > 0).map(({ id }) => id)).toEqual([])
  })

  test('at least 98% of 200 honest paraphrases pass', () => {
    expect(paraphrases.length).toBeGreaterThanOrEqual(200)
    const held = paraphrases.filter(({ entry, asked, said }) => faultsIn(entry, asked, said).length > 0)
    expect(1 - held.length / paraphrases.length).toBeGreaterThanOrEqual(0.98)
  })

  /** True texts that pass, each with what checks it: entries as they stand, paraphrases with their frames. */
  const truths = [
    ...entries.map(entry => ({
      text: entry.text,
      faults: (text: string) => check(text, [entry]),
    })),
    ...paraphrases.map(({ entry, asked, said }) => ({
      text: said,
      faults: (text: string) => faultsIn(entry, asked, text),
    })),
  ].filter(({ text, faults }) => faults(text).length === 0)

  test('of 2,000 true answers with one thing made false at least 99.5% are caught', () => {
    const cases = truths.map(truth => ({ ...truth, mutations: mutationsOf(truth.text) }))
    let missed: string[] = []
    let made = 0
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.nat(), ({ mutations, faults }, n) => {
        // By kind first, so that long document numbers do not crowd out a dropped 不.
        const kinds = [...new Set(mutations.map(({ kind }) => kind))]
        const ofKind = mutations.filter(({ kind }) => kind === kinds[n % kinds.length])
        const mutation = ofKind[Math.floor(n / kinds.length) % ofKind.length]
        if (!mutation) return
        made += 1
        if (faults(mutation.text).length === 0) missed = [...missed, `${mutation.kind}: ${mutation.what}`]
      }),
      { numRuns: 2000 },
    )
    expect(made).toBeGreaterThanOrEqual(2000)
    expect({ caught: 1 - missed.length / made, missed }).toMatchObject({
      caught: expect.toSatisfy((share: number) => share >= 0.995),
    })
  })
})

describe('answers that were written apart, in other styles', () => {
  const Apart = z.strictObject({
    honest: z.array(z.strictObject({ id: z.string(), asked: z.string(), said: z.string() })),
    false: z.array(z.strictObject({ id: z.string(), said: z.string() })),
  })
  const apart = Apart.parse(parse(readFileSync('test/data/faq-answers-apart.yaml', 'utf8')))
  const faultsAt = (id: string, asked: string, said: string) => {
    const entry = entries.find(each => each.id === id)
    if (!entry) throw new Error(`${id} is no entry of faq-paraphrases.yaml`)
    return faultsIn(entry, asked, withoutVerdict(said))
  }

  test('false ones are caught: amounts, periods, numerals, names, cases exchanged, what is not known made known', () => {
    const missed = apart.false.filter(({ id, said }) => faultsAt(id, '', said).length === 0)
    expect(missed.length / apart.false.length, JSON.stringify(missed)).toBeLessThanOrEqual(0.05)
  })

  test('most honest ones pass, however freely they are put', () => {
    const held = apart.honest.filter(({ id, asked, said }) => faultsAt(id, asked, said).length > 0)
    expect(held.length / apart.honest.length, JSON.stringify(held)).toBeLessThanOrEqual(0.15)
  })
})

const loan = {
  question: '创业担保贷款最多能贷多少？',
  text: '个人最高30万元，小微企业最高400万元。\n时间：个人期限不超过3年，小微企业不超过2年；执行到2027-12-31。\n每户每年填一次，每次1000元。',
}
const say = (said: string, entry = loan) => check(said, [entry])
const until = '执行到2027年12月31日。'

test.each([
  ['三十万元', `个人最高三十万元。${until}`],
  ['full-width digits', `个人最高３０万元。${until}`],
  ['a thousands comma', `个人最高300,000元。${until}`],
  ['years in numerals', `个人期限不超过三年，${until}`],
  ['the end of the year', '个人最高30万元，执行到2027年底。'],
  ['another word for the limit', `个人上限30万元，${until}`],
])('the same figure passes as %s', (_, said) => {
  expect(say(said)).toEqual([])
})

test.each([
  ['a larger amount', `个人最高40万元。${until}`, 'not in the entries: 40万元'],
  ['a unit', `个人最高30亿元。${until}`, 'not in the entries'],
  ['a lost 最高', `个人30万元。${until}`, 'another limit'],
  ['不超过 become 超过', `个人期限超过3年。${until}`, 'another limit'],
  ['amounts exchanged', `个人最高400万元，小微企业最高30万元。${until}`, 'belongs elsewhere'],
  ['no last day', '个人最高30万元。', 'until when'],
  ['a last day that has become a plain day', '个人最高30万元。2027-12-31。', 'until when'],
  ['every year become once', `最多1000元。${until}`, 'another limit'],
  ['for each become for all', `一共1000元。${until}`, 'no longer for each'],
  ['an amount nobody can check', `个人最高几十万元。${until}`, 'not in the entries: 几十万'],
  ['this year', `个人最高30万元，今年都行。${until}`, 'not in the entries: 今年'],
  ['numerals of another script', `个人最高٣٠万元。${until}`, 'odd sign'],
  ['a title', `个人最高30万元，见《贷款大全》。${until}`, 'a title of its own'],
  ['a foreign word', `个人最高30万元，用APP办。${until}`, 'a word of its own: APP'],
])('%s is a fault', (_, said, reason) => {
  expect(say(said).join('\n')).toContain(reason)
})

test('the maker’s words may be taken up, the maker’s figures may not', () => {
  const [first] = check(`你开奶茶店，个人最高30万元。${until}`, [loan], '我开奶茶店要50万')
  expect(first).toBeUndefined()
  expect(check(`你要50万，个人最高30万元。${until}`, [loan], '我开奶茶店要50万').join()).toContain('50万')
})

test.each([
  ['到期不自动续。', '到期自动续。'],
  ['到期不自动续。', '到期会自动续。'],
  ['申报前要先备案。', '申报要先备案。'],
  ['只认国家证书。', '认国家证书。'],
  ['没有列入异常名录的企业才行。', '列入异常名录的企业才行。'],
  ['有限公司不适用。', '有限公司适用。'],
  ['已享受其他优惠的，可以叠加。', '已享受其他优惠的，不可以叠加。'],
])('「%s」 does not bear out 「%s」', (text, said) => {
  expect(check(said, [{ question: '', text }])).not.toEqual([])
})

test.each([
  ['以下是2018-11的历史口径，不是现行标准：', 'history'],
  ['这一条已于2025年12月31日结束，不能再按它办。', 'ended'],
  ['截至2026年8月，以最新通知为准。', 'latest notice'],
  ['大致如此（截至2026年8月），请向台江区工信部门核实。', 'verified'],
  ['现在的标准请问台江区人社局。', 'whom to ask'],
  ['从2027年1月1日起才施行，现在还没有生效。', 'hold yet'],
])('「%s」 can not be left out, and is put back', (line, name) => {
  const text = `每家最高5000元。\n${line}`
  const said = '每家最高5000元。'
  expect(check(said, [{ question: '', text }]).join('\n')).toContain(name)
  expect(check(withFrames(said, [text]), [{ question: '', text }])).toEqual([])
})

test('what is not known at the head of an entry is said too', () => {
  const text = '现在的标准没有核到。\n2018年那时，不超过5000元。'
  expect(check('2018年那时，不超过5000元。', [{ question: '', text }]).join()).toContain('not known')
})

test.each([
  ['培育库证书、省级高新技术企业都不能享受15%。', '培育库证书也可以减税。', 'speaks for what'],
  ['被查不等于不通过。', '被查的不通过。', 'does not follow'],
  ['没有知识产权，不等于不能入库。', '没有知识产权就不能入库。', 'does not follow'],
  ['国家级大赛获奖的可以获补贴。', '市级大赛获奖的可以获补贴。', 'a level of its own'],
  ['福州的企业可以申报。', '厦门的企业可以申报。', 'a place of its own'],
  ['个人最高30万元。', '个人都最高30万元，人人可贷。', 'everybody'],
  ['向区人社部门申请。', '向区财政局申请。', 'an office of its own'],
  ['个人最高30万元。', '个人最高30万元，三五万也行。', 'not in the entries: 三五万'],
  ['每年3月底前更新。', '下周五前更新。', 'not in the entries: 下周五'],
])('「%s」 does not let 「%s」 pass: %s', (text, said, reason) => {
  expect(check(said, [{ question: '', text }]).join('\n')).toContain(reason)
})

test('another name of the same programme passes, another programme does not', () => {
  const entry = { question: '国家高新技术企业怎么报？', text: '先在网上填报，再交纸质材料。' }
  expect(check('报高企先在网上填报，再交纸质材料。', [entry])).toEqual([])
  expect(check('报科小先在网上填报，再交纸质材料。', [entry]).join()).toContain('another programme: 科小')
})
