import type { Command, Feature } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Directory, Role } from '../../ports/directory.ts'

type Parts = {
  /** Asked at every call, as the help is itself one of them. */
  features: () => readonly Feature[]
  directory: Directory
  /** What can be done without a command word, in Chinese, a line each. */
  tips?: readonly string[]
}

const titles: [Role, string][] = [
  ['maker', '可以这样跟我说：'],
  ['organizer', '组织者还可以：'],
  ['reviewer', '审核人还可以：'],
]

/** 「帮助」: what this person may do here, from what the features declare. A command without a help line is not listed. */
export function help({ features, directory, tips = [] }: Parts): Feature {
  async function sayHelp(message: Message): Promise<string> {
    const here = message.groupId ? 'group' : 'private'
    const roles = await directory.rolesOf(message.senderId)
    const commands = features().flatMap(feature => feature.commands ?? [])
    const listed = commands.filter(command => command.help !== '')
    const parts = titles
      .filter(([role]) => roles.includes(role))
      .map(([role, title]) => {
        const mine = listed.filter(command => role === firstHeld(command, roles))
        return [title, linesFor(mine, here), role === 'maker' ? tips : []] as const
      })
      .map(([title, lines, more]) => [title, ...more, ...lines])
      .filter(lines => lines.length > 1)
      .map(lines => lines.join('\n'))
    const elsewhere =
      here === 'group' ? '私聊我发「帮助」，还有别的可以做。' : '到群里发「帮助」，可以看群里能做的事。'
    return [...parts, elsewhere].join('\n\n')
  }

  return {
    name: 'help',
    commands: [
      {
        words: ['帮助', '幫助', '菜单', '菜單'],
        takes: 'nothing',
        role: 'maker',
        where: 'anywhere',
        help: '帮助 —— 看我能做什么',
        run: sayHelp,
      },
    ],
  }
}

/** What several roles may do is listed once. */
const firstHeld = (command: Command, held: readonly Role[]) =>
  [command.role].flat().find(role => held.includes(role))

function linesFor(commands: readonly Command[], here: 'group' | 'private'): string[] {
  return commands.filter(command => [here, 'anywhere'].includes(command.where)).map(command => command.help)
}
