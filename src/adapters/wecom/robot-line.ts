import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type ChatFile, LineDownError, RefusedError, ThrottledError } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { robotTraits } from '../../ports/line-traits.ts'
import { requestJson } from '../line/http.ts'
import type { Line } from '../line/line.ts'
import { sayInOrder, textParts } from '../line/parts.ts'
import { type LineStatus, notes } from '../line/status.ts'
import { toMarkdown } from './protocol/markdown.ts'

/** A group robot: the group's name, and the webhook's address, which is a secret. */
export type Robot = { name: string; url: string }

const RobotAnswer = z.object({
  errcode: z.number(),
  errmsg: z.string().default(''),
  media_id: z.string().optional(),
})

const tooFast = 45_009
const textBytes = 2048
const pictureBytes = 2 * 1024 * 1024

type RobotOptions = { robots: readonly Robot[]; clock: Clock }

/** Group robots of WeCom (群机器人): each pushes into its one group and receives nothing. */
export function openRobotLine({ robots, clock }: RobotOptions): Line {
  const since = clock.now()
  let isUp = false
  const status = (): LineStatus =>
    isUp
      ? { name: 'robot', state: 'up', note: notes.up, since }
      : { name: 'robot', state: 'down', note: notes.stopped, since }

  async function post(url: string, body: unknown, timeoutMs: number) {
    const answer = await requestJson({ method: 'POST', url, body, timeoutMs, schema: RobotAnswer })
    if (answer.errcode === tooFast) throw new ThrottledError(`robot ${answer.errcode}`, 'target')
    if (answer.errcode !== 0) throw new RefusedError(refusal(answer.errcode), 'target')
    return answer
  }

  async function fileBody(url: string, file: ChatFile, timeoutMs: number): Promise<object> {
    if (/^image\/(?:png|jpeg)$/u.test(file.mimeType) && file.bytes.byteLength <= pictureBytes) {
      const base64 = Buffer.from(file.bytes).toString('base64')
      return { msgtype: 'image', image: { base64, md5: createHash('md5').update(file.bytes).digest('hex') } }
    }
    const form = new FormData()
    form.append('media', new File([new Blob([file.bytes.slice()])], file.name))
    const upload = `${url.replace('/webhook/send', '/webhook/upload_media')}&type=file`
    const { media_id } = await post(upload, form, timeoutMs)
    return { msgtype: 'file', file: { media_id } }
  }

  return {
    chat: {
      async say(target, { text, file }, timeoutMs) {
        if (!isUp) throw new LineDownError('the line is stopped: nothing was sent')
        const robot = 'groupId' in target && robots.find(({ name }) => name === target.groupId)
        if (!robot) throw new RefusedError('ROBOT_WEBHOOKS 里没有这个群的机器人，请把地址加回来。')
        const { url } = robot
        // The upload comes first: where it fails, nothing has been sent.
        const media = file && (await fileBody(url, file, timeoutMs).catch(cause => throwUnsaid(cause)))
        const bodies = [...textBodies(text), ...(media ? [media] : [])]
        await sayInOrder(bodies.map(body => () => post(url, body, timeoutMs)))
        return ''
      },
    },
    on() {},
    recall: async () => false,
    reconnect() {},
    async start() {
      isUp = true
    },
    async stopReceiving() {},
    async stop() {
      isUp = false
    },
    status,
    account: () => '',
    traits: () => robotTraits,
  }
}

/** Short ones as plain text; longer ones as markdown, of which twice as much is taken. */
function textBodies(text = ''): object[] {
  if (text === '') return []
  if (textParts(text, textBytes).length === 1) return [{ msgtype: 'text', text: { content: text } }]
  const parts = textParts(toMarkdown(text), robotTraits.text.maxBytes)
  return parts.map(content => ({ msgtype: 'markdown', markdown: { content } }))
}

function throwUnsaid(cause: unknown): never {
  if (cause instanceof RefusedError || cause instanceof ThrottledError) throw cause
  throw new LineDownError('the upload broke off: nothing was said', { cause })
}

const refusal = (errcode: number) =>
  errcode === 93_000
    ? '群机器人的地址不对，或者机器人被移出了群。请在群里重新添加机器人，把新的地址填进 ROBOT_WEBHOOKS。'
    : `群机器人没有收（错误 ${errcode}），请在企业微信的开发文档里查这个错误码。`
