import { expect, test } from 'vitest'
import type { Person } from '../../../../src/feature.ts'
import { isApproved, sealOf } from '../../../../src/features/digest/broadcast/state-machine.ts'
import { openBroadcastStore } from '../../../../src/features/digest/broadcast/store.ts'
import type { DigestParts } from '../../../../src/features/digest/context.ts'
import { RefusedError } from '../../../../src/ports/chat.ts'
import { openConsoleApp } from '../../../console-app.ts'
import { createWorld, type World } from '../../../conversation.ts'
import { openDigest } from '../world.ts'

const org: Person = { id: 'org', name: '陈姐', roles: ['organizer'] }

/** Notice 2 of 16:40, and an organizer on the console. */
async function openWithNotice(parts: Partial<DigestParts> = {}, world?: World) {
  const digest = openDigest({ parts, ...(world && { world }) })
  await digest.start()
  const said = (who: 'org' | 'lin', text: string, id: string) =>
    digest[who].send(digest[who].message(text, { id }))
  await said('org', '拟通知 今天16:40 发到 全部\n周六停水半天。', 'draft')
  const app = openConsoleApp(digest.feature.pages ?? [], () => org)
  const page = async () => (await app.request('/digest/2')).text()
  const revision = async () => /name="revision" value="(\d+)"/u.exec(await page())?.[1] ?? ''
  async function attach(name: string, content: string | Uint8Array<ArrayBuffer>, seen?: string) {
    const body = new FormData()
    body.set('revision', seen ?? (await revision()))
    body.set('file', new File([content], name, { type: 'application/pdf' }))
    return app.request('/digest/2/files', { method: 'POST', body })
  }
  const stored = async () => {
    const found = await openBroadcastStore(digest.world.store).get(2)
    if (!found) throw new Error('no notice')
    return found
  }
  return { ...digest, said, app, page, revision, attach, stored }
}

test('a file sent in private goes with a push: shown, reviewed again and sealed', async () => {
  const { said, org: chen, stored } = await openWithNotice()
  await chen.says('加附件 2', '请先把文件或图片私聊发给我')
  const bytes = new TextEncoder().encode('a picture')
  const file = { name: '海报.PNG', read: async () => bytes }
  expect(await chen.send(chen.message('[文件] 海报.PNG', { file }))).toEqual([
    { text: expect.stringContaining('收到图片「海报.PNG」') },
  ])
  await said('org', '送审 2', 'submit')
  const shown = await chen.send(chen.message('加附件 2'))
  expect(shown[0]?.text).toContain('「海报.PNG」加上了，要重新审核')
  expect(shown.at(-1)?.file).toEqual({ name: '海报.PNG', mimeType: 'image/png', bytes })
  expect((await stored()).files).toMatchObject([{ name: '海报.PNG', sizeBytes: bytes.length }])
  await chen.says('加附件 2', '请先把文件或图片私聊发给我')
})

test('a document that is attached to a push is taken out of the review of documents', async () => {
  const asked: [string, string][] = []
  const { org: chen } = await openWithNotice({
    sendBackAttached: async (bytes, personId) => {
      asked.push([new TextDecoder().decode(bytes), personId])
      return 5
    },
  })
  const file = { name: '通知.pdf', read: async () => new TextEncoder().encode('a notice') }
  await chen.send(chen.message('[文件] 通知.pdf', { file }))
  const [told] = await chen.send(chen.message('加附件 2'))
  expect(told?.text).toContain('这个文件不放进文件库了（5 号不再等审核）')
  expect(asked).toEqual([['a notice', 'org']])
})

test('a file that the line does not give any more is asked for again, and the fault is logged', async () => {
  const { org: chen, world } = await openWithNotice()
  const read = () => Promise.reject(new Error('410 gone'))
  await chen.send(chen.message('[文件] 海报.png', { file: { name: '海报.png', read } }))
  await chen.says('加附件 2', '请再发一次')
  expect(world.log.lines).toEqual([expect.stringContaining('410 gone')])
})

test('a file is shown, reviewed, sealed and sent after the text, once in every group', async () => {
  const { said, attach, page, app, world, forward, outbox, stored } = await openWithNotice()
  expect((await attach('通知.pdf', 'pdf bytes')).status).toBe(303)
  expect(await page()).toContain('通知.pdf')
  const [file] = (await stored()).files ?? []
  expect(await (await app.request(`/digest/2/files/${file?.hash}`)).text()).toBe('pdf bytes')
  await said('org', '送审 2', 'submit')
  const shown = await said('lin', '预览 2', 'look')
  expect(shown.at(-1)?.file?.name).toBe('通知.pdf')
  expect(shown[0]?.text).toContain('里的 6 条')
  await said('lin', '通过 2', 'approve')
  await forward({ minutes: 41 })
  await forward({ minutes: 2 })
  await outbox.stop()
  const toGroups = world.said.filter(({ target }) => 'groupId' in target)
  expect(toGroups.map(({ reply }) => reply.text ?? reply.file?.name)).toEqual(
    Array.from({ length: 3 }, () => ['周六停水半天。', '通知.pdf']).flat(),
  )
})

