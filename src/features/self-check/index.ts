import { Hono } from 'hono'
import { renderPage } from '../../console/widgets.ts'
import type { ConsoleEnv, Feature } from '../../feature.ts'
import { type NudgeLimit, nudgesPerWeek } from '../../outbox/limits/nudges.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Store } from '../../ports/store.ts'
import { checkGroupMessages } from './messages.ts'
import { viewSelfCheck } from './views.ts'

type Parts = { store: Store; nudges: NudgeLimit; roster: Pick<Roster, 'memberIdOf' | 'find'> }

/** 「减负自查」: the product held against the state's rules on formalism in work groups, with what was really sent. */
export function selfCheck({ store, nudges, roster }: Parts): Feature {
  async function nameOf(chatId: string): Promise<string> {
    const memberId = await roster.memberIdOf(chatId)
    return (memberId && (await roster.find([memberId]))[0]?.name) || '不认识的人'
  }

  const routes = new Hono<ConsoleEnv>()
  routes.get('/', async c => {
    const [messages, week] = await Promise.all([checkGroupMessages(store), nudges.ofWeek()])
    const heldBack = await Promise.all(
      week.heldBack.map(async one => ({ ...one, name: await nameOf(one.personId) })),
    )
    return renderPage(c, '减负自查', viewSelfCheck({ messages, week: { ...week, heldBack }, nudgesPerWeek }))
  })
  return {
    name: 'self-check',
    personal: {
      async kept({ chatIds }) {
        const { heldBack } = await nudges.ofWeek()
        return heldBack
          .filter(({ personId }) => chatIds.includes(personId))
          .map(({ text }) => `没有发给你的提醒（一周最多 ${nudgesPerWeek} 条）：${text}`)
      },
      forget: ({ chatIds }) => nudges.forget(chatIds),
      // They are counted by the chat ids that they are written to, which stay theirs.
      merge: async () => {},
    },
    sweeps: [{ name: 'nudge-retention', everySeconds: 3600, deletes: true, run: nudges.removeExpired }],
    pages: [
      {
        path: 'self-check',
        title: '减负自查',
        chapter: 'privacy',
        section: '运行',
        read: ['organizer', 'reviewer'],
        write: ['organizer'],
        routes,
      },
    ],
  }
}
