import type { Message, Reply } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Metrics } from '../ports/metrics.ts'
import { createDayLimit, createRateLimiter } from './rate-limiter.ts'
import type { InboundSettings } from './settings.ts'

type Limiter = ReturnType<typeof createRateLimiter>

/** Which answers are too many, for a person or a group; refused ones are counted in the metrics. */
export function createLimits({
  settings,
  clock,
  metrics,
}: {
  settings: InboundSettings
  clock: Clock
  metrics: Pick<Metrics, 'dropped'>
}) {
  const questions = createRateLimiter(settings.limits)
  const groupCommands = createRateLimiter(settings.commandLimits)
  const privateCommands = createRateLimiter({
    perPersonPerMinute: settings.privateCommandsPerMinute,
    perGroupPerMinute: Number.POSITIVE_INFINITY,
  })
  /** In groups sixty people may sign in at once. */
  const repeatable = createRateLimiter({
    perPersonPerMinute: settings.commandLimits.perPersonPerMinute,
    perGroupPerMinute: Number.POSITIVE_INFINITY,
  })
  const day = createDayLimit(settings.answersPerPersonPerDay)
  const commandsIn = ({ groupId }: Message) => (groupId === undefined ? privateCommands : groupCommands)

  /** @returns what is said instead of an answer; undefined where it may be answered */
  function check(message: Message, limiter: Limiter = questions): Reply[] | undefined {
    const refused = limiter.check(message, clock.now()) ?? day.check(message, clock.now())
    if (refused) metrics.dropped()
    return refused
  }

  function count(message: Message, limiter: Limiter = questions) {
    limiter.count(message, clock.now())
    day.count(message, clock.now())
  }

  /** Counts it where it may be answered. */
  function refuse(message: Message, limiter: Limiter = questions): Reply[] | undefined {
    const refused = check(message, limiter)
    if (!refused) count(message, limiter)
    return refused
  }

  return {
    check: (message: Message) => check(message),
    count: (message: Message) => count(message),
    refuse: (message: Message) => refuse(message),
    /** Reviewers work through lists: commands that need an office are unlimited. */
    refuseCommand: (message: Message, { isUnlimited }: { isUnlimited: boolean }): Reply[] | undefined =>
      isUnlimited ? undefined : refuse(message, commandsIn(message)),
    /**
     * A repeatable command was handled already: its sender hears what came of it up to the limit of a
     * minute, and beyond that of a day.
     */
    ofRepeatable(message: Message, replies: Reply[]): Reply[] {
      if (replies.length === 0) return replies
      const limiter = message.groupId === undefined ? privateCommands : repeatable
      const refused = limiter.check(message, clock.now())
      if (refused) metrics.dropped()
      else count(message, limiter)
      return refused ?? replies
    },
  }
}
