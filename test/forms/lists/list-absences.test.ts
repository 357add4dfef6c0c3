import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchNames } from '../../../src/forms/lists/match-names.ts'
import { readPasted } from '../../../src/forms/lists/pasted-list.ts'
import type { RosterMember } from '../../../src/ports/roster.ts'

const statuses = (text: string) =>
  readPasted(text)
    .map(({ name, status }) => `${name} ${status}`)
    .join('，')

describe('a table with a column for each status', () => {
  const no = [
    '✗',
    '✘',
    '❌',
    '×',
    '╳',
    'N',
    'no',
    'FALSE',
    'false',
    'F',
    '〇',
    '○',
    '0',
    '否',
    '无',
    '未签',
    '没来',
    '未到',
    '🙅',
    '缺',
  ]
  test.each(no)('does not take 「%s」 in the column of those present for a presence', mark => {
    const [told] = readPasted(`姓名\t到\t请假\n甘棠\t${mark}\t\n柏舟\t√\t`)
    expect(told?.name).toBe('甘棠')
    expect(told?.status).not.toBe('here')
  })
  test.each(no)('does not take 「%s」 in the column of those absent for an absence', mark => {
    const [told] = readPasted(`姓名\t到\t请假\n甘棠\t√\t${mark}\n柏舟\t\t√`)
    expect(told?.status).not.toBe('away')
  })
  test.each([
    ['姓名\t到\t请假\n甘棠\t✗\t\n柏舟\t√\t', '甘棠 away，柏舟 here'],
    ['姓名\t到\t请假\n甘棠\t未签\t\n柏舟\t√\t', '甘棠 away，柏舟 here'],
    ['姓名\t到\t请假\n甘棠\t✗\t√\n柏舟\t√\t✗', '甘棠 away，柏舟 here'],
    ['姓名\t到\t请假\n甘棠\t○\t\n柏舟\t√\t', '甘棠 unclear，柏舟 here'],
    ['姓名\t出勤\t请假\n甘棠\tTRUE\tFALSE\n柏舟\tFALSE\tTRUE', '甘棠 here，柏舟 away'],
    ['姓名\t出勤\t请假\n甘棠\tY\tN\n柏舟\tN\tY', '甘棠 here，柏舟 away'],
    ['姓名\t甘棠\t柏舟\t郑风\n到\t√\t\t\n请假\t\t√\t', '甘棠 here，柏舟 away，郑风 unclear'],
    ['姓名\t到\t请假\n甘棠\t\t事假\n柏舟\t13:55\t', '甘棠 away，柏舟 here'],
  ])('reads the mark in each cell: %j', (text, wanted) => expect(statuses(text)).toBe(wanted))
})

describe('a 接龙', () => {
  test.each([
    ['#接龙\n请假：\n1. 甘棠\n到场：\n1. 郑风\n2. 卫淇', '甘棠 away，郑风 here，卫淇 here'],
    ['#接龙\n到场：\n1. 甘棠\n请假：\n1. 郑风\n2. 卫淇', '甘棠 here，郑风 away，卫淇 away'],
    ['#接龙\n微党课\n1. 甘棠\n2. 柏舟\n请假：\n3. 郑风', '甘棠 here，柏舟 here，郑风 away'],
    ['#接龙\n微党课\n1. 甘棠\n请假：郑风', '甘棠 here，郑风 away'],
    ['#接龙\n到场：\n1. 甘棠\n#接龙\n请假：\n1. 郑风', '郑风 away'],
    ['#接龙 请假的请接龙\n1. 甘棠\n2. 柏舟', '甘棠 away，柏舟 away'],
    ['#接龙 没来的接龙\n1. 甘棠\n2. 柏舟', '甘棠 away，柏舟 away'],
    ['#接龙\n没来的接龙\n1. 甘棠\n2. 柏舟', '甘棠 away，柏舟 away'],
    ['没来的接龙\n1. 甘棠\n2. 柏舟', '甘棠 away，柏舟 away'],
    ['#接龙 来不了的接一下\n1. 甘棠\n2. 柏舟', '甘棠 away，柏舟 away'],
    ['#接龙 周六课请假的在这里接龙\n1. 甘棠\n2. 柏舟', '甘棠 away，柏舟 away'],
    ['#接龙 请假统计\n1. 甘棠\n2. 柏舟', '甘棠 away，柏舟 away'],
    ['请假登记\n甘棠\n柏舟', '甘棠 away，柏舟 away'],
    ['#接龙\n不能参加的同志报一下名\n1. 甘棠', '甘棠 unclear'],
    ['#接龙 不能来的填\n1. 甘棠', '甘棠 unclear'],
    ['#接龙\n微党课\n1. 甘棠\n（以下请假）\n2. 郑风', '甘棠 here，郑风 away'],
    ['#接龙\n微党课\n1. 甘棠\n-----请假-----\n2. 郑风', '甘棠 here，郑风 away'],
    ['甘棠\n——请假——\n郑风', '甘棠 here，郑风 away'],
    ['#接龙\n微党课\n1. 甘棠\n（出差）\n2. 郑风', '甘棠 unclear，郑风 here'],
    ['#接龙\n请假的请私聊我，来的接龙\n1. 甘棠', '甘棠 here'],
    ['#接龙\n周六上课，请假的提前报备\n1. 甘棠', '甘棠 here'],
    ['#接龙 能来的请接龙\n1. 甘棠\n2. 柏舟 请假', '甘棠 here，柏舟 away'],
  ])('is of those whom the last words above it name: %j', (text, wanted) =>
    expect(statuses(text)).toBe(wanted),
  )
})

