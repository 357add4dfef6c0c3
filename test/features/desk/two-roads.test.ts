import { expect, test } from 'vitest'
import { openConsoleApp } from '../../console-app.ts'
import { createWatchedWorld } from '../../watched-world.ts'
import { openDeskWorld, otherGroup, unknownQuestion } from './desk-world.ts'

type Road = 'chat' | 'console'

/** 陈姐, an organizer, in chat or on the console, over three tickets that wait for 何国平. */
async function openOn(road: Road) {
  const { world, stored } = createWatchedWorld('2026-11-26T14:00:00+08:00')
  const desk = await openDeskWorld({ world })
  await desk.mei.asks(unknownQuestion, '1 号')
  await desk.person('xu', '若云', otherGroup).asks('小孩一直咳嗽要不要紧', '2 号')
  await desk.zhang.asks('阳台上的花怎么浇水', '3 号')
  const app = openConsoleApp(desk.desk.feature.pages ?? [], () => ({
    id: 'chen',
    name: '陈姐',
    roles: ['organizer'],
  }))
  /** One deed: the words in chat, or the form on the console. */
  async function does(words: string, path: string, fields: [string, string][] = []): Promise<void> {
    if (road === 'chat') return void (await desk.chen.send(desk.chen.message(words)))
    const response = await app.request(path, { method: 'POST', body: new URLSearchParams(fields) })
    expect(response.status, await response.text()).toBe(303)
  }
  const outcome = async () => ({
    said: desk.outbox.posted.map(({ key, target, reply, kind }) => ({ key, target, reply, kind })),
    stored: await stored(),
  })
  return { does, outcome }
}

const several = (deed: string, ...numbers: number[]): [string, string][] => [
  ['deed', deed],
  ...numbers.map((number): [string, string] => ['number', String(number)]),
]
type Bot = Awaited<ReturnType<typeof openOn>>
const merge = ({ does }: Bot) => does('合并 1 2', '/desk/several', several('merge', 1, 2))

const deeds: Record<string, (bot: Bot) => Promise<unknown>> = {
  答: ({ does }) => does('答 1 先去社区医院看', '/desk/1/answer', [['text', '先去社区医院看']]),
  转: ({ does }) => does('转 1', '/desk/1/hand-on'),
  结束: ({ does }) => does('结束 1 3', '/desk/several', several('close', 1, 3)),
  合并: merge,
  拆开: async bot => {
    await merge(bot)
    await bot.does('拆开 2', '/desk/2/split')
  },
  合并以后答: async bot => {
    await merge(bot)
    await bot.does('答 1 先去社区医院看', '/desk/1/answer', [['text', '先去社区医院看']])
  },
  合并以后结束: async bot => {
    await merge(bot)
    await bot.does('结束 1', '/desk/several', several('close', 1))
  },
}

test.each(Object.keys(deeds))('%s says and stores the same in chat and on the console', async name => {
  const [chat, web] = [await openOn('chat'), await openOn('console')]
  const before = await chat.outcome()
  await deeds[name]?.(chat)
  await deeds[name]?.(web)
  const typed = await chat.outcome()
  expect(typed).not.toEqual(before)
  expect(await web.outcome()).toEqual(typed)
})
