import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Answer, type Command, type Feature, type Listener, Refusal, type Sweep } from './feature.ts'
import { askForNumber, privateOnly } from './inbound/bare-words.ts'
import { restAfter } from './inbound/command-words.ts'
import { createMessagePipeline } from './inbound/index.ts'
import type { MatchedHandler } from './inbound/matched-handler.ts'
import { createPersonTurns, type MessageTurns } from './inbound/person-turns.ts'
import { type InboundSettings, unlimitedInbound } from './inbound/settings.ts'
import { inOrder } from './listeners.ts'
import { type Log, reasonOf } from './log.ts'
import { type AuditTrail, noAuditTrail } from './ports/audit.ts'
import type { Message, PassedOn, Reply, SentFile } from './ports/chat.ts'
import type { Clock } from './ports/clock.ts'
import { type Directory, type Role, sayRoles } from './ports/directory.ts'
import type { Journal } from './ports/journal.ts'
import { type Metrics, noMetrics } from './ports/metrics.ts'
import type { Collection } from './ports/store.ts'
import type { ProcessedMessage } from './processed-messages.ts'

export const apology = '抱歉，我这边出了点问题，请稍后再试一次。'

export type Bot = {
  /**
   * One message in, its replies out, in the order to be said. Never throws. To be called at once with each message
   * in the order of arrival, since an answer may wait for what comes next; those of one conversation resolve in the
   * order in which they are to be said.
   */
  answer(message: Message): Promise<Reply[]>
  /** Resolves when every message received so far is handled, at the latest after `limitMs`. */
  drain(limitMs: number): Promise<void>
  /** Parts that prune their own records. */
  sweeps: readonly Sweep[]
}

type BotParts = {
  features: readonly Feature[]
  directory: Directory
  /** The messages that were handled, so that none is handled twice. */
  seen: Collection<ProcessedMessage>
  journal?: Journal
  clock: Clock
  log: Log
  settings?: InboundSettings
  metrics?: Pick<Metrics, 'refused' | 'dropped'>
  /** The messages under way, where features order work among them. Default: of this bot alone. */
  turns?: MessageTurns
  /** Records what people change by what they say. Default: nothing is recorded. */
  audit?: AuditTrail
  /** Called for what was said in a group that is not bound and is no command there. */
  onUnbound?(message: Message): void
}

/** `next`: the place among the commands with a matcher from which the search goes on. */
type FoundCommand = { feature: string; command: Command; rest: string; next: number }

/**
 * Dispatches messages to the features: command words, roles, listeners, refusals and
 * logging stand here once for all.
 */
