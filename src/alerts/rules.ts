import { Temporal } from 'temporal-polyfill'
import type { Alarm } from '../ports/alarms.ts'

/** An alarm that comes back within `againMinutes` and lasts this long is no flapping: it is told at once. */
const persistSeconds = 180

/** Delays before a phone is alerted. */
export type AlertThrottle = {
  /** An alarm that clears within this time is not told, and one that is told ends only after being clear this long. */
  settleSeconds: number
  /** Minimum interval between two alerts about one alarm. */
  againMinutes: number
}

/** One alarm from its first raise until it has been clear for a while: flapping in between is one episode. */
export type Episode = {
  text: string
  since: Temporal.Instant
  /** Undefined while it is raised. */
  clearedAt: Temporal.Instant | undefined
  /** How often it was raised in this episode; 0 when that is over, and only {@link toldAt} still counts. */
  times: number
  /** The alert of this episode that was sent or given up. */
  told: string | undefined
  /** When people were last told that it is raised, in this episode or one before. */
  toldAt: Temporal.Instant | undefined
}

/** The next action for an episode, and when. `end`: it ends without a message. `forget`: it is discarded. */
export type Step = { kind: 'tell-raised' | 'tell-recovered' | 'end' | 'forget'; at: Temporal.Instant }

/** The episode after comparing it with the alarms raised now. */
export function nextEpisode(
  before: Episode | undefined,
  alarm: Alarm | undefined,
  at: Temporal.Instant,
): Episode | undefined {
  if (!alarm) return before && { ...before, clearedAt: before.clearedAt ?? at }
  const { text, since } = alarm
  if (!before || before.times === 0) {
    return { text, since, clearedAt: undefined, times: 1, told: undefined, toldAt: before?.toldAt }
  }
  return { ...before, text, clearedAt: undefined, times: before.times + (before.clearedAt ? 1 : 0) }
}

/** The next step of an episode; undefined until something changes. */
export function nextStep(episode: Episode, throttle: AlertThrottle): Step | undefined {
  const { since, clearedAt, told, toldAt, text, times } = episode
  const settled = (at: Temporal.Instant) => at.add({ seconds: throttle.settleSeconds })
  const mayTellAgainAt = toldAt?.add({ minutes: throttle.againMinutes })
  if (times === 0) return { kind: 'forget', at: laterOf(since, mayTellAgainAt) }
  if (clearedAt) return { kind: told === undefined ? 'end' : 'tell-recovered', at: settled(clearedAt) }
  if (told === text) return undefined
  const persistsAt = told === undefined ? since.add({ seconds: persistSeconds }) : undefined
  return { kind: 'tell-raised', at: laterOf(settled(since), earliest(mayTellAgainAt, persistsAt)) }
}

/** The earlier one; an absent first is no bound, an absent second changes nothing. */
function earliest(a: Temporal.Instant | undefined, b: Temporal.Instant | undefined) {
  return a && b && Temporal.Instant.compare(b, a) < 0 ? b : a
}

/** The episode after people were told of it. */
export function withAlarmSent(episode: Episode, at: Temporal.Instant): Episode {
  return { ...episode, told: episode.text, toldAt: at }
}

/** The state kept of an ended episode. */
export function withEnd(episode: Episode): Episode {
  return { ...episode, told: undefined, times: 0 }
}

/** The episode after the clock was put back to `now`: no time of it is to come, else it would wait that long. */
export function noneAfter(episode: Episode, now: Temporal.Instant): Episode {
  const { since, clearedAt, toldAt } = episode
  const past = (at: Temporal.Instant | undefined) => earliest(now, at)
  return {
    ...episode,
    since: past(since) ?? now,
    clearedAt: clearedAt && past(clearedAt),
    toldAt: toldAt && past(toldAt),
  }
}

/** The later one; an absent one is no bound. */
export function laterOf(a: Temporal.Instant, b: Temporal.Instant | undefined): Temporal.Instant {
  return b && Temporal.Instant.compare(b, a) > 0 ? b : a
}
