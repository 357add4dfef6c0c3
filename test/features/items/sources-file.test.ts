import { describe, expect, test } from 'vitest'
import { createNodeCron } from '../../../src/adapters/node-cron.ts'
import { parseSources, readSources, SourcesFault } from '../../../src/features/items/sources/sources-file.ts'
import { readTopics } from '../../../src/features/items/topics-file.ts'
import { createQuietLog, createWorld } from '../../conversation.ts'

const scheduler = createNodeCron(createQuietLog())
const { clock } = createWorld()
const isSchedule = (cron: string) => {
  try {
    return Boolean(scheduler.slots(cron, clock.now(), clock.now()))
  } catch {
    return false
  }
}

const good = `sources:
  - id: kjj
    name: 科技局
    stream: 政策
    kind: list
    url: https://example.gov.cn/list
    list: { item: li, title: a, link: a }
`
const complaint = (text: string) => {
  try {
    parseSources(text, 'sources.yaml', isSchedule)
    return ''
  } catch (cause) {
    if (cause instanceof SourcesFault) return cause.message
    throw cause
  }
}

test('the sources that ship are sound, show every form, and none is switched on', () => {
  const sources = readSources('data/sources.yaml', isSchedule)
  expect(new Set(sources.map(({ kind }) => kind))).toEqual(new Set(['feed', 'list']))
  expect(new Set(sources.map(({ stream }) => stream)).size).toBe(3)
  expect(sources.filter(({ on }) => on)).toEqual([])
  expect(readTopics('data/topics.yaml').length).toBeGreaterThan(3)
})

describe('a fault is named with file, line and field', () => {
  test.each([
    [
      'a stream that nobody knows',
      good.replace('政策', '八卦'),
      '第4行 第 1 个来源的 stream：只能是政策、科技服务、企业动态',
    ],
    ['no address', good.replace('https://example.gov.cn/list', '官网'), '第6行 第 1 个来源的 url：不是网址'],
    [
      'a list without its places',
      good.replace(/ {4}list:.*\n/, ''),
      '第2行 第 1 个来源的 list：kind 是 list 的来源，要写明',
    ],
    [
      'what is no selector',
      good.replace('item: li', 'item: "li["'),
      '第7行 第 1 个来源的 list.item：不是 CSS 选择器',
    ],
    ['what is no schedule', `${good}    schedule: 每天\n`, '第8行 第 1 个来源的 schedule：不是 cron 写法'],
    ['a field that nobody knows', `${good}    colour: red\n`, '有不认识的栏：colour'],
    ['one id twice', good + good.replace('sources:\n', ''), '第8行 第 2 个来源的 id：编号 kjj 和前面的重复'],
    ['broken YAML', `${good}   x: [`, '整个文件：格式读不懂'],
    ['no list', 'sources: 3', 'sources：要写成列表'],
  ])('%s', (_, text, words) => {
    expect(complaint(text)).toContain(words)
    expect(complaint(text)).toContain('sources.yaml 第')
  })
  test('no file', () => {
    expect(() => readSources('/nowhere/sources.yaml', isSchedule)).toThrow('读不到')
  })
})
