import { expect, test } from 'vitest'
import type { Person } from '../../../src/feature.ts'
import { openBroadcastStore } from '../../../src/features/digest/broadcast/store.ts'
import { RefusedError } from '../../../src/ports/chat.ts'
import { qqTraits, wechatTraits } from '../../../src/ports/line-traits.ts'
import { oneLine } from '../../../src/ports/sending-lines.ts'
import { openConsoleApp } from '../../console-app.ts'
import { createWorld } from '../../conversation.ts'
import { groups, openDigest, openDigestPage } from './world.ts'

type Road = 'chat' | 'console'
type Who = 'org' | 'he' | 'lin'

const people: Record<Who, Person> = {
  org: { id: 'org', name: '陈姐', roles: ['organizer'] },
  he: { id: 'he', name: '老何', roles: ['organizer'] },
  lin: { id: 'lin', name: '林书记', roles: ['reviewer'] },
}

/** A world whose first group is one of QQ's, and whose second refuses messages once `refuse` was called. */
function createRefusingWorld() {
  const plain = createWorld('2026-11-27T16:00:00+08:00')
  let isRefusing = false
  const chat: typeof plain.chat = {
    async say(target, ...more) {
      if (isRefusing && 'groupId' in target && target.groupId === groups[1])
        throw new RefusedError('群主没有开。', 'target')
      return plain.chat.say(target, ...more)
    },
  }
  const recall = async ({ target }: { target: { groupId: string } }) => target.groupId === groups[0]
  const refuse = (is: boolean) => {
    isRefusing = is
  }
  return { world: { ...plain, chat, recall }, refuse }
}

const lines: typeof oneLine = {
  ...oneLine,
  traits: target => ('groupId' in target && target.groupId === groups[0] ? qqTraits : wechatTraits),
}

/** The hidden fields of the form that posts to that path; empty where the page has none. */
function hiddenOf(page: string, path: string): Record<string, string> {
  const at = page.indexOf(`action="/digest${path}"`)
  const form = at === -1 ? '' : page.slice(at, page.indexOf('</form>', at))
  const fields = form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/gu)
  return Object.fromEntries(Array.from(fields, ([, name, value]) => [name, value]))
}

/** A bot on Friday at 16:00 with push 1 in review, and people who type or use the console. */
async function openOn(road: Road) {
  const { world, refuse } = createRefusingWorld()
  const digest = openDigest({ world, parts: { lines } })
  const { feature } = digest
  await digest.start()
  let ids = 0
  let person = people.org
  const app = openConsoleApp(feature.pages ?? [], () => person)

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
    const hidden = hiddenOf(page, path)
    const body = new URLSearchParams({ seal, ...hidden, ...(revision ? { revision } : {}), ...fields })
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
  /** Sends a file in private and attaches it, or uploads it as a browser does. */
  async function attaches(number: number, name: string, type: string) {
    const bytes = new TextEncoder().encode(name)
    if (road === 'chat') {
      const file = { name, read: async () => bytes }
      await digest.org.send(digest.org.message(`[文件] ${name}`, { file, id: `typed-${ids++}` }))
      return types('org', `加附件 ${number}`)
    }
    const path = `/${number}/files`
    const body = new FormData()
    for (const [field, value] of Object.entries(hiddenOf(await opens('org', `/${number}`), path)))
      body.set(field, value)
    body.set('file', new File([bytes], name, { type }))
    const response = await app.request(`/digest${path}`, { method: 'POST', body })
    expect(response.status, await response.text()).toBe(303)
  }
  /** Messages to groups and people, and the records. */
  async function outcome() {
    await digest.forward({ minutes: 45 })
    await digest.outbox.stop()
    const broadcasts = openBroadcastStore(world.store)
    const all = (await broadcasts.all()).map(({ revision: _revision, ...kept }) => kept)
    const said = world.said.map(({ target, reply }) => ({
      target,
      text: reply.text ?? reply.file?.name,
      type: reply.file?.mimeType,
    }))
    const sent = await Promise.all(all.map(({ number }) => digest.outbox.deliveries(`digest-${number}`)))
    return { said, all, plans: await broadcasts.plans(), deliveries: sent.flat() }
  }
  const { forward } = digest
  return { does, offered, attaches, refuse, opens, types, forward, outcome, isChat: road === 'chat' }
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

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

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
  恢复排期: async ({ does }) => {
    await does('org', '改排期 企业动态 暂停', '/plans/企业动态/pause')
    await does('org', '改排期 企业动态 恢复', '/plans/企业动态/resume')
  },
  改排期: async ({ does, types, isChat }) => {
    const schedule = '每周四15:30'
    if (isChat) await types('org', `改排期 政策 ${schedule}`)
    await does('org', '确认排期', '/plans/政策', {
      title: '政策速递',
      schedule,
      targets: '全部',
      closing: '金额和条件以文件原文为准。想细问，在群里 @我 就行。',
      most: '5',
      sinceDays: '90',
      leadHours: '24',
      reminds: 'yes',
    })
  },
  改标题: async bot => {
    await draft(bot)
    await bot.does('org', '改推送 2 标题 停水通知', '/2/edit', edit({ title: '停水通知' }))
  },
  立即拟速递: async ({ does, isChat }) => {
    await does('org', '取消 1', '/1/cancel')
    const fields = { kind: 'digest', stream: '政策', targets: '全部' }
    await does('org', '立即推送 政策', '/new', fields)
    if (!isChat) await does('org', '', '/2/submit')
  },
  加附件: async bot => {
    await draft(bot)
    await bot.attaches(2, '停水范围.docx', docxType)
    await bot.attaches(2, '海报.PNG', 'image/png')
    await bot.does('org', '送审 2', '/2/submit')
    await bot.does('lin', '通过 2', '/2/approve')
  },
  撤回推送: async ({ does, forward }) => {
    await does('lin', '通过 1', '/1/approve')
    await forward({ minutes: 30 })
    await does('org', '撤回推送 1', '/1/recall')
  },
  补发没发出去的: async ({ does, forward, refuse }) => {
    refuse(true)
    await does('lin', '通过 1', '/1/approve')
    await forward({ minutes: 31 })
    refuse(false)
    await does('org', '补发未送达 1', '/1/resend')
  },
  补发过了时效的: async ({ does, forward }) => {
    await does('lin', '通过 1', '/1/approve')
    await does('org', '暂停发送', '/pause')
    await forward({ minutes: 31 })
    await forward({ hours: 3 })
    await does('org', '恢复发送', '/resume')
    await does('org', '补发未送达 1', '/1/resend')
  },
  确认补发: async ({ does, forward, refuse, types, isChat }) => {
    refuse(true)
    await does('lin', '通过 1', '/1/approve')
    await forward({ minutes: 31 })
    refuse(false)
    if (isChat) await types('org', '补发 1')
    await does('org', '确认补发 1', '/1/resend')
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

test('a title that is too long is refused alike on both roads', async () => {
  const digest = openDigest()
  await digest.start()
  const title = '停'.repeat(61)
  await digest.org.send(digest.org.message(`拟通知 今天16:40 发到 全部\n${notice}`))
  await digest.org.says(`改推送 2 标题 ${title}`, '标题最多 60 个字。')
  const { get, post, field } = openDigestPage(digest, people.org)
  const revision = field(await get('/2/edit'), 'revision')
  expect((await post('/2/edit', { ...edit({ title }), revision })).text).toContain('标题最多 60 个字。')
  const [kept] = (await openBroadcastStore(digest.world.store).all()).filter(({ number }) => number === 2)
  expect(kept?.title).toBe('周六停水半天')
  await digest.outbox.stop()
})
