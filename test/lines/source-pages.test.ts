import { expect, test } from 'vitest'
import { z } from 'zod'
import { createSourcePages } from '../../src/app/lines/source-pages.ts'
import { createWorld } from '../conversation.ts'

const publicUrl = 'https://bot.example.cn'

function open() {
  const world = createWorld()
  const { store, clock } = world
  const begin = () =>
    createSourcePages({
      ...{ store, clock, publicUrl, domains: ['bot.example.cn'], drawsQrCodes: false, keepDays: 90 },
      pictures: { png: async () => new Uint8Array() },
    })
  let pages = begin()
  /** Names the source in a message; its page's path. */
  async function name(words = '最高补贴5万元') {
    const { pathname } = new URL(pages.pageOf('https://a.gov.cn/x', words) ?? '')
    await pages.kept()
    return pathname
  }
  async function sweep() {
    for (const one of pages.feature.sweeps ?? []) await one.run(clock.now())
  }
  const ask = async (path: string) => {
    const answer = await pages.open.request(path)
    return { status: answer.status, text: await answer.text() }
  }
  return { ...world, name, sweep, ask, restart: () => (pages = begin()) }
}

test('a page is kept while a message that names it is, and then says where to ask', async () => {
  const { clock, name, sweep, ask } = open()
  const [path, other] = [await name(), await name('最高补贴8万元')]
  clock.forward({ hours: 24 * 60 })
  expect(await name()).toBe(path)
  clock.forward({ hours: 24 * 31 })
  await sweep()
  expect((await ask(path)).status).toBe(200)
  const gone = await ask(other)
  expect([gone.status, gone.text]).toEqual([404, expect.stringContaining('在群里 @我 再问一遍')])
  clock.forward({ hours: 24 * 60 })
  await sweep()
  expect((await ask(path)).status).toBe(404)
  expect(await name()).toBe(path)
  expect((await ask(path)).status).toBe(200)
})

test('a page of an earlier version is kept from the first sweep on', async () => {
  const { clock, store, name, sweep, ask, restart } = open()
  const path = await name()
  const id = path.split('/').at(-1) ?? ''
  const records = store.collection('source-pages', z.object({ url: z.string(), words: z.string() }))
  await records.update(`${id.slice(0, 2).toLowerCase()}/${id}`, now => now && { ...now })
  restart()
  await sweep()
  clock.forward({ hours: 24 * 89 })
  await sweep()
  expect((await ask(path)).status).toBe(200)
  clock.forward({ hours: 24 * 2 })
  await sweep()
  expect((await ask(path)).status).toBe(404)
})
