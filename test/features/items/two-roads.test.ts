import { expect } from 'vitest'
import { testBothRoads } from '../../both-roads.ts'
import { openConsoleApp } from '../../console-app.ts'
import { createWatchedWorld } from '../../watched-world.ts'
import { openItemsWorld } from './world.ts'

type Road = 'chat' | 'console'
type Fields = Record<string, string>

const written = '关于申报研发补助的通知\n请于12月1日前报名，材料收到12月9日。'

/** 陈姐, an organizer, in chat or on the console; 小美 has sent something in as item 1. */
async function openOn(road: Road) {
  const { world, stored } = createWatchedWorld('2026-11-20T08:00:00+08:00')
  const bot = await openItemsWorld({ world })
  const app = openConsoleApp(bot.items.feature.pages ?? [], () => ({
    id: 'org',
    name: '陈姐',
    roles: ['organizer'],
  }))
  await bot.mei.says('投稿 福小智发布新产品\n欢迎试用，前100家免费。', '收到，编号 1')
  /** One deed: the words in chat, or the form on the console with what the page shows beside it. */
  async function does(words: string, path: string, fields: Fields = {}): Promise<void> {
    if (road === 'chat') return void (await bot.org.send(bot.org.message(words)))
    const number = /\/(\d+)\//u.exec(path)?.[1]
    const page = number ? await (await app.request(`/items/${number}`)).text() : ''
    const form = page.slice(Math.max(0, page.indexOf(`action="${path}"`)))
    const seen = /name="seen" value="([^"]*)"/u.exec(form.slice(0, form.indexOf('</form>')))?.[1]
    const body = new URLSearchParams({ ...(seen === undefined ? {} : { seen }), ...fields })
    const response = await app.request(path, { method: 'POST', body })
    expect(response.status, `${path}: ${await response.text()}`).toBe(303)
  }
  async function outcome() {
    await bot.pass()
    await bot.outbox.stop()
    const said = bot.said()
    return { said, stored: await stored() }
  }
  return { does, outcome }
}

type Bot = Awaited<ReturnType<typeof openOn>>
const adds = ({ does }: Bot) => does(`收录 ${written}`, '/items', { written, stream: '政策' })
const chooses = async (bot: Bot) => {
  await adds(bot)
  await bot.does('确认截止 2 12月9日', '/items/2/deadline', { day: '12月9日' })
}

const deeds: Record<string, (bot: Bot) => Promise<unknown>> = {
  收录: adds,
  确认截止: chooses,
  '确认截止 无': async bot => {
    await adds(bot)
    await bot.does('确认截止 2 无', '/items/2/deadline', { day: '' })
  },
  通过条目: ({ does }) => does('通过条目 1', '/items/1/approve'),
  '通过条目 with a chosen day': async bot => {
    await chooses(bot)
    await bot.does('通过条目 2', '/items/2/approve')
  },
  不用条目: ({ does }) => does('不用条目 1', '/items/1/dismiss'),
  恢复条目: async ({ does }) => {
    await does('不用条目 1', '/items/1/dismiss')
    await does('恢复条目 1', '/items/1/reopen')
  },
  撤回条目: async ({ does }) => {
    await does('通过条目 1', '/items/1/approve')
    await does('撤回条目 1 文件废止', '/items/1/withdraw', { reason: '文件废止' })
  },
}

testBothRoads(deeds, openOn)
