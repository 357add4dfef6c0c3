import type { KnownSkew } from '../../adapters/line/handlers.ts'
import type { NamedLine } from '../../adapters/line/router.ts'
import { openQqLine } from '../../adapters/qq/line.ts'
import { openLine } from '../../adapters/wechaty/line.ts'
import { type CustomerLineTasks, openCustomerLine } from '../../adapters/wecom/customers/line.ts'
import { openWecomLine } from '../../adapters/wecom/line.ts'
import { openRobotLine } from '../../adapters/wecom/robot-line.ts'
import type { Config } from '../../config.ts'
import type { Platform } from '../platform/platform.ts'
import type { LinePlan } from './plan/plan.ts'
import { appSettingsOf, groupSetsOf, qqSettingsOf, robotsOf, wecomSettingsOf } from './plan/settings.ts'

/** A line of the settings; of customer groups with their tasks. */
export type OpenedLine = NamedLine & { tasks?: CustomerLineTasks }

type Surroundings = {
  platform: Platform
  world: Parameters<typeof openLine>[0]['world']
  print(text: string): void
}

/** Opens lines as these settings want them. */
export function lineOpener(config: Config, { platform, world, print }: Surroundings) {
  const { clock, log, alarms, store } = platform
  const backOff = { firstMs: config.LINE_BACKOFF_FIRST_MS, lastMs: config.LINE_BACKOFF_LAST_MS }

  function open(
    { title, kind }: LinePlan,
    knownSkew: KnownSkew | undefined,
  ): Omit<OpenedLine, 'name' | 'title'> {
    const shared = { title, clock, log, alarms, knownSkew }
    const chosen = kind === 'sandbox' ? { ...config, WECHATY_PUPPET: 'sandbox' } : config
    switch (kind) {
      case 'qq':
        return { line: openQqLine({ ...shared, backOff, settings: qqSettingsOf(config, title) }) }
      case 'wecom':
        return { line: openWecomLine({ ...shared, backOff, settings: wecomSettingsOf(config, title) }) }
      case 'robot':
        return { line: openRobotLine({ robots: robotsOf(config), clock }) }
      case 'customers':
        return openCustomerLine({
          ...shared,
          backOff,
          store,
          settings: appSettingsOf(config),
          sets: groupSetsOf(config),
        })
      case 'sandbox':
      case 'wechaty':
        return {
          line: openLine({
            ...shared,
            settings: chosen,
            world: kind === 'sandbox' ? world : undefined,
            print,
          }),
        }
    }
  }

  return (plan: LinePlan, knownSkew: KnownSkew | undefined): OpenedLine => ({
    name: plan.name,
    title: plan.title,
    ...open(plan, knownSkew),
  })
}
