import type { Command, Listener } from '../feature.ts'
import type { Directory } from '../ports/directory.ts'
import { withoutEnding } from './command-words.ts'

/** Asks for the number where one who may use a numbered command said its word alone: 「通过！」 is no question. */
export function askForNumber(
  commands: readonly { command: Command }[],
  directory: Pick<Directory, 'rolesOf'>,
): Listener {
  const numbered = commands.filter(({ command }) => command.takes === 'number')

  async function ask({ role }: Command, word: string, senderId: string): Promise<string | undefined> {
    const held = await directory.rolesOf(senderId)
    const may = [role].flat().some(one => held.includes(one))
    return may ? `「${word}」后面请写编号，像「${word} 12」。` : undefined
  }

  return ({ text, senderId }) => {
    const said = withoutEnding(text.trim())
    const found = numbered.find(({ command }) => command.words.includes(said))
    return found && ask(found.command, said, senderId)
  }
}
