import { Refusal, type Sweep } from '../feature.ts'
import { createKeyedQueue } from '../lib/queue.ts'
import { withTimeout } from '../lib/timeout.ts'
import { type Log, reasonOf } from '../log.ts'
import { type Message, type PassedOn, passedOn, type Reply } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Journal } from '../ports/journal.ts'
import type { Metrics } from '../ports/metrics.ts'
import type { Collection } from '../ports/store.ts'
import type { ProcessedMessage } from '../processed-messages.ts'
import { createAddressees } from './addressees.ts'
import { createBackgroundTasks } from './background-tasks.ts'
import { type Claim, createClaims } from './claims.ts'
import { createLimits } from './limits.ts'
import type { MatchedHandler } from './matched-handler.ts'
import { createMessageDebouncer } from './message-debouncer.ts'
import type { MessageTurns } from './person-turns.ts'
import { asOneMessage } from './questions.ts'
import { asReceived, isStale } from './received.ts'
import { createReplyMerger } from './repeats.ts'
import { repliesOf } from './replies.ts'
import type { InboundSettings } from './settings.ts'

type Parts = {
  /** The handler of this message; undefined where there is none. */
  match(message: Message): Promise<MatchedHandler | undefined>
  /** Reply sent when a handler throws. */
  apology: string
  seen: Collection<ProcessedMessage>
  /** Where questions are claimed until the store has them; without one each waits for the disk. */
  journal?: Journal | undefined
  clock: Clock
  log: Log
  settings: InboundSettings
  metrics: Pick<Metrics, 'refused' | 'dropped'>
  turns: MessageTurns
}

/** A message that may be continued by the next one, and the callback for its replies. */
type PendingMessage = {
  message: Message
  handler: MatchedHandler & { kind: 'spoken' }
  say(replies: Reply[]): void
}

type Taken = Omit<PendingMessage, 'handler'> & { handler: MatchedHandler }

/**
 * The way in: each message once, in the order of its conversation, not too late, not too fast, and the pieces of a
 * question together.
 *
 * **When a message is claimed.** A claim that is stored before handling makes it at most once: what crashes in
 * between is lost. One that is stored after makes it at least once: what crashes in between is done twice. So it is
 * stored before, for asking again loses nothing, while nothing may be told or pushed twice.
 * Questions do not wait for the disk: their claims are in a journal, which outlives the process and goes into the
 * store within ten seconds. A power cut in these seconds, and a gateway that delivers anew, may answer one twice.
 * Only commands that are `repeatable` go the other way round, as a lost sign-in marks a person absent who was
 * there: they are handled first, and the claim is stored only when something is to be said, before it is said. So
 * either way a message costs one write of ours at most, and is never answered twice.
 */
