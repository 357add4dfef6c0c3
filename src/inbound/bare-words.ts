import type { Command, Listener } from '../feature.ts'
import type { Message } from '../ports/chat.ts'
import type { Directory } from '../ports/directory.ts'
import { withoutEnding } from './command-words.ts'

/** Said where a command is not for groups. */
export const privateOnly = '这件事请私聊我，群里不方便说。'

/** Asks for the number where one who may use a numbered command said its word alone: 「通过！」 is no question. */
export function askForNumber(
  commands: readonly { command: Command }[],
  directory: Pick<Directory, 'rolesOf'>,
): Listener {
  const numbered = commands.filter(({ command }) => command.takes === 'number')

  async function ask(command: Command, word: string, { senderId, groupId }: Message) {
    const { role, where, lacking } = command
    const held = await directory.rolesOf(senderId)
    if (![role].flat().some(one => held.includes(one))) return undefined
    if (where === 'private' && groupId) return privateOnly
    return lacking ?? `「${word}」后面请写编号，像「${word} 12」。`
  }

  return message => {
    const { text } = message
    const said = withoutEnding(text.trim())
    const found = numbered.find(({ command }) => command.words.includes(said))
    return found && ask(found.command, said, message)
  }
}
