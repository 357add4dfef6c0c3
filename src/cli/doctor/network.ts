import type { Config } from '../../config.ts'
import { bad, type Diagnosis, good, warning } from './diagnosis.ts'

const timeoutMs = 5000

/**
 * Asks the endpoint for its models, which costs nothing; without a model the bot
 * answers in the words of its entries.
 */
export async function reachModel({
  OPENAI_BASE_URL,
  OPENAI_API_KEY,
  OPENAI_MODEL,
}: Config): Promise<Diagnosis> {
  const host = new URL(OPENAI_BASE_URL).host
  const url = `${OPENAI_BASE_URL.replace(/\/+$/u, '')}/models`
  const status = await statusOf(url, { headers: { Authorization: `Bearer ${OPENAI_API_KEY}` } })
  if (status === undefined) return warning(`连不上 ${host}，先用原文回答。请检查网络和 OPENAI_BASE_URL。`)
  if (status === 401 || status === 403) return bad(`${host} 不认这个密钥。请核对 OPENAI_API_KEY。`)
  if (status >= 500) return warning(`${host} 现在出错（${status}），先用原文回答。请过一会儿再试。`)
  return good(`${host} 连得上，用 ${OPENAI_MODEL}`)
}

/** Whether the address of the alerts answers at all; nothing is sent. */
export async function reachAlerts({ ALERT_WEBHOOK_URL }: Config): Promise<Diagnosis> {
  const host = new URL(ALERT_WEBHOOK_URL).host
  const status = await statusOf(ALERT_WEBHOOK_URL, { method: 'HEAD' })
  return status === undefined
    ? warning(`连不上 ${host}，出了事没人知道。请检查网络和 ALERT_WEBHOOK_URL。`)
    : good(`${host} 连得上`)
}

/** @returns undefined where there is no answer in time */
async function statusOf(url: string, init: RequestInit): Promise<number | undefined> {
  const signal = AbortSignal.timeout(timeoutMs)
  const answer = await fetch(url, { ...init, redirect: 'manual', signal }).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.status
}