describe('parts in one line', () => {
  test.each([
    ['缺勤人员：甘棠、柏舟 到场：郑风', '甘棠 away，柏舟 away，郑风 here'],
    ['请假：甘棠 到场人员：柏舟、郑风', '甘棠 away，柏舟 here，郑风 here'],
    ['旷课：甘棠 已到：柏舟', '甘棠 away，柏舟 here'],
    ['全部到齐，除了甘棠', '甘棠 away，全部到齐 unclear'],
    ['都到了，除甘棠、柏舟外', '甘棠 away，柏舟 away，都到了 unclear'],
    ['全员到齐除了甘棠请假', '甘棠 away，全员到齐 unclear'],
    ['都没来，除了甘棠', '甘棠 unclear，都没来 unclear'],
  ])('are told apart: %s', (text, wanted) => expect(statuses(text)).toBe(wanted))
})

const member = (name: string): RosterMember => ({
  id: name,
  name,
  space: '',
  branch: '',
  team: '',
  isOnRoster: true,
})

test.each(['陈小董', '林总', '李到', '王老师', '高主任'])(
  'a name that ends in a word beside names is whole: %s',
  name => {
    const people = [member(name), ...(name.length > 2 ? [member(name.slice(0, 2))] : []), member('柏舟')]
    const found = (text: string) =>
      matchNames(readPasted(text), people).map(
        ({ found: all, status }) => `${all.map(one => one.name).join('/')} ${status}`,
      )
    expect(found(`1. ${name}\n2. 柏舟`)).toEqual([`${name} here`, '柏舟 here'])
    expect(found(`请假：${name}、柏舟`)).toEqual([`${name} away`, '柏舟 away'])
    expect(found(`${name}请假\n柏舟到`)).toEqual([`${name} away`, '柏舟 here'])
    expect(found(`姓名\t是否到场\n${name}\t是\n柏舟\t否`)).toEqual([`${name} here`, '柏舟 away'])
  },
)

const here = ['到', '已到', '√', '✓', '签到', '是', '迟到', '到场']
const away = ['请假', '✗', '×', '❌', '缺席', '未到', '没来', '事假', '病假', '未签到', '出差']
type Row = { name: string; isHere: boolean; word: string }
const names = ['甘棠', '柏舟', '郑风', '卫淇', '子衿', '林小美', '欧阳明月', '石佳', '史佳', '少华', '等闲']
const row = (name: string) =>
  fc
    .boolean()
    .chain(isHere => fc.constantFrom(...(isHere ? here : away)).map((word): Row => ({ name, isHere, word })))
const rows = fc.subarray(names, { minLength: 1 }).chain(some => fc.tuple(...some.map(row)))
const of = (all: readonly Row[], isHere: boolean) =>
  all.filter(one => one.isHere === isHere).map(({ name }) => name)
const parts = (all: readonly Row[], between: string, titles: readonly [string, string]) =>
  [true, false]
    .flatMap(kind =>
      of(all, kind).length > 0 ? [`${titles[kind ? 0 : 1]}：${of(all, kind).join('、')}`] : [],
    )
    .join(between)
