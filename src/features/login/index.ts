import type { Feature, Person } from '../../feature.ts'
import type { Directory } from '../../ports/directory.ts'

type LoginParts = {
  directory: Pick<Directory, 'recognise' | 'rolesOf'>
  /** @returns an address that logs this person in to the console, once, for a few minutes. */
  createLoginLink(person: Person): Promise<string>
  /** Ends the sessions, takes back the links and removes the passwords of people with these ids. */
  endSessionsOf(personIds: readonly string[]): Promise<void>
  /** Whether one of these people has a password for the console. */
  hasAccount(personIds: readonly string[]): Promise<boolean>
}

/** 「登录」: an organizer, reviewer or auditor asks the bot, in private, for a link into the console. */
export function loginFeature({ directory, createLoginLink, endSessionsOf, hasAccount }: LoginParts): Feature {
  return {
    name: 'login',
    personal: {
      kept: async ({ chatIds }) => ((await hasAccount(chatIds)) ? ['控制台账号：登录名和密码的摘要'] : []),
      forget: ({ chatIds }) => endSessionsOf(chatIds),
      // Sessions know people by the chat ids that they wrote from, which stay theirs.
      merge: async () => {},
    },
    commands: [
      {
        topic: '控制台',
        words: ['登录', '登錄', '登陆'],
        takes: 'nothing',
        role: ['organizer', 'reviewer', 'auditor'],
        where: 'private',
        help: '登录 —— 要一个进控制台的链接（私聊）',
        async run(message) {
          const [{ name }, roles] = await Promise.all([
            directory.recognise(message),
            directory.rolesOf(message.senderId),
          ])
          const link = await createLoginLink({ id: message.senderId, name, roles })
          return `点开就能进控制台：\n${link}\n\n只能用一次，15 分钟内有效，请不要转给别人。`
        },
      },
    ],
  }
}
