import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexOf, matchAlias, rowsNamedIn } from '../../../src/features/community/identities/roster-index.ts'
import type { RosterRow } from '../../../src/features/community/records/records.ts'
import { blankRow } from '../../../src/features/community/roster/file/columns.ts'

const row = (name: string, more: Partial<RosterRow> = {}): RosterRow => ({
  id: `${name}-${more.space ?? ''}-${more.team ?? ''}`,
  ...blankRow,
  name,
  ...more,
})

const zhang = row('张三', {
  space: '优空间',
  branch: '优空间党支部',
  team: '福州云帆科技有限公司',
  phoneTail: '1234',
})
const li = row('李四', { space: '恒丰大厦（优梦空间）', alias: '小李飞刀', nickname: '李木子' })
const index = indexOf([zhang, li])

describe('an alias that means a person on the roster', () => {
  test.each([
    '优空间-张三',
    '张三 优空间',
    '张三（优空间）',
    '张三(优空间)',
    '【优空间】张三',
    '优空间/张三',
    '優空間—張三',
    '优空间|张三|CEO',
    '优空间张三',
    '张三优空间',
    '云帆科技-张三',
    '张三_1234',
    '优空间党支部·张三☀️',
  ])('「%s」 is 张三', alias => {
    expect(matchAlias(index, alias)).toEqual({ sure: [zhang], maybe: [] })
  })
  test.each(['恒丰-李四', '优梦空间 李四', '小李飞刀', '李木子'])('「%s」 is 李四', alias => {
    expect(matchAlias(index, alias).sure).toEqual([li])
  })
  test.each(['张三', '张三丰-优空间', '支部-张三', '创客 张三', '公司张三', '恒丰-张三', '福州 张三'])(
    '「%s」 is not surely 张三',
    alias => {
      expect(matchAlias(index, alias).sure).toEqual([])
    },
  )
  test('a name alone is worth a question', () => {
    expect(matchAlias(index, '张三').maybe).toEqual([zhang])
    expect(matchAlias(index, '恒丰-张三').maybe).toEqual([zhang])
    expect(matchAlias(index, '优空间-王五').maybe).toEqual([])
  })
  test('namesakes in one place are both meant', () => {
    const twins = [row('张三', { space: '优空间', team: '甲' }), row('张三', { space: '优空间', team: '乙' })]
    expect(matchAlias(indexOf(twins), '优空间-张三').sure).toEqual(twins)
    expect(matchAlias(indexOf(twins), '优空间-甲-张三').sure).toEqual([twins[0]])
    expect(rowsNamedIn(indexOf(twins), '张三 优空间 甲')).toEqual([twins[0]])
  })
})

const names = fc.constantFrom('张三', '李四', '王小五', '欧阳修竹', '陈静', '林小美')
const spaces = fc.constantFrom('优空间', '蒲公英创新工场', '绿动', '新媒空间', '')
const rosters = fc
  .array(fc.tuple(names, spaces), { maxLength: 12 })
  .map(all => all.map(([name, space], place) => ({ ...row(name, { space }), id: `r${place}` })))
const aliases: ((name: string, space: string) => string)[] = [
  (name, space) => `${space}-${name}`,
  (name, space) => `${name} ${space}`,
  (name, space) => `${name}（${space}）`,
  (name, space) => `${space}${name}`,
  (name, space) => `【${space}】${name}🌞`,
]

describe('for any roster', () => {
  test('name and space in any of the usual forms mean exactly those of that name in that space', () => {
    fc.assert(
      fc.property(rosters, names, spaces, fc.constantFrom(...aliases), (roster, name, space, write) => {
        fc.pre(space !== '')
        const { sure } = matchAlias(indexOf(roster), write(name, space))
        expect(sure).toEqual(roster.filter(one => one.name === name && one.space === space))
      }),
    )
  })
  test('a name alone, with any other words, is never sure', () => {
    fc.assert(
      fc.property(
        rosters,
        names,
        fc.constantFrom('', ' 创客', '-CEO', '（已婚）', ' 13800001234'),
        (roster, name, more) => {
          expect(matchAlias(indexOf(roster), `${name}${more}`).sure).toEqual([])
        },
      ),
    )
  })
  test('whatever is written, who is found bears a name that stands in it', () => {
    fc.assert(
      fc.property(rosters, fc.string({ unit: 'grapheme', maxLength: 30 }), names, (roster, text, name) => {
        for (const alias of [text, `${text}${name}`, `${name}-${text}`]) {
          const { sure, maybe } = matchAlias(indexOf(roster), alias)
          for (const found of [...sure, ...maybe]) expect(alias).toContain(found.name)
        }
      }),
    )
  })
})
