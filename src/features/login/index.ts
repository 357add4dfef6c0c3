import type { Feature, Person } from '../../feature.ts'
import type { Directory } from '../../ports/directory.ts'

type Parts = { createLink(person: Person): Promise<string>; directory: Pick<Directory, 'rolesOf'> }

/** 「登录」: an organizer asks the bot in private for a link to the console. */
export function login({ createLink, directory }: Parts): Feature {
  return {
    name: 'login',
    commands: [
      {
        words: ['登录', '登錄', '登陆'],
        takes: 'nothing',
        role: 'organizer',
        where: 'private',
        help: '登录 —— 要一个控制台的登录链接（私聊）',
        async run({ senderId, senderName }) {
          const roles = await directory.rolesOf(senderId)
          const link = await createLink({ id: senderId, name: senderName, roles })
          return `点开就能进控制台：\n${link}\n\n只能用一次，15 分钟内有效，请不要转给别人。`
        },
      },
    ],
  }
}
