import { wecomTraits } from '../../ports/line-traits.ts'
import type { Line } from '../line/line.ts'
import { openSessionLine, type SessionLineOptions } from '../line/session-line.ts'
import { openWecomSession, type WecomSettings, type WecomTimes, wecomTimes } from './session.ts'

type WecomOptions = Omit<SessionLineOptions, 'name' | 'traits' | 'open'> & {
  settings: WecomSettings
  times?: WecomTimes
}

/** The line of a WeCom AI bot (智能机器人) over its long connection. */
export function openWecomLine({ settings, times = wecomTimes, ...options }: WecomOptions): Line {
  return openSessionLine({
    ...options,
    name: 'wecom',
    traits: () => wecomTraits,
    open: handlers => openWecomSession({ settings, times, clock: options.clock }, handlers),
  })
}
