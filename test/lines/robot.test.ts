import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRobotLine } from '../../src/adapters/wecom/robot-line.ts'
import { LineDownError, RefusedError, ThrottledError } from '../../src/ports/chat.ts'
import { createWorld } from '../conversation.ts'
import { deadlineMs } from './rigs.ts'
import { openRobotServer } from './servers/robot-server.ts'

let server: Awaited<ReturnType<typeof openRobotServer>>

beforeAll(async () => {
  server = await openRobotServer()
})
afterAll(() => server.close())

async function open(url = server.url) {
  const line = openRobotLine({ robots: [{ name: '产业园群', url }], clock: createWorld().clock })
  await line.start()
  const say = (text: string, file?: { name: string; mimeType: string; bytes: Uint8Array }) =>
    line.chat.say({ groupId: '产业园群' }, { text, ...(file ? { file } : {}) }, deadlineMs)
  return { line, say }
}

test('a short text is a text, a long one markdown in parts of at most 4,096 bytes', async () => {
  const { say, line } = await open()
  await say('推送')
  expect(server.shown.at(-1)).toMatchObject({ msgtype: 'text', text: { content: '推送' } })
  const before = server.shown.length
  await say(Array.from({ length: 120 }, (_, n) => `第${n}条 申报条件和材料说明`).join('\n'))
  const parts = server.shown.slice(before)
  expect(parts.length).toBeGreaterThan(1)
  for (const { msgtype, content } of parts) {
    expect(msgtype).toBe('markdown')
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(4096)
  }
  expect(line.status().state).toBe('up')
})

test('a picture goes with its checksum, a file by upload', async () => {
  const { say } = await open()
  await say('图', { name: 'a.png', mimeType: 'image/png', bytes: new Uint8Array([1, 2]) })
  expect(server.shown.at(-1)).toMatchObject({ msgtype: 'image', image: { base64: 'AQI=' } })
  await say('表', { name: 'a.xlsx', mimeType: 'application/x', bytes: new Uint8Array([1]) })
  expect(server.shown.at(-1)).toMatchObject({ msgtype: 'file', file: { media_id: 'MEDIA' } })
})

test('no error says the key', async () => {
  const { say, line } = await open()
  const faultOf = (sent: Promise<unknown>) => sent.then(String, (cause: Error) => cause)
  server.behaviour.errcode = 93_000
  const refusal = await faultOf(say('推送'))
  expect(refusal).toMatchObject({ message: expect.stringContaining('ROBOT_WEBHOOKS') })
  server.behaviour.errcode = 45_009
  await expect(say('推送')).rejects.toThrow(ThrottledError)
  server.behaviour.errcode = 0
  server.behaviour.send = 'close'
  const unknown = await faultOf(say('推送'))
  server.behaviour.send = 'ok'
  const unreached = await faultOf((await open(`http://127.0.0.1:1023/x?key=${server.key}`)).say('推送'))
  expect(unreached).toBeInstanceOf(LineDownError)
  await expect(line.chat.say({ groupId: '别的群' }, { text: 'x' }, deadlineMs)).rejects.toThrow(RefusedError)
  for (const fault of [refusal, unknown, unreached])
    expect(`${fault}${JSON.stringify(fault)}`).not.toContain(server.key)
})
