import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerGarbled } from './garbled.ts'
import { createHeldAnswers } from './held-answers.ts'

const key = 'KEY-THAT-IS-A-SECRET'

/** A robot's message as a group shows it: the body of the request, and its words. */
type Shown = { msgtype: string; content: string; [kind: string]: unknown }

/** Webhooks of WeCom group robots on loopback. */
export async function openRobotServer() {
  const shown: Shown[] = []
  const behaviour = {
    /** The platform's error code of sends; other than 0 nothing is shown. */
    errcode: 0,
    send: 'ok' as 'ok' | 'silent' | 'close' | 'garbled',
    upload: 'ok' as 'ok' | 'close',
  }
  const answers = createHeldAnswers()

  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const { errcode } = behaviour
    const answer = (more = {}) => response.end(JSON.stringify({ errcode, errmsg: 'x', ...more }))
    if (request.url?.includes('upload_media')) {
      if (behaviour.upload === 'close') return void request.socket.destroy()
      return answer({ media_id: 'MEDIA' })
    }
    if (errcode === 0) show(JSON.parse(Buffer.concat(parts).toString()))
    if (behaviour.send === 'close') return void request.socket.destroy()
    if (behaviour.send === 'silent') return
    if (behaviour.send === 'garbled') return answerGarbled(response)
    answers.send(answer)
  })

  function show(body: { msgtype: string; [kind: string]: unknown }) {
    const inner = body[body.msgtype] as { content?: string }
    shown.push({ ...body, content: inner.content ?? `[${body.msgtype}]` })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${base}/cgi-bin/webhook/send?key=${key}`,
    key,
    shown,
    behaviour,
    ...answers.controls,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