export function createMessagePipeline(parts: Parts) {
  const { match, apology, clock, log, settings, metrics, turns } = parts
  const claims = createClaims(parts)
  const limits = createLimits({ settings, clock, metrics })
  const merge = createReplyMerger(settings.mergeSeconds)
  const conversations = createKeyedQueue()
  const withAddressee = createAddressees()
  const background = createBackgroundTasks()
  const debouncer = createMessageDebouncer<PendingMessage>({
    waits: settings.waits,
    clock,
    due(pieces) {
      const first = pieces[0]?.message
      if (!first) return
      void conversations.run(placeOf(first), async () => {
        if (debouncer.isOpen(pieces)) await answerAsOne(debouncer.take(first))
      })
    },
  })

  function answer(given: Message): Promise<Reply[]> {
    const message = asReceived(given)
    const named = withAddressee(message)
    const place = placeOf(message)
    return turns.enter(message, place, gate =>
      new Promise<Reply[]>(say => {
        void conversations.run(place, async () => {
          if (gate) await gate
          await receive(message, say, given)
        })
      }).then(named),
    )
  }

  /** Resolves when every message received so far is handled, or after `limitMs`: a question may wait for its rest. */
  async function drain(limitMs: number): Promise<void> {
    await withTimeout(() => turns.settle(), { timeoutMs: limitMs, what: 'handling what was received' }).catch(
      () => {},
    )
  }

  async function receive(message: Message, say: (replies: Reply[]) => void, given: Message): Promise<void> {
    let handler: MatchedHandler | undefined
    try {
      handler = await match(message)
      const claim = handler && (await claims.claim(message, { given, isCommand: handler.kind === 'command' }))
      if (!handler || !claim) return say([])
      await run({ message, handler, say }, claim)
    } catch (cause) {
      say(repliesToFault(cause, message, handler))
    }
  }

  async function run({ message, handler, say }: Taken, claim: Claim): Promise<void> {
    try {
      if (handler.kind === 'command' && handler.isRepeatable)
        return await handleBeside({ message, handler, say }, claim)
      const earlier = background.drain(placeOf(message))
      if (earlier !== undefined) await earlier
      const mayBeNew = handler.kind === 'spoken' && message.isTimeDoubtful === true
      if (isLate(message) && !mayBeNew) return say([])
      if (handler.kind === 'spoken') return await listen({ message, handler, say }, claim)
      await answerAsOne(debouncer.take(message))
      const refused =
        handler.kind === 'awaited' ? limits.refuse(message) : limits.refuseCommand(message, handler)
      if (refused) return say(refused)
      await claim.store()
      const answer = await handler.handle(message)
      if (answer === passedOn) return await passOn({ message, handler, say }, claim)
      const replies = repliesOf(answer)
      say(handler.kind === 'command' ? merged(message, handler, replies) : replies)
    } catch (cause) {
      say(repliesToFault(cause, message, handler))
    }
  }

  async function passOn({ message, handler, say }: Taken, claim: Claim): Promise<void> {
    const next = handler.kind === 'command' ? handler.otherwise?.() : undefined
    if (next) await run({ message, handler: next, say }, claim)
    else say([])
  }

  /** Handles repeatable messages without waiting for their turn; later ones that may not be repeated wait for them. */
  async function handleBeside({ message, handler, say }: Taken, claim: Claim): Promise<void> {
    await answerAsOne(debouncer.take(message))
    background.run(placeOf(message), message.senderId, async () => {
      try {
        const replies = await repeat(message, handler, claim)
        if (replies !== passedOn) return say(replies)
        // Waits for its turn: the next handler may be one that depends on it.
        void conversations.run(placeOf(message), () => passOn({ message, handler, say }, claim))
      } catch (cause) {
        say(repliesToFault(cause, message, handler))
      }
    })
  }

  /** Handled at least once, answered at most once; what comes late counts, and is not answered. */
  async function repeat(
    message: Message,
    handler: MatchedHandler,
    claim: Claim,
  ): Promise<Reply[] | PassedOn> {
    let replies: Reply[]
    try {
      const answer = await handler.handle(message)
      if (answer === passedOn) return passedOn
      replies = repliesOf(answer)
    } catch (cause) {
      if (!(cause instanceof Refusal)) {
        claim.release()
        throw cause
      }
      replies = repliesToRefusal(cause, message, handler)
    }
    const said = isLate(message) ? [] : limits.ofRepeatable(message, merged(message, handler, replies))
    if (said.length > 0) await claim.store()
    return said
  }

  /** Claimed piece by piece: a piece that is delivered again must not pass for a question of its own. */
  async function listen(piece: PendingMessage, claim: Claim): Promise<void> {
    await claim.journal()
    const refused = limits.check(piece.message)
    if (refused) return piece.say(refused)
    const words = piece.handler.knowsWords(piece.message)
    const known = words instanceof Promise ? await words : words
    if (known !== undefined) {
      await answerAsOne(debouncer.take(piece.message))
      limits.count(piece.message)
      return piece.say(repliesOf(known))
    }
    const { before, now } = debouncer.add(piece)
    if (before.length > 0) await answerAsOne(before)
    await answerAsOne(now)
  }

  /** The last piece gets the answer, the others silence. */
  async function answerAsOne(pieces: readonly PendingMessage[]): Promise<void> {
    const last = pieces.at(-1)
    const message = asOneMessage(pieces.map(piece => piece.message))
    if (!last || !message) return
    for (const { say } of pieces.slice(0, -1)) say([])
    try {
      const refused = limits.refuse(message)
      last.say(refused ?? repliesOf(await last.handler.handle(message)))
    } catch (cause) {
      last.say(repliesToFault(cause, message, last.handler))
    }
  }

  /** For all but answers to questions: those are answered one by one, up to the group's limit. */
  function merged(message: Message, handler: MatchedHandler | undefined, replies: Reply[]): Reply[] {
    const command = handler?.kind === 'command' ? (handler.word ?? '') : ''
    return merge(message, command, replies, clock.now().epochMilliseconds)
  }

  function repliesToFault(cause: unknown, message: Message, handler: MatchedHandler | undefined): Reply[] {
    if (cause instanceof Refusal) return merged(message, handler, repliesToRefusal(cause, message, handler))
    log.error({ message: message.id, feature: handler?.feature, reason: reasonOf(cause) }, 'a handler failed')
    const isExpected = handler !== undefined || message.mentionsBot || !message.groupId
    if (!isExpected || isLate(message)) return []
    return merged(message, handler, repliesOf(apology))
  }

  function repliesToRefusal(
    refusal: Refusal,
    message: Message,
    handler: MatchedHandler | undefined,
  ): Reply[] {
    metrics.refused()
    if (refusal.cause !== undefined) {
      const reason = reasonOf(refusal.cause)
      log.warn({ message: message.id, feature: handler?.feature, reason }, 'refused because of a fault')
    }
    return repliesOf(refusal.message)
  }

  const isLate = (message: Message) => isStale(message, clock.now(), settings.staleMinutes)

  const expiry: Sweep = { name: 'seen-expiry', everySeconds: 3600, run: () => claims.expire() }
  const flushing: Sweep = { name: 'seen-flushing', everySeconds: 10, run: () => claims.flush() }
  return { answer, drain, sweeps: [expiry, flushing] }
}

const placeOf = ({ groupId, senderId }: Message) => (groupId ? `group ${groupId}` : `person ${senderId}`)
