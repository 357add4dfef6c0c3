import { Hono } from 'hono'
import { renderPage } from '../../console/widgets.ts'
import type { ConsoleEnv, Feature } from '../../feature.ts'
import { type NudgeLimit, nudgesPerWeek } from '../../outbox/limits/nudges.ts'
import type { Store } from '../../ports/store.ts'
import { checkGroupMessages } from './messages.ts'
import { viewSelfCheck } from './views.ts'

type Parts = { store: Store; nudges: NudgeLimit }

/** 「减负自查」: the product held against the state's rules on formalism in work groups, with what was really sent. */
export function selfCheck({ store, nudges }: Parts): Feature {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', async c => {
    const [messages, week] = await Promise.all([checkGroupMessages(store), nudges.ofWeek()])
    return renderPage(c, '减负自查', viewSelfCheck({ messages, week, nudgesPerWeek }))
  })
  return {
    name: 'self-check',
    personal: {
      kept: async () => [],
      forget: ({ chatIds }) => nudges.forget(chatIds),
      // They are counted by the chat ids that they are written to, which stay theirs.
      merge: async () => {},
    },
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
