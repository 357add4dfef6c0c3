import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { mountPage } from '../../../src/console/access.ts'
import type { ConsoleEnv, Person } from '../../../src/feature.ts'
import { openBroadcastStore } from '../../../src/features/digest/broadcast/store.ts'
import { openDigest } from './world.ts'

type Road = 'chat' | 'console'
type Who = 'org' | 'he' | 'lin'

const people: Record<Who, Person> = {
  org: { id: 'org', name: '陈姐', roles: ['organizer'] },
  he: { id: 'he', name: '老何', roles: ['organizer'] },
  lin: { id: 'lin', name: '林书记', roles: ['reviewer'] },
}

/** A bot on Friday at 16:00 with push 1 in review, and people who type or use the console. */
async function openOn(road: Road) {
  const digest = openDigest()
  const { world, feature } = digest
  await digest.start()
  let ids = 0
  const app = new Hono<ConsoleEnv>()
  let person = people.org
  app.use(async (c, next) => {
    c.set('person', person)
    c.set('csrfToken', 'token-1')
    await next()
  })
  for (const page of feature.pages ?? []) mountPage(app, page)

  async function types(who: Who, text: string) {
    await digest[who].send(digest[who].message(text, { id: `typed-${ids++}` }))
  }
  async function opens(who: Who, path: string) {
    person = people[who]
    return (await app.request(`/digest${path}`)).text()
  }
  async function posts(who: Who, path: string, fields: Record<string, string>) {
    const page = await opens(who, /^\/\d+/u.exec(path)?.[0] ?? '')
    const seal = /name="seal" value="([^"]*)"/u.exec(page)?.[1] ?? ''
    const revision = /name="revision" value="([^"]*)"/u.exec(await opens(who, path).catch(() => ''))?.[1]
    const body = new URLSearchParams({ seal, ...(revision ? { revision } : {}), ...fields })
    const response = await app.request(`/digest${path}`, { method: 'POST', body })
    expect(response.status, `${path}: ${await response.text()}`).toBe(303)
  }
  /** The offer of a page: the first match of a pattern's group on it; empty where chat is used. */
  async function offered(who: Who, path: string, pattern: RegExp): Promise<string> {
    return road === 'chat' ? '' : (pattern.exec(await opens(who, path))?.[1] ?? 'nothing offered')
  }
  /** One deed: the words in chat, or the form on the console. */
  async function does(who: Who, words: string, path: string, fields: Record<string, string> = {}) {
    if (road === 'console') return posts(who, path, fields)
    const number = /\d+/u.exec(path)?.[0]
    if (number && /^(?:通过|改推送)/u.test(words)) await types(who, `预览 ${number}`)
    await types(who, words)
  }
  /** Messages to groups and people, and the records. */
  async function outcome() {
    await digest.forward({ minutes: 45 })
    await digest.outbox.stop()
    const broadcasts = openBroadcastStore(world.store)
    const all = (await broadcasts.all()).map(({ revision: _revision, ...kept }) => kept)
    const said = world.said.map(({ target, reply }) => ({ target, text: reply.text ?? reply.file?.name }))
    return { said, all, plans: await broadcasts.plans() }
  }
  return { does, offered, forward: digest.forward, outcome }
}

type Open = Awaited<ReturnType<typeof openOn>>

const notice = '各位创客，周六停水半天，请提前存水。'
const draft = ({ does }: Open) =>
  does('org', `拟通知 今天16:40 发到 全部\n${notice}`, '/new', {
    kind: 'notice',
    text: notice,
    targets: '全部',
    when: '今天16:40',
  })
const edit = (fields: Record<string, string>) => ({
  kind: 'notice',
  text: notice,
  title: '周六停水半天',
  targets: '全部',
  when: '2026年11月27日 16:40',
  ...fields,
})

const deeds: Record<string, (bot: Open) => Promise<unknown>> = {
  通过: ({ does }) => does('lin', '通过 1', '/1/approve'),
  驳回: ({ does }) => does('lin', '驳回 1 金额不对', '/1/reject', { reason: '金额不对' }),
  取消: ({ does }) => does('org', '取消 1', '/1/cancel'),
  暂停: async ({ does }) => {
    await does('lin', '通过 1', '/1/approve')
    await does('org', '暂停 1', '/1/pause')
  },
  恢复: async ({ does }) => {
    await does('lin', '通过 1', '/1/approve')
    await does('org', '暂停 1', '/1/pause')
    await does('org', '恢复 1', '/1/resume')
  },
  拟通知: draft,
  送审: async bot => {
    await draft(bot)
    await bot.does('org', '送审 2', '/2/submit')
  },
  改正文: async bot => {
    await draft(bot)
    const text = '各位创客，周日停水半天，请提前存水。'
    await bot.does('org', `改推送 2 正文\n${text}`, '/2/edit', edit({ text }))
  },
  改时间: async bot => {
    await draft(bot)
    await bot.does('org', '改推送 2 时间 今天17:30', '/2/edit', edit({ when: '今天17:30' }))
  },
  改群: async bot => {
    await draft(bot)
    await bot.does('org', '改推送 2 发到 优空间创客群', '/2/edit', edit({ targets: '优空间创客群' }))
  },
  演练: ({ does }) => does('org', '演练 1', '/1/rehearse'),
  立即推送: async ({ does }) => {
    await does('lin', '通过 1', '/1/approve')
    await does('org', '立即推送 1', '/1/send-now')
  },
  停下: async ({ does, forward }) => {
    await does('lin', '通过 1', '/1/approve')
    await does('org', '暂停发送', '/pause')
    await forward({ minutes: 31 })
    await does('org', '取消 1', '/1/cancel')
    await does('org', '恢复发送', '/resume')
  },
  拟速递: async ({ does }) => {
    await does('org', '取消 1', '/1/cancel')
    const fields = { kind: 'digest', stream: '政策', targets: '全部', when: '今天17:00' }
    await does('org', '拟速递 政策 今天17:00', '/new', fields)
  },
  取消推送: async ({ does, offered }) => {
    await does('org', '取消 1', '/1/cancel')
    const path = await offered('org', '', /action="\/digest(\/runs\/[^"]+\/skip)"/u)
    await does('org', '取消推送', path)
  },
  已手动发送: async ({ does, offered, forward }) => {
    await does('lin', '通过 1', '/1/approve')
    await does('org', '暂停发送', '/pause')
    await forward({ minutes: 31 })
    const key = await offered('org', '', /\/by-hand"[\s\S]*?name="key" value="([^"]+)"/u)
    await does('org', '已手动发送 1 优空间创客群', '/1/by-hand', { key })
    await does('org', '恢复发送', '/resume')
  },
  暂停排期: async ({ does }) => {
    await does('org', '改排期 企业动态 暂停', '/plans/企业动态/pause')
  },
}

test.each(Object.keys(deeds))('%s says and stores the same in chat and on the console', async name => {
  const [chat, web] = [await openOn('chat'), await openOn('console')]
  await deeds[name]?.(chat)
  await deeds[name]?.(web)
  const typed = await chat.outcome()
  expect(await web.outcome()).toEqual(typed)
  expect(typed.all.length).toBeGreaterThan(0)
})
