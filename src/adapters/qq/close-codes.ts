import type { SessionEnd } from '../line/session.ts'

/** The meaning of the gateway's close codes for the next session. */
export type CloseMeaning = Pick<SessionEnd, 'note' | 'isFinal' | 'isThrottled'> & { dropsSession: boolean }

const retry = '与 QQ 的连接断了，正在自动重连。'
const tooFast = 'QQ 说连得太频繁，要过一会儿再连。到时会自动接上，这中间群里的话一般会补收到，不用处理。'
const tooFastAtFirst = 'QQ 说连得太频繁，要过一会儿再自动重连。断开的这段时间，群里的话收不到。'

const finals: [(code: number) => boolean, string][] = [
  [
    code => code === 4001 || code === 4002,
    'QQ 说连接的格式不对，已停下。请更新到新版本，或把日志交给维护的人。',
  ],
  [
    code => code >= 4010 && code <= 4013,
    'QQ 说分片、版本或事件的设置不对，已停下。请更新到新版本，或把日志交给维护的人。',
  ],
  [
    code => code === 4014,
    'QQ 没有给这个机器人「群聊和单聊」事件的权限：请在 QQ 开放平台「功能配置」里开通，再到控制台「线路」页点「立即重连」。',
  ],
  [
    code => code === 4914,
    '机器人已下架，QQ 只让它连沙箱：请在 QQ 开放平台重新提交上架，再到控制台「线路」页点「立即重连」。',
  ],
  [
    code => code === 4915,
    '机器人被 QQ 封禁了：请到 QQ 开放平台看通知、申诉，解封后到控制台「线路」页点「立即重连」。',
  ],
]

/** The platform does not know the session, as when another program began one. */
export const isSessionLoss = (code: number): boolean => code === 4006 || code === 4007

/** A fault before the session was up: the gateway did not take our session or our token. */
export const isRefusal = (code: number): boolean => code >= 4000 && code !== 4008 && code !== 4009

/**
 * @param code 1006 and other codes of the transport count as a connection that broke
 * @param canResume the next session gets what is said until then
 */
export function meaningOf(code: number, canResume: boolean): CloseMeaning {
  const final = finals.find(([fits]) => fits(code))
  if (final) return { note: final[1], isFinal: true, dropsSession: true }
  const dropsSession = isSessionLoss(code) || (code >= 4900 && code <= 4913)
  const isThrottled = code === 4008
  return { note: isThrottled ? (canResume ? tooFast : tooFastAtFirst) : retry, dropsSession, isThrottled }
}
