import { expect } from 'vitest'
import { testBothRoads } from '../../both-roads.ts'
import { createWatchedWorld } from '../../watched-world.ts'
import { measures, openDocumentsWorld } from './world.ts'

type Road = 'chat' | 'console'

/** 何国平, a reviewer, in chat or on the console; 陈静 has uploaded document 1. */
async function openOn(road: Road) {
  const { world, stored } = createWatchedWorld('2026-11-20T08:00:00+08:00')
  const office = await openDocumentsWorld(world)
  await office.atChen.upload('办法.txt', measures())
  /** One deed: the words in chat, or the form on the console. */
  async function does(words: string, path: string, fields: Record<string, string> = {}): Promise<void> {
    if (road === 'chat') return void (await office.he.send(office.he.message(words)))
    const response = await office.atHe.post(path, fields)
    expect(response.status, `${path}: ${await response.text()}`).toBe(303)
  }
  const approve = async (number: number) => {
    if (road === 'chat') await office.he.says(`文件 ${number}`, '示范区')
    await does(`批准文件 ${number}`, `/documents/${number}/approve`, {
      revision: '1',
      isValidityChecked: 'yes',
    })
  }
  const outcome = async () => ({
    said: world.said,
    quoted: [...office.quoted],
    stored: await stored(),
  })
  return { ...office, does, approve, outcome }
}

type Bot = Awaited<ReturnType<typeof openOn>>
const withdraws = async (bot: Bot) => {
  await bot.approve(1)
  await bot.does('撤下文件 1 传错了', '/documents/1/withdraw', { reason: '传错了' })
}
const approvesNewVersion = async (bot: Bot) => {
  await bot.approve(1)
  await bot.atChen.upload('新办法.txt', measures('50万元'))
  await bot.approve(2)
}

const deeds: Record<string, (bot: Bot) => Promise<unknown>> = {
  批准文件: bot => bot.approve(1),
  '批准文件 of a new version': approvesNewVersion,
  退回文件: ({ does }) => does('退回文件 1 缺第二页', '/documents/1/reject', { reason: '缺第二页' }),
  '恢复文件 that was returned': async ({ does }) => {
    await does('退回文件 1 缺第二页', '/documents/1/reject', { reason: '缺第二页' })
    await does('恢复文件 1', '/documents/1/restore')
  },
  撤下文件: withdraws,
  '撤下文件 恢复旧版': async bot => {
    await approvesNewVersion(bot)
    await bot.does('撤下文件 2 恢复旧版 传错了', '/documents/2/withdraw', {
      reason: '传错了',
      restoresOlder: 'yes',
    })
  },
  '恢复文件 that was withdrawn': async bot => {
    await withdraws(bot)
    await bot.does('恢复文件 1', '/documents/1/restore')
  },
}

testBothRoads(deeds, openOn)
