import type { Hono } from 'hono'
import { type Feature, inTopic } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Store } from '../../ports/store.ts'
import { createVoteActions } from './actions.ts'
import { createBallotBox } from './ballots/ballot-box.ts'
import { openVoteRecords } from './ballots/records.ts'
import { typedVoteListener, voteCommands } from './chat.ts'
import { ballotPage } from './pages/ballot-page.ts'
import { votesPage } from './pages/page.ts'
import { votePrivacy } from './privacy.ts'

/** Hours after which a private notice is of no use and not sent any more. */
const toldHours = 72

type Parts = {
  store: Store
  clock: Clock
  directory: Directory
  roster: Roster
  outbox: Pick<Outbox, 'post'>
  /** Where voters reach the page of their link, without a slash at the end; empty: nowhere yet. */
  baseUrl: string
}

/** Nominations and advisory votes (评选), secret by a link in private. */
export function votes(parts: Parts): { feature: Feature; open: Hono } {
  const { store, clock, roster, outbox } = parts
  const records = openVoteRecords(store)
  const box = createBallotBox(records)
  const actions = createVoteActions({ records, box, roster, clock })
  async function tell(memberId: string, key: string, text: string): Promise<void> {
    const { chatId: personId } = await roster.addressOf(memberId)
    if (personId === undefined) return
    const notAfter = clock.now().add({ hours: toldHours })
    const target = { personId }
    await outbox.post([{ kind: 'prompt', key: `${key}/${personId}`, target, reply: { text }, notAfter }])
  }
  return {
    feature: {
      name: 'votes',
      commands: inTopic('评选', voteCommands({ ...parts, actions })),
      listen: typedVoteListener({ actions }),
      sweeps: [{ name: 'vote-closing', everySeconds: 20, run: actions.sweep }],
      personal: votePrivacy({ records, box, tell }),
      pages: [votesPage({ actions, records, clock })],
      search: async isFound =>
        (await records.all())
          .filter(({ rules, nominees }) =>
            isFound(`${rules.number}号`, rules.title, ...nominees.map(({ name }) => name)),
          )
          .map(({ rules }) => ({ kind: '评选', title: rules.title, path: `/votes/${rules.number}` })),
    },
    open: ballotPage({ actions, clock }),
  }
}
