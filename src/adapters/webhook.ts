import { createHmac } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { type AlertChannel, AlertChannelFault } from '../ports/alarms.ts'
import { fillJsonTemplate } from '../text/json-template.ts'

export type WebhookKind = 'wecom' | 'dingtalk' | 'feishu' | 'custom'

export type WebhookSettings = {
  kind: WebhookKind
  /** Gives write access to the group: a secret. */
  url: string
  /** The secret that signs messages, for robots that ask for it; empty: not signed. */
  secret: string
  /** The body of a `custom` one: JSON with `{{text}}` inside a string. */
  template: string
}

const deadlineMs = 10_000

/** A robot in a group chat, or anything else that takes a JSON body over HTTP, as a channel for alerts. */
export function createWebhook(settings: WebhookSettings): AlertChannel {
  return {
    async tell(text) {
      // A signature holds for the real time only, whatever the sandbox's clock shows.
      const { url, body } = webhookRequest(settings, text, Temporal.Now.instant())
      checkTaken(settings.kind, await post(url, body))
    },
  }
}

/** Address and body of the request, as each robot's documentation has them. */
export function webhookRequest(settings: WebhookSettings, text: string, at: Temporal.Instant) {
  const { kind, url, secret, template } = settings
  switch (kind) {
    // https://developer.work.weixin.qq.com/document/path/91770
    case 'wecom':
      return { url, body: JSON.stringify({ msgtype: 'text', text: { content: text } }) }
    // https://open.dingtalk.com/document/robots/custom-robot-access
    case 'dingtalk':
      return {
        url: secret ? signedForDingtalk(url, secret, at) : url,
        body: JSON.stringify({ msgtype: 'text', text: { content: text } }),
      }
    // https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
    case 'feishu':
      return {
        url,
        body: JSON.stringify({
          ...(secret ? signatureForFeishu(secret, at) : {}),
          msg_type: 'text',
          content: { text },
        }),
      }
    case 'custom':
      return { url, body: fillJsonTemplate(template, text) }
  }
}

/** DingTalk's signature: time in milliseconds and the secret are signed, with the secret as the key. */
function signedForDingtalk(url: string, secret: string, at: Temporal.Instant): string {
  const timestamp = String(at.epochMilliseconds)
  const signed = new URL(url)
  signed.searchParams.set('timestamp', timestamp)
  signed.searchParams.set('sign', hmac(secret, `${timestamp}\n${secret}`))
  return signed.href
}

/** Feishu's signature: time in seconds and the secret are the key, and the signed text is empty. */
function signatureForFeishu(secret: string, at: Temporal.Instant) {
  const timestamp = String(Math.floor(at.epochMilliseconds / 1000))
  return { timestamp, sign: hmac(`${timestamp}\n${secret}`, '') }
}

function hmac(key: string, data: string): string {
  return createHmac('sha256', key).update(data).digest('base64')
}

type Answer = { status: number; text: string }

/** The fault leaves out the address and its own cause, in which Node names the address. */
async function post(url: string, body: string): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    })
    return { status: response.status, text: (await response.text()).slice(0, 10_000) }
  } catch (cause) {
    throw new AlertChannelFault(sayWhyNot(cause))
  }
}

function sayWhyNot(cause: unknown): string {
  if (cause instanceof Error && cause.name === 'TimeoutError') return '10 秒没有回音，请检查这台机器的网络。'
  const code = cause instanceof Error && (cause.cause as { code?: unknown } | undefined)?.code
  return `连不上${typeof code === 'string' ? `（${code}）` : ''}，请检查网络，并核对 webhook 地址。`
}

const advice: Record<WebhookKind, Record<string, string>> = {
  wecom: {
    '93000': '地址不对，或机器人已被移出群，请重新复制 webhook 地址。',
    '45009': '发得太频繁，过一会儿会再试。',
  },
  dingtalk: {
    '310000': '关键词、加签或 IP 白名单对不上：关键词请设「创客」，加签的密钥也要填上。',
    '300001': '令牌不对，请重新复制 webhook 地址。',
    '410100': '发得太频繁，过一会儿会再试。',
  },
  feishu: {
    '19001': '地址不对，请重新复制 webhook 地址。',
    '19021': '签名对不上，请核对加签密钥和这台机器的时间。',
    '19024': '关键词对不上，请在机器人的安全设置里把关键词设为「创客」。',
  },
  custom: {},
}

/** Robots answer 200 and put the refusal into the body: `errcode`, or `code` for Feishu. */
function checkTaken(kind: WebhookKind, { status, text }: Answer) {
  if (status < 200 || status > 299) {
    throw new AlertChannelFault(`对方返回 ${status}，没有收下，请核对 webhook 地址。`)
  }
  if (kind === 'custom') return
  const code = codeIn(text)
  if (code === '0') return
  const known = code && advice[kind][code]
  if (known) throw new AlertChannelFault(`对方没有收下（${code}）：${known}`)
  throw new AlertChannelFault(
    code
      ? `对方没有收下（错误码 ${code}），请核对 webhook 地址和机器人的安全设置。`
      : '对方的回答不像这种机器人，请核对是哪一种机器人和 webhook 地址。',
  )
}

function codeIn(text: string): string | undefined {
  try {
    const { errcode, code, StatusCode } = JSON.parse(text) as Record<string, unknown>
    const found = errcode ?? code ?? StatusCode
    return typeof found === 'number' ? String(found) : undefined
  } catch {
    return undefined
  }
}
