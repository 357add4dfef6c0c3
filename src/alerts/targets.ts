import { z } from 'zod'
import { versionOf } from '../lib/hash.ts'
import type { AlertChannel } from '../ports/alarms.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { Alerts } from './index.ts'

/** Robots whose address an organizer may set; their hosts, so that no other machine can be written to. */
const robotHosts = {
  wecom: ['qyapi.weixin.qq.com'],
  dingtalk: ['oapi.dingtalk.com'],
  feishu: ['open.feishu.cn', 'open.larksuite.com'],
} as const
export type RobotKind = keyof typeof robotHosts
export const robotKinds = Object.keys(robotHosts) as [RobotKind, ...RobotKind[]]

/** Where alerts go, as an organizer set it. The address is a secret. */
export const AlertTarget = z.object({ kind: z.enum(robotKinds), url: z.string(), secret: z.string() })
export type AlertTarget = z.infer<typeof AlertTarget>

/** `off`: the setting of the console was taken back. Who changed it stands in the audit log. */
const AlertChange = z.object({ at: z.string(), to: z.enum([...robotKinds, 'off']) })
const KeptTarget = z.object({ target: AlertTarget.optional(), changes: z.array(AlertChange) })
type KeptTarget = z.infer<typeof KeptTarget>

/** The robot that is set on the console, and what was set before, the latest first. */
export type AlertSetting = {
  kind: RobotKind | undefined
  /** The machine's settings name a channel. */
  hasMachine: boolean
  changes: readonly z.infer<typeof AlertChange>[]
  /** Tells whether it has changed since a form showed it. */
  version: string
}
type CheckSetting = (now: AlertSetting) => void

export type AlertSettings = Awaited<ReturnType<typeof openAlertSettings>>

type Parts = {
  store: Store
  clock: Clock
  /** Sends alerts over this channel. */
  alertsOver(channel: AlertChannel): Alerts
  channelOf(target: AlertTarget): AlertChannel
  /** The channel of the machine's settings, if any; what is set on the console stands before it. */
  fromMachine: AlertChannel | undefined
}

const key = 'alerts/target'
const mostChanges = 20

/** Opens the setting of where alerts go: as organizers set it on the console, else as the machine's settings say. */
export async function openAlertSettings({ store, clock, alertsOver, channelOf, fromMachine }: Parts) {
  const records = store.collection('alert-settings', KeptTarget)
  let kept: KeptTarget = (await records.get(key)) ?? { changes: [] }
  let current = open()
  let isRunning = false
  let stop: (() => void) | undefined

  function open(): Alerts | undefined {
    const channel = kept.target ? channelOf(kept.target) : fromMachine
    return channel && alertsOver(channel)
  }

  async function change(target: AlertTarget | undefined, check: CheckSetting = () => {}): Promise<void> {
    const made = { at: clock.now().toString(), to: target?.kind ?? ('off' as const) }
    const saved = await records.update(key, now => {
      check(settingOf(now ?? { changes: [] }))
      return {
        ...(target ? { target } : {}),
        changes: [made, ...(now?.changes ?? [])].slice(0, mostChanges),
      }
    })
    kept = saved ?? kept
    stop?.()
    current = open()
    stop = isRunning ? current?.start() : undefined
  }

  const settingOf = ({ target, changes }: KeptTarget): AlertSetting => ({
    kind: target?.kind,
    hasMachine: fromMachine !== undefined,
    changes,
    version: versionOf([target ?? '', changes.length, changes[0]?.at ?? '']),
  })

  return {
    /** Undefined where alerts go nowhere. */
    current: () => current,
    setting: () => settingOf(kept),
    /** @param check throws where the setting is another than the form showed; called with what stands */
    set: (target: AlertTarget, check?: CheckSetting) => change(target, check),
    /** Goes back to the machine's settings. @param check as with `set` */
    clear: (check?: CheckSetting) => change(undefined, check),
    /** Sends alerts until the returned function is called. */
    start(): () => void {
      isRunning = true
      stop = current?.start()
      return () => {
        isRunning = false
        stop?.()
      }
    },
  }
}

/** Whether an address belongs to a robot of this kind. */
export function isRobotAddress(kind: RobotKind, written: string): boolean {
  const url = URL.parse(written)
  const hosts: readonly string[] = robotHosts[kind]
  return url?.protocol === 'https:' && url.port === '' && url.username === '' && hosts.includes(url.hostname)
}
