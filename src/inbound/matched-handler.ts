import type { Answer, Listener } from '../feature.ts'
import type { Message, PassedOn } from '../ports/chat.ts'

type Handle = Listener

/** The handler chosen for a message, and how to run it. */
export type MatchedHandler =
  /** At once. `isUnlimited`: any number of them in a minute. */
  | {
      kind: 'command'
      feature: string
      /** The first word of the command. Default: none, as for answers to what the bot asked. */
      word?: string | undefined
      isRepeatable: boolean
      isUnlimited: boolean
      handle(message: Message): Promise<Answer | PassedOn> | Answer | PassedOn
      /** The next handler where this one passes the message on. Default: none. */
      otherwise?(): MatchedHandler | undefined
    }
  /** At once: the answer to something that the bot asked. */
  | { kind: 'awaited'; feature: string; handle: Handle }
  /** Said to the bot: perhaps words that some feature knows, else a question, which may come in pieces. */
  | { kind: 'spoken'; feature: string; knowsWords: Handle; handle: Handle }
