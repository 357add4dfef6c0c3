import { type Command, Refusal } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Broadcasts } from './broadcasts.ts'
import { type Resent, sayUnknown } from './corrections.ts'
import { actorOf } from './numbers.ts'

/** What organizers type when something did not arrive by itself. */
export function correctingCommands(broadcasts: Broadcasts): Command[] {
  async function resend(message: Message, rest: string): Promise<string> {
    return sayResent(await broadcasts.resend(actorOf(message), numberAndName(rest).number))
  }

  async function noteByHand(message: Message, rest: string): Promise<string> {
    const { number, name } = numberAndName(rest)
    const { broadcast, noted } = await broadcasts.noteByHand(actorOf(message), number, name)
    return `记下了：推送 ${broadcast.number} 有 ${noted.length} 个群是手动发的，我不会再发。`
  }

  const forOrganizers = { takes: 'text', role: 'organizer', where: 'anywhere' } as const
  return [
    {
      ...forOrganizers,
      words: ['补发未送达'],
      help: '补发未送达 17 —— 只给没送到的群再发一次',
      run: resend,
    },
    {
      ...forOrganizers,
      words: ['已手动发送'],
      help: '已手动发送 17 群名 —— 手动发过的，我不再发',
      run: noteByHand,
    },
  ]
}

function sayResent({ broadcast, again, unbound, unknown }: Resent): string {
  const left = unbound > 0 ? `${unbound} 个群已经解绑，不发。` : ''
  return `好，推送 ${broadcast.number} 给没送到的 ${again.length} 个群再发一次。${left}${sayUnknown(unknown)}`
}

/** @throws {@link Refusal} when what stands there begins with something else than a number. */
function numberAndName(rest: string): { number?: number; name?: string } {
  if (rest === '') return {}
  const found = /^#?(\d{1,6})号?(?:[\s:：]+(.+))?$/u.exec(rest.normalize('NFKC').trim())
  if (!found)
    throw new Refusal('编号没看懂。请先写推送的编号，再写群名，比如「已手动发送 17 优空间创客群」。')
  const [, number, name] = found
  return { number: Number(number), ...(name ? { name: name.trim() } : {}) }
}
