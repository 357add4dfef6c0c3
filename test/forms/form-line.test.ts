import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { Refusal } from '../../src/feature.ts'
import { readFormLine } from '../../src/forms/form-line.ts'

const now = Temporal.Instant.from('2026-12-01T09:00:00+08:00')
const closingOf = (line: string) => readFormLine(line, now).closesAt?.toZonedDateTimeISO('Asia/Shanghai')

test.each([
  ['路演 40人 截止12月10日18:00', '12-10T18:00'],
  ['路演 截止 12月10日', '12-10T23:59'],
  ['路演 截止18:00', '12-01T18:00'],
  ['路演 截止18:00 优空间', '12-01T18:00'],
  ['路演 截止18:00 12月20日', '12-20T18:00'],
  ['路演 截止18:00 12月20日 40人', '12-20T18:00'],
  ['12月1日路演 截止18:00 40人', '12-01T18:00'],
  ['今晚路演 截止18:00', '12-01T18:00'],
  ['12月20日路演 截止今天18:00', '12-01T18:00'],
  ['12月20日路演 截止12月10日', '12-10T23:59'],
  ['12月路演 截止18:00', '12-01T18:00'],
  ['Web3.0沙龙 截止18:00', '12-01T18:00'],
])('%s closes on %s', (line, expected) => {
  expect(closingOf(line)?.toPlainDateTime().toString().slice(5, 16)).toBe(expected)
})

test.each([
  '路演 截止18:00 12月20日 优空间',
  '路演 截止18:00 优空间 12月20日',
  '路演 截止18:00，12月20日 优空间',
  '路演 40人 截止下午6点 周六 优空间二楼',
  '12月5日路演 截止18:00',
  '12月20日路演 截止18:00 40人',
  '周六路演 截止18:00',
  '12.5路演 截止18:00',
  '12.5 路演 截止18:00',
])('%s does not say whose day it is', line => {
  const read = () => readFormLine(line, now)
  expect(read).toThrow(Refusal)
  expect(read).toThrow(/截止.*前面/u)
})
