import { expect } from 'vitest'
import { testBothRoads } from '../../both-roads.ts'
import { createWatchedWorld } from '../../watched-world.ts'
import { group, openTown } from './town.ts'

type Road = 'chat' | 'console'

/** 陈静, an organizer, in chat or on the console. */
function openOn(road: Road) {
  const { world, stored } = createWatchedWorld('2026-12-01T09:00:00+08:00')
  const town = openTown({ world })
  const { send, read } = town.consoleOf({ id: 'chen', name: '陈静' })
  const told: (string | undefined)[] = []
  /** Opens form 1: in chat the group hears of it at once, the console gives the words to copy there. */
  async function opens(words: string, fields: Record<string, string>) {
    if (road === 'chat') {
      const [reply] = await town.chen.send(town.chen.message(words))
      return void told.push(reply?.text)
    }
    expect((await send('/forms', { ...asked, ...fields })).status).toBe(303)
    told.push(/<pre class="notice">([^<]*)</u.exec(await read('/forms/1'))?.[1])
  }
  async function closes() {
    if (road === 'chat') return void (await town.chenAlone.says('结束报名 12月路演', '报名结束'))
    expect((await send('/forms/1/close', {})).status).toBe(303)
  }
  async function outcome() {
    await town.forward({ seconds: 40 })
    return { told: [...told, ...town.outbox.toGroup(group)], stored: await stored() }
  }
  return { ...town, opens, closes, outcome }
}

type Bot = ReturnType<typeof openOn>
const asked = { group, options: '', fields: '', capacity: '', closesAt: '' }
const opens = (bot: Bot) => bot.opens('报名表 12月路演 3人', { title: '12月路演', capacity: '3' })

const deeds: Record<string, (bot: Bot) => Promise<unknown>> = {
  报名表: opens,
  '报名表 with an end': bot =>
    bot.opens('报名表 沙龙 截止12月10日18:00', { title: '沙龙', closesAt: '2026-12-10T18:00' }),
  '报名表 with fields': bot =>
    bot.opens('报名表 沙龙 10人 要填 设备', { title: '沙龙', capacity: '10', fields: '设备' }),
  结束报名: async bot => {
    await opens(bot)
    await bot.lin.says('报名')
    await bot.closes()
  },
}

testBothRoads(deeds, openOn)