test('a group that misses the text and its file is one group that misses it', async () => {
  const world = createWorld('2026-11-27T16:00:00+08:00')
  let isRefusing = true
  const chat: typeof world.chat = {
    async say(target, ...more) {
      if (isRefusing && 'groupId' in target && target.groupId === '恒丰大厦群')
        throw new RefusedError('群主没有开。', 'target')
      return world.chat.say(target, ...more)
    },
  }
  const { said, attach, page, forward, outbox, app } = await openWithNotice({}, { ...world, chat })
  await attach('通知.pdf', 'pdf bytes')
  await said('org', '送审 2', 'submit')
  await said('lin', '预览 2', 'look')
  await said('lin', '通过 2', 'approve')
  await forward({ minutes: 41 })
  await forward({ minutes: 2 })
  expect((await outbox.deliveries('digest-2')).filter(({ state }) => state === 'failed')).toHaveLength(2)
  const board = await page()
  expect(board).toContain('补发给没送到的 1 个群')
  expect(board.replace(/<[^>]*>/g, ' ')).toMatch(/已发出 2 · 没发出去 1/u)
  const [headline] = await said('org', '推送情况 2', 'how')
  expect(headline?.text).toContain('没发出去 1')
  isRefusing = false
  const [again] = await said('org', '补发未送达 2', 'again')
  expect(again?.text).toContain('给没送到的 1 个群再发一次')
  await forward({ minutes: 2 })
  expect(await page()).not.toContain('群主没有开。，')
  expect((await app.request('/digest/2')).status).toBe(200)
  await outbox.stop()
})

test('a push of another day counts nothing against today', async () => {
  const { said } = await openWithNotice()
  await said('org', '改推送 2 时间 明天10点', 'later')
  const [shown] = await said('org', '预览 2', 'look')
  expect(shown?.text).toContain('共 3 条，一天最多发 75 条')
  expect(shown?.text).not.toContain('占今天')
})

test('a file that is added, changed or removed takes the approval back', async () => {
  const { said, attach, app, revision, stored } = await openWithNotice()
  await said('org', '送审 2', 'submit')
  const approve = async (id: string) => {
    await said('lin', '预览 2', `look-${id}`)
    await said('lin', '通过 2', `approve-${id}`)
    expect((await stored()).state).toBe('approved')
  }
  await approve('first')
  await attach('通知.pdf', 'one')
  expect((await stored()).state).toBe('review')
  await approve('second')
  const [file] = (await stored()).files ?? []
  const body = new URLSearchParams({ revision: await revision() })
  await app.request(`/digest/2/files/${file?.hash}/remove`, { method: 'POST', body })
  expect((await stored()).state).toBe('review')
  expect(isApproved(await stored())).toBe(false)
})

test('the seal covers the bytes of files, and stays as it was without files', async () => {
  const { attach, stored } = await openWithNotice()
  const before = sealOf(await stored())
  await attach('通知.pdf', 'one')
  const one = sealOf(await stored())
  const { files = [], ...rest } = await stored()
  expect(one).not.toBe(before)
  expect(sealOf({ ...rest, files: files.map(file => ({ ...file, hash: 'other' })) })).not.toBe(one)
  expect(sealOf({ ...rest, files: [] })).toBe(before)
})

test('what cannot be attached is refused in Chinese, and nothing is lost', async () => {
  const { attach, stored } = await openWithNotice()
  expect(await (await attach('空.pdf', '')).text()).toContain('空文件不能发')
  expect(await (await attach('大.pdf', new Uint8Array(5 * 1024 * 1024 + 1))).text()).toContain('5 MB')
  for (const name of ['一', '二', '三']) expect((await attach(`${name}.pdf`, name)).status).toBe(303)
  expect(await (await attach('四.pdf', '四')).text()).toContain('最多带 3 个')
  expect(await (await attach('五.pdf', '五', '1')).text()).toContain('刚刚改过')
  expect((await stored()).files?.map(({ name }) => name)).toEqual(['一.pdf', '二.pdf', '三.pdf'])
})

test('a file whose bytes are lost stops the push before the review', async () => {
  const { said, attach, stored, world } = await openWithNotice()
  await attach('通知.pdf', 'one')
  const [file] = (await stored()).files ?? []
  await openBroadcastStore(world.store).deleteBlob(file?.hash ?? '')
  const [refused] = await said('org', '送审 2', 'submit')
  expect(refused?.text).toContain('附件「通知.pdf」读不出来')
  expect((await stored()).state).toBe('draft')
})

test('the bytes of files of finished pushes are deleted after 90 days', async () => {
  const { said, attach, stored, world, feature, outbox } = await openWithNotice()
  await attach('通知.pdf', 'one')
  const [file] = (await stored()).files ?? []
  const broadcasts = openBroadcastStore(world.store)
  await said('org', '取消 2', 'cancel')
  const sweep = async () => {
    for (const one of feature.sweeps ?? []) await one.run(world.clock.now())
  }
  await sweep()
  expect(await broadcasts.blob(file?.hash ?? '')).toBeDefined()
  world.clock.forward({ minutes: 91 * 24 * 60 })
  await sweep()
  expect(await broadcasts.blob(file?.hash ?? '')).toBeUndefined()
  await outbox.stop()
})
