import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDocument } from '../../../src/documents/structure/index.ts'
import { onePage } from '../../../src/documents/text.ts'

/** The paths of the clauses of a notice, each followed by its text. */
function readClauses(lines: readonly string[]): string[] {
  const head = ['关于做好有关工作的通知', '各有关单位：', '现将有关事项通知如下。']
  const pages = [{ number: 1, paragraphs: [...head, ...lines], gaps: [] }]
  const { passages } = parseDocument({ kind: 'txt', pages })
  return passages.slice(1).map(({ path, text }) => `${path.join('/')} ${text}`)
}

const chinese = '一二三四五六七八九'
const circled = '①②③④⑤⑥⑦⑧⑨'
/** Each way of counting: what stands in front of a clause, and its label. */
const formats: Record<string, (value: number) => [string, string]> = {
  chapter: value => [`第${chinese[value - 1]}章　`, `第${chinese[value - 1]}章`],
  topic: value => [`${chinese[value - 1]}、`, `${chinese[value - 1]}、`],
  item: value => [`（${chinese[value - 1]}）`, `（${chinese[value - 1]}）`],
  number: value => [`${value}.`, `${value}.`],
  bracketed: value => [`（${value}）`, `（${value}）`],
  halfBracketed: value => [`${value}）`, `${value})`],
  circled: value => [circled[value - 1] ?? '', circled[value - 1] ?? ''],
  letter: value => [`${'ABCDEFGHI'[value - 1]}.`, `${'ABCDEFGHI'[value - 1]}.`],
}

type Clause = { style: 'heading' | 'opening' | 'sentence'; below: Clause[] }
const leaf: fc.Arbitrary<Clause> = fc.constant({ style: 'sentence', below: [] })
const clauses = (depth: number): fc.Arbitrary<Clause[]> =>
  fc.array(
    depth === 0
      ? leaf
      : fc.oneof(
          leaf,
          fc.record({
            style: fc.constantFrom('heading' as const, 'opening' as const),
            below: clauses(depth - 1),
          }),
        ),
    { minLength: 2, maxLength: 4 },
  )

function written(
  all: readonly Clause[],
  order: readonly string[],
  above: readonly string[] = [],
): string[][] {
  const [name = '', ...rest] = order
  return all.flatMap(({ style, below }, at) => {
    const [mark, label] = formats[name]?.(at + 1) ?? ['', '']
    const text = {
      heading: '加强服务保障',
      opening: '对符合下列条件的企业给予支持：',
      sentence: '按照实际投入的20%给予补助。',
    }
    const path = [...above, label]
    return [[path.join('/'), `${mark}${text[style]}`], ...written(below, rest, path)]
  })
}

test('clauses stand below those that hold them, in whatever order a document uses its numbers', () => {
  const orders = fc.shuffledSubarray(Object.keys(formats).slice(1), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(orders, clauses(2), (order, all) => {
      const lines = written(all, order)
      expect(readClauses(lines.map(([, text = '']) => text))).toEqual(lines.map(each => each.join(' ')))
    }),
    { seed: 20261130, numRuns: 300 },
  )
})

test('articles count on below topics, numbers below items', () => {
  expect(
    readClauses(['一、总则', '第一条　制定本办法。', '二、支持', '第二条　给予补助。', '第三条　给予奖励。']),
  ).toEqual([
    '一、 一、总则',
    '一、/第一条 第一条　制定本办法。',
    '二、 二、支持',
    '二、/第二条 第二条　给予补助。',
    '二、/第三条 第三条　给予奖励。',
  ])
  expect(
    readClauses(['（一）筑巢', '1.免费工位。', '2.租金补贴。', '（二）护航', '3.担保贷款。', '4.首贷奖励。']),
  ).toEqual([
    '（一） （一）筑巢',
    '（一）/1. 1.免费工位。',
    '（一）/2. 2.租金补贴。',
    '（二） （二）护航',
    '（二）/3. 3.担保贷款。',
    '（二）/4. 4.首贷奖励。',
  ])
})

test('numbers of the same form stand within each other', () => {
  expect(
    readClauses([
      '1.申报条件',
      '（1）注册在本市；',
      '（2）从事下列业务：',
      '1.软件；',
      '2.硬件。',
      '（3）依法纳税。',
      '2.申报材料',
      '（1）申请表。',
    ]).map(said => said.split(' ')[0]),
  ).toEqual(['1.', '1./（1）', '1./（2）', '1./（2）/1.', '1./（2）/2.', '1./（3）', '2.', '2./（1）'])
})

test('a list goes on behind one of the same form that stood within it', () => {
  const lists = [
    '1.单位应当符合下列条件：',
    '1.在本区注册；',
    '2.成立满一年；',
    '3.没有失信记录。',
    '2.补助标准如下：',
    '1.每家5万元；',
    '2.每人1万元。',
  ]
  const paths = ['1.', '1./1.', '1./2.', '1./3.', '2.', '2./1.', '2./2.']
  expect(readClauses(lists).map(said => said.split(' ')[0])).toEqual(paths)
  expect(readClauses(['第一条　支持如下：', ...lists]).map(said => said.split(' ')[0])).toEqual([
    '第一条',
    ...paths.map(path => `第一条/${path}`),
  ])
})

test('a list that a notice makes public stands below its label as an attachment', () => {
  const lines = [
    '平江市商务局关于公布2026年直播电商项目立项名单的通知',
    '各县（区）商务局：',
    '现将名单予以公布。',
    '附件：2026年直播电商项目立项名单',
    '平江市商务局',
    '2026年7月2日',
    '附件',
    '2026年直播电商项目立项名单',
    '序号 | 项目',
    '1 | 茶产地基地',
    '抄送：团市委。',
  ]
  const { passages } = parseDocument({ kind: 'txt', pages: onePage(lines) })
  expect(passages.map(({ path, text }) => `${path.join('/')} ${text}`)).toEqual([
    '第一段 现将名单予以公布。',
    '附件/第一段 附件：2026年直播电商项目立项名单',
    '附件/第二段 2026年直播电商项目立项名单',
    '附件/表/第一行 序号 | 项目',
    '附件/表/第二行 1 | 茶产地基地',
  ])
})

test.each(['本实施意见', '本行动方案', '本工作方案', '本若干措施', '以上措施'])(
  'a last paragraph by which %s comes into force is of the whole document',
  name => {
    const lines = [
      '平江市关于推进建设的实施意见',
      '各有关单位：',
      '为推进建设，提出以下意见。',
      '一、目标',
      '到2027年完成。',
    ]
    const last = `${name}自印发之日起施行，有效期至2028年12月31日。`
    const { passages } = parseDocument({ kind: 'txt', pages: onePage([...lines, last]) })
    expect(passages.at(-1)).toMatchObject({ path: ['第二段'], text: last })
  },
)