export function createBot({
  features,
  directory,
  settings = unlimitedInbound,
  metrics = noMetrics,
  turns = createPersonTurns(),
  audit = noAuditTrail,
  onUnbound = () => {},
  ...parts
}: BotParts): Bot {
  const commands = features.flatMap(feature =>
    (feature.commands ?? []).map(command => ({ feature: feature.name, command })),
  )
  const initials = new Set(commands.flatMap(({ command }) => command.words.map(word => word.charAt(0))))
  const matching = commands.filter(({ command }) => command.matches)
  const awaiting = features.filter(feature => feature.awaits)
  const observers = features.filter(feature => feature.observe)
  const listenForWords = inOrder(
    firstAnswer(features.filter(feature => !feature.takesQuestions)),
    askForNumber(commands, directory),
  )
  const listenForQuestions = firstAnswer(features.filter(feature => feature.takesQuestions))

  /** The same handler, whose deeds are recorded under what it is called. */
  const watched =
    <T>(what: string, handle: (one: Message) => T) =>
    (one: Message): T =>
      audit.watch(
        {
          by: { id: one.senderId, name: one.senderName },
          road: 'chat',
          from: one.groupId ?? '',
          what,
        },
        () => handle(one),
        answer => (carriesFile(answer as Answer | PassedOn) ? 'export' : undefined),
      )

  /** The handler that takes this message, or none: in a group the bot speaks only when spoken to. */
  async function match(message: Message): Promise<MatchedHandler | undefined> {
    if (message.file) return handlerOfFile(message, message.file)
    const found = findCommand(message)
    const isOurs = !message.groupId || (await directory.group(message.groupId)) !== undefined
    const observing = isOurs && message.groupId ? observe(message) : undefined
    if (observing !== undefined) await observing
    if (found && (isOurs || found.command.inUnboundGroups))
      return handlerOf(found, message, await isOfOffice(found.command, message))
    if (!isOurs) {
      onUnbound(message)
      return undefined
    }
    return matchOther(message)
  }

  /** Its message goes on to the next command that recognizes it, and from the last one to the listeners. */
  function handlerOf(found: FoundCommand, message: Message, isUnlimited: boolean): MatchedHandler {
    const { feature, command, rest } = found
    return {
      kind: 'command',
      feature,
      word: command.words[0],
      isRepeatable: command.repeatable ?? false,
      isUnlimited,
      handle: watched(command.words[0] ?? feature, () => runCommand(command, rest, message)),
      otherwise() {
        const next = recognizedBy(message, found)
        return next ? handlerOf(next, message, false) : matchOther(message)
      },
    }
  }

  /** A fault of it costs no answer. */
  function observe(message: Message): Promise<unknown> | undefined {
    const observing = observers.flatMap(feature => {
      const logFailure = (cause: unknown) =>
        parts.log.error({ feature: feature.name, reason: reasonOf(cause) }, 'observing failed')
      try {
        return feature.observe?.(message)?.catch(logFailure) ?? []
      } catch (cause) {
        logFailure(cause)
        return []
      }
    })
    return observing.length > 0 ? Promise.all(observing) : undefined
  }

  /** The handler of what is no command: the answer to something that the bot asked, or words said to it. */
  function matchOther(message: Message): MatchedHandler | undefined {
    const next = awaiting.find(feature => feature.awaits?.(message))
    if (next) {
      const handle = watched(next.name, (one: Message) => next.listen?.(one))
      const isRepeatable = next.answersRepeatably ?? false
      return next.answersFreely || isRepeatable
        ? { kind: 'command', feature: next.name, isRepeatable, isUnlimited: false, handle }
        : { kind: 'awaited', feature: next.name, handle }
    }
    if (!message.mentionsBot && message.groupId) return undefined
    return {
      kind: 'spoken',
      feature: 'listeners',
      knowsWords: watched('words', listenForWords),
      handle: watched('question', listenForQuestions),
    }
  }

  /** Nothing where no feature takes files of this person. */
  async function handlerOfFile(message: Message, file: SentFile): Promise<MatchedHandler | undefined> {
    const held = await directory.rolesOf(message.senderId)
    const takers = features.filter(({ files }) => files?.role.some(role => held.includes(role)))
    const take = inOrder(
      ...takers.flatMap(({ files }) => (files ? [(one: Message) => files.take(one, file)] : [])),
    )
    return takers.length > 0
      ? {
          kind: 'command',
          feature: 'files',
          isRepeatable: false,
          isUnlimited: true,
          handle: watched('file', take),
        }
      : undefined
  }

  function findCommand(message: Message): FoundCommand | undefined {
    // Most of what is said in a group is no command, and there are a hundred words to compare it with.
    if (initials.has(message.text.trimStart().charAt(0))) {
      for (const { feature, command } of commands) {
        const rest = restAfter(command, message)
        if (rest !== undefined) return { feature, command, rest, next: 0 }
      }
    }
    return recognizedBy(message)
  }

  /** @param before the command that passed the message on */
  function recognizedBy(message: Message, before?: FoundCommand): FoundCommand | undefined {
    for (let at = before?.next ?? 0; at < matching.length; at++) {
      const { feature, command } = matching[at] ?? {}
      if (feature === undefined || command === undefined || command === before?.command) continue
      const rest = command.matches?.(message.text, message.groupId === undefined)
      if (rest !== undefined) return { feature, command, rest, next: at + 1 }
    }
    return undefined
  }

  /** Whether the command needs a role that this person has: ten bindings in a row by an organizer are not too fast. */
  async function isOfOffice({ role }: Command, { senderId }: Message): Promise<boolean> {
    const needed = [role].flat()
    if (needed.includes('maker')) return false
    const held = await directory.rolesOf(senderId)
    return needed.some(one => held.includes(one))
  }

  /** A missing right is told before a wrong place. */
  async function runCommand(command: Command, rest: string, message: Message): Promise<Answer | PassedOn> {
    const held = await directory.rolesOf(message.senderId)
    const needed = [command.role].flat()
    if (!needed.some(role => held.includes(role))) throw new Refusal(await whoMay(needed))
    if (command.where === 'group' && !message.groupId)
      throw new Refusal('这句话要在群里说，我才知道是哪个群。')
    if (command.where === 'private' && message.groupId) throw new Refusal(privateOnly)
    return command.run(message, rest)
  }

  /** Without an organizer there is no one to ask; the first person to set up the bot reads this. */
  async function whoMay(needed: readonly Role[]): Promise<string> {
    if (!needed.includes('organizer')) return '这一步要由审核人来做。'
    const only = `这件事只有${sayRoles(needed)}能办，`
    if ((await directory.holders('organizer')).length > 0) return `${only}需要的话请联系组织者。`
    return `${only}现在还没有组织者。请看机器人启动时的屏幕，照着私聊我发「认领」和那六位数字。`
  }

  return createMessagePipeline({ match, apology, settings, metrics, turns, ...parts })
}

const carriesFile = (answer: Answer | PassedOn): boolean =>
  typeof answer === 'object' && [answer].flat().some(({ file }) => file !== undefined)

/** Characters from which reading takes milliseconds. */
const longText = 500

/** The answer of the first of these features that has one. */
function firstAnswer(features: readonly Feature[]): Listener {
  const listeners = features.flatMap(({ listen }) => listen ?? [])
  // Messages of others come in between.
  const inTurns = inOrder(...listeners.flatMap(listen => [() => nextTurn(undefined), listen]))
  const atOnce = inOrder(...listeners)
  return message => (message.text.length > longText ? inTurns : atOnce)(message)
}
