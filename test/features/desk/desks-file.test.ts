import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { html } from 'hono/html'
import { afterAll, describe, expect, test } from 'vitest'
import { viewInstructors } from '../../../src/features/desk/console/views-instructors.ts'
import { answerersFor } from '../../../src/features/desk/desks.ts'
import { readDesks } from '../../../src/features/desk/index.ts'
import { instructorsIn, readCommunity } from '../../../src/sandbox/world/community.ts'

const folder = mkdtempSync(join(tmpdir(), 'desks-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fileWith = (text: string) => {
  const path = join(folder, 'desks.yaml')
  writeFileSync(path, text)
  return path
}

describe('the file of desks', () => {
  test('has the four desks; the simulated groups have instructors for all of them, in every space', () => {
    const { desks } = readDesks('data/desks.yaml')
    expect(desks.map(({ name }) => name)).toEqual(['高校对接', '政策咨询', '项目申报', '法律咨询'])
    const community = readCommunity('data/community.yaml')
    const instructors = instructorsIn(community)
    const known = desks.map(({ name }) => name)
    expect(instructors.flatMap(one => one.desks).filter(name => !known.includes(name))).toEqual([])
    for (const { id } of community.groups)
      for (const { name } of desks)
        expect(
          answerersFor(instructors, { desk: name, groupId: id }).length,
          `${name} in ${id}`,
        ).toBeGreaterThan(0)
    expect(answerersFor(instructors, { desk: '法律咨询', groupId: 'hengfeng' })[0]?.title).toBe('潘律师')
  })
  test.each([
    ['desks: []', 'desks'],
    ['desks: [{name: 甲, words: [乙]}]', 'default: true'],
    ['{', '读不出来'],
  ])('that is wrong is named: %j', (text, expected) => {
    expect(() => readDesks(fileWith(text))).toThrow(expected)
  })
})

test('who looks after a group that is not bound keeps it when edited', async () => {
  const guo = { chatId: 'guo', name: '郭永清', title: '郭老师', desks: [], spaces: ['pugongying'] }
  const view = { instructors: [guo], desks: [], people: [], csrf: html``, refused: undefined, edit: 'guo' }
  expect(String(await viewInstructors(view))).toMatch(/name="space" value="pugongying" checked/u)
})