const numbered = (all: readonly string[]) => all.map((name, at) => `${at + 1}. ${name}`).join('\n')
const layouts: Record<string, (all: readonly Row[]) => string> = {
  'a column of status': all =>
    ['姓名\t是否到场', ...all.map(({ name, word }) => `${name}\t${word}`)].join('\n'),
  'a column for each': all =>
    ['姓名\t到\t请假', ...all.map(({ name, isHere }) => `${name}\t${isHere ? '√\t' : '\t√'}`)].join('\n'),
  'a mark in each column': all =>
    ['姓名\t到\t请假', ...all.map(({ name, isHere }) => `${name}\t${isHere ? '√\t✗' : '✗\t√'}`)].join('\n'),
  'a word in the first column': all =>
    ['姓名\t到\t缺席', ...all.map(({ name, word }) => `${name}\t${word}\t`)].join('\n'),
  'words behind names': all => all.map(({ name, word }) => `${name} ${word}`).join('\n'),
  'words at names': all => all.map(({ name, word }) => `${name}${word}`).join('\n'),
  'words in one line': all => all.map(({ name, word }) => `${name}${word}`).join('，'),
  'names with a title': all => all.map(({ name, word }) => `${name}老师 ${word}`).join('\n'),
  'a title and a word at names': all => all.map(({ name, word }) => `${name}老师${word}`).join('\n'),
  'a column for each person': all =>
    [
      ['姓名', ...all.map(({ name }) => name)],
      ['到', ...all.map(({ isHere }) => (isHere ? '√' : ''))],
      ['请假', ...all.map(({ isHere }) => (isHere ? '' : '√'))],
    ]
      .map(cells => cells.join('\t'))
      .join('\n'),
  'words behind a colon': all => all.map(({ name, word }) => `${name}：${word}`).join('\n'),
  'words in brackets': all => numbered(all.map(({ name, word }) => `${name}（${word}）`)),
  'a 接龙': all => `#接龙\n周末微党课\n${numbered(all.map(({ name, word }) => `${name} ${word}`))}`,
  'parts in lines': all => parts(all, '\n', ['到场', '请假']),
  'parts in one line': all => parts(all, ' ', ['到场人员', '缺勤人员']),
  'parts with semicolons': all => parts(all, '；', ['实到', '未到']),
  'numbered parts': all =>
    [true, false].map(kind => `${kind ? '到场' : '请假'}：\n${numbered(of(all, kind))}`).join('\n'),
  'a number behind each name': all => all.map(({ name, word }, at) => `${name}-${at + 1} ${word}`).join('\n'),
  'numbers in one line': all => all.map(({ name, word }, at) => `${at + 1}${name}（${word}）`).join(' '),
  'places before names': all => all.map(({ name, word }) => `优空间-${name} ${word}`).join('\n'),
  'a branch and a word': all => all.map(({ name, word }) => `一支部 ${name} ${word}`).join('\n'),
  'only those lack': all =>
    of(all, false).length > 0 ? `二支部就差${of(all, false).join('、')}了` : '全到了，就差合影',
  'a denied absence': all => `没有缺席 ${of(all, true).join('、')}\n请假：${of(all, false).join('、')}`,
  'a 接龙 of those absent': all => `#接龙 请假的请接龙\n${numbered(of(all, false))}`,
  'all but those': all => `全部到齐，除了${of(all, false).join('、') || '谁也没有'}`,
}

test.each([
  ['请假，甘棠老师、柏舟', '甘棠 away，柏舟 away'],
  ['请假，甘棠（优空间）、柏舟', '甘棠 away，柏舟 away'],
  ['请假的有甘棠书记、柏舟', '甘棠 away，柏舟 away'],
  ['甘棠老师请假\n柏舟老师到', '甘棠 away，柏舟 here'],
  ['甘棠老师没来，柏舟老师来了', '甘棠 away，柏舟 here'],
  ['甘棠老师、柏舟老师，都请假', '甘棠 away，柏舟 away'],
])('a title or a place beside a name is no status: %s', (text, wanted) => expect(statuses(text)).toBe(wanted))

test('who should come and came, written with a title once, has come', () => {
  expect(statuses('应到：甘棠老师、柏舟\n实到：甘棠\n请假：柏舟老师')).toBe('甘棠 here，柏舟 away')
})

test('many names may lack in one sentence', () => {
  const lacking = [
    '甘棠',
    '柏舟',
    '郑风',
    '卫淇',
    '子衿',
    '林小美',
    '欧阳明月',
    '石佳',
    '史佳',
    '少华',
    '等闲',
  ]
  const read = readPasted(`二支部就差${lacking.join('、')}了`)
  expect(matchNames(read, lacking.map(member)).map(({ status }) => status)).toEqual(lacking.map(() => 'away'))
})

test('one person written in two ways stands once, and for a person to decide where the two differ', () => {
  const people = [{ ...member('甘棠'), space: '优空间' }, member('柏舟')]
  const found = (text: string) =>
    matchNames(readPasted(text), people).map(({ line, status }) => `${line} ${status}`)
  expect(found('1. 甘棠\n2. 甘棠 优空间（请假）\n3. 柏舟')).toEqual(['甘棠 unclear', '柏舟 here'])
  expect(found('1. 甘棠\n2. 甘棠老师\n3. 柏舟')).toEqual(['甘棠 here', '柏舟 here'])
})

test.each(Object.keys(layouts))(
  'no absence is read as a presence, and no presence as an absence: %s',
  layout => {
    fc.assert(
      fc.property(rows, all => {
        const text = layouts[layout]?.(all) ?? ''
        for (const { found, status } of matchNames(readPasted(text), names.map(member))) {
          const told = all.find(({ name }) => name === found[0]?.name)
          if (told) expect(status, `${text}: ${told.name}`).not.toBe(told.isHere ? 'away' : 'here')
        }
      }),
      { numRuns: 300 },
    )
  },
)
