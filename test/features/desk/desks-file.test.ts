import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readDesks } from '../../../src/features/desk/index.ts'
import { readCommunity } from '../../../src/sandbox/world-community.ts'

const folder = mkdtempSync(join(tmpdir(), 'desks-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fileWith = (text: string) => {
  const path = join(folder, 'desks.yaml')
  writeFileSync(path, text)
  return path
}

describe('the file of desks', () => {
  test('has the four desks, and instructors who live in the simulated groups', () => {
    const { desks, sandboxInstructors } = readDesks('data/desks.yaml')
    expect(desks.map(({ name }) => name)).toEqual(['高校对接', '政策咨询', '项目申报', '法律咨询'])
    const people = new Map(readCommunity('data/community.yaml').people.map(({ id, name }) => [id, name]))
    expect(sandboxInstructors.length).toBeGreaterThan(0)
    for (const { chatId, name } of sandboxInstructors) expect(people.get(chatId)).toBe(name)
  })
  test.each([
    ['desks: []\nsandboxInstructors: []', 'desks'],
    ['desks: [{name: 甲, words: [乙]}]\nsandboxInstructors: []', 'default: true'],
    [
      'desks: [{name: 甲, default: true, words: [乙]}]\nsandboxInstructors: [{chatId: a, name: 乙, title: 乙, desks: [丙], spaces: []}]',
      '没有定义过的服务台',
    ],
    ['{', '读不出来'],
  ])('that is wrong is named: %j', (text, expected) => {
    expect(() => readDesks(fileWith(text))).toThrow(expected)
  })
})
