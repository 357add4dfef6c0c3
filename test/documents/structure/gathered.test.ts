import { expect, test } from 'vitest'
import { parseDocument } from '../../../src/documents/structure/index.ts'

const parsed = (lines: readonly string[]) =>
  parseDocument({ kind: 'txt', pages: [{ number: 1, paragraphs: [...lines], gaps: [] }] })
const paths = (lines: readonly string[]) => parsed(lines).passages.map(({ path }) => path.join('/'))

/** Two titles, each above its number. */
const named = ['福建省科技计划管理办法', '闽科〔2024〕3号', '福建省科技专项资金管理办法', '闽财〔2024〕8号']
const signed = ['示范区科技局', '2026年11月2日']

test('the legal bases of a document are part of it', () => {
  const lines = [
    '示范区科技计划实施细则',
    '示科〔2026〕12号',
    '第一条 根据下列文件，结合本区实际，制定本细则：',
    ...named,
    '第二条 本细则自2026年12月1日起施行，有效期3年。',
    ...signed,
  ]
  const { head, validity, passages, gaps } = parsed(lines)
  expect(head.date).toBe('2026-11-02')
  expect(validity.from?.day).toBe('2026-12-01')
  expect(passages.map(({ path }) => path[0])).not.toContain('福建省科技计划管理办法')
  expect(passages.map(({ path }) => path.join('/'))).toContain('第二条')
  for (const line of named) expect(passages.map(({ text }) => text)).toContain(line)
  expect(gaps).toEqual([])
})

test('a document of its own is not split without a number, a closing clause or a head', () => {
  const plain = [
    '示范区科技计划实施细则',
    '第一条 为支持创业，根据下列文件制定本细则。',
    ...named,
    '第二条 自2026年12月1日起施行。',
  ]
  expect(parsed(plain).validity.from?.day).toBe('2026-12-01')
  expect(paths(plain)).toContain('第二条')
  const bare = ['示范区已废止文件目录', ...named, '示范区孵化器管理办法', '示科〔2020〕1号']
  expect(paths(bare).every(path => path.startsWith('第'))).toBe(true)
})

test('documents that a notice forwards, attaches or repeals are part of it', () => {
  const notice = (last: string) => [
    `示范区科技局关于${last}的通知`,
    '示科〔2026〕15号',
    '各孵化器：',
    `现将有关事项通知如下，自2026年12月1日起施行。`,
  ]
  const [first = '', firstNumber = '', second = '', secondNumber = ''] = named
  const forwarding = [
    ...notice('转发两份文件'),
    ...signed,
    first,
    firstNumber,
    '第一条 甲。',
    second,
    secondNumber,
    '第一条 乙。',
  ]
  const attaching = [
    ...notice('印发两份文件'),
    ...signed,
    '附件1',
    first,
    firstNumber,
    '第一条 甲。',
    '附件2',
    second,
    secondNumber,
    '第一条 乙。',
  ]
  const repealing = [...notice('废止部分文件'), ...named, ...signed]
  for (const lines of [forwarding, attaching, repealing]) {
    const { head, validity } = parsed(lines)
    expect(head.date).toBe('2026-11-02')
    expect(validity.from?.day).toBe('2026-12-01')
    expect(paths(lines)[0]).toBe('第一段')
    expect(paths(lines).filter(path => named.some(name => path.startsWith(name)))).toEqual([])
  }
  expect(paths(attaching).filter(path => path.includes('条'))).toEqual(['附件1/第一条', '附件2/第一条'])
})

test('several documents without a cover are read as one, and a person is told to check', () => {
  const lines = ['甲区租金补贴办法', '乙区租金补贴办法', '丙区租金补贴办法'].flatMap((title, at) => [
    title,
    `示人社〔2025〕${at + 1}号`,
    '第一条 减半。',
  ])
  const { head, gaps } = parsed(lines)
  expect(head.number).toBe('示人社〔2025〕1号')
  expect(gaps.join()).toContain('《乙区租金补贴办法》像是另一份文件')
})

const collected = [
  '示范区惠企政策选编',
  '2026年7月1日',
  '示范区租金补贴办法',
  '示人社〔2025〕3号',
  '第一条 根据下列文件制定本办法：',
  ...named,
  '第二条 每年不超过1万元。',
  '附件',
  '示范区租金标准规定',
  '示人社〔2025〕4号',
  '每平方米20元。',
  '关于减免租金的通知',
  '示人社〔2026〕8号',
  '一、减免对象为新团队。',
]

test('a part of a collection keeps its bases and attachments, and a person is told to check', () => {
  const { passages, gaps } = parsed(collected)
  const found = passages.map(({ path }) => path.join('/'))
  expect(new Set(found.map(path => path.split('/')[0]))).toEqual(
    new Set(['示范区租金补贴办法', '关于减免租金的通知']),
  )
  expect(found).toContain('示范区租金补贴办法/第二条')
  expect(found).toContain('关于减免租金的通知/一、')
  expect(gaps.join()).toContain('2 份文件')
})

test('each part of a collection says from when until when it holds', () => {
  const { parts, validity, gaps, passages } = parsed([
    '示范区惠企政策选编',
    '2026年7月1日',
    '示范区租金补贴办法',
    '示人社〔2025〕3号',
    '第一条 每年不超过1万元。',
    '第二条 本办法自2025年3月1日起施行，有效期至2027年2月28日。',
    '示范区人力资源和社会保障局',
    '2025年2月10日',
    '关于减免租金的通知',
    '示人社〔2026〕8号',
    '一、减免对象为新团队。',
    '二、本通知自印发之日起施行，有效期2年。',
    '示范区人力资源和社会保障局',
    '2026年5月6日',
    '示范区人才公寓管理规定',
    '示人社〔2024〕2号',
    '第一条 每平方米20元。',
  ])
  expect(parts.map(({ title, validity: { from, until } }) => [title, from?.day, until?.day])).toEqual([
    ['示范区租金补贴办法', '2025-03-01', '2027-02-28'],
    ['关于减免租金的通知', '2026-05-06', '2028-05-05'],
    ['示范区人才公寓管理规定', undefined, undefined],
  ])
  expect(parts[0]?.validity.from?.saidIn).toEqual(['第二条'])
  expect(parts.every(({ title }) => passages.some(({ path }) => path[0] === title))).toBe(true)
  expect(validity.from).toBeUndefined()
  expect(gaps.join()).toContain('有效期按每一份自己写的读')
})

test('a document on its own has no parts', () => {
  expect(parsed([...named.slice(0, 2), '第一条 每年不超过1万元。']).parts).toEqual([])
})
