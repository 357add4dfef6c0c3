import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRobotLine } from '../../src/adapters/wecom/robot-line.ts'
import { DeadlineError, LineDownError, RefusedError, ThrottledError } from '../../src/ports/chat.ts'
import { createWorld } from '../conversation.ts'

const key = 'KEY-THAT-IS-A-SECRET'
const shown: { msgtype: string; [content: string]: unknown }[] = []
let errcode = 0
let isClosing = false
let server: Server
let base = ''

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const isUpload = request.url?.includes('upload_media')
    if (!isUpload && errcode === 0) shown.push(JSON.parse(Buffer.concat(parts).toString()))
    if (isClosing) return void request.socket.destroy()
    response.end(JSON.stringify({ errcode, errmsg: 'x', ...(isUpload ? { media_id: 'MEDIA' } : {}) }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cgi-bin/webhook/send?key=${key}`
})
afterAll(() => server.close())

async function open(url = base) {
  const line = openRobotLine({ robots: [{ name: '产业园群', url }], clock: createWorld().clock })
  await line.start()
  const say = (text: string, file?: { name: string; mimeType: string; bytes: Uint8Array }) =>
    line.chat.say({ groupId: '产业园群' }, { text, ...(file ? { file } : {}) }, 1000)
  return { line, say }
}

test('a short text is a text, a long one markdown in parts of at most 4,096 bytes', async () => {
  const { say, line } = await open()
  await say('推送')
  expect(shown.at(-1)).toEqual({ msgtype: 'text', text: { content: '推送' } })
  const before = shown.length
  await say(Array.from({ length: 120 }, (_, n) => `第${n}条 申报条件和材料说明`).join('\n'))
  const parts = shown.slice(before).map(one => (one.markdown as { content: string }).content)
  expect(parts.length).toBeGreaterThan(1)
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(4096)
  expect(line.status().state).toBe('up')
})

test('a picture goes with its checksum, a file by upload', async () => {
  const { say } = await open()
  await say('图', { name: 'a.png', mimeType: 'image/png', bytes: new Uint8Array([1, 2]) })
  expect(shown.at(-1)).toMatchObject({ msgtype: 'image', image: { base64: 'AQI=' } })
  await say('表', { name: 'a.xlsx', mimeType: 'application/x', bytes: new Uint8Array([1]) })
  expect(shown.at(-1)).toEqual({ msgtype: 'file', file: { media_id: 'MEDIA' } })
})

test('refused with a sentence, throttled, unknown or nothing sent; never with the key', async () => {
  const { say, line } = await open()
  errcode = 93_000
  const refusal = await say('推送').catch(cause => cause)
  expect(refusal).toBeInstanceOf(RefusedError)
  expect(refusal.message).toContain('ROBOT_WEBHOOKS')
  errcode = 45_009
  await expect(say('推送')).rejects.toThrow(ThrottledError)
  errcode = 0
  isClosing = true
  const unknown = await say('推送').catch(cause => cause)
  expect(unknown).toBeInstanceOf(DeadlineError)
  isClosing = false
  await expect((await open(`http://127.0.0.1:1023/x?key=${key}`)).say('推送')).rejects.toThrow(LineDownError)
  await expect(line.chat.say({ groupId: '别的群' }, { text: 'x' }, 1000)).rejects.toThrow(RefusedError)
  expect(`${refusal.message}${unknown.message}${JSON.stringify(unknown)}`).not.toContain(key)
})
