import { createHash, randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Person } from '../feature.ts'
import type { Clock } from '../ports/clock.ts'
import type { Collection, Store } from '../ports/store.ts'

/** A login link that nobody uses soon is a key that lies about. */
export const linkLifeMinutes = 15
/** A working day and the evening after it. */
export const sessionLifeHours = 16

const PersonRecord = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.enum(['maker', 'organizer', 'reviewer'])),
})

/** By the hash of its secret: who reads the data folder can not log in with what is in it. */
const Link = z.object({ person: PersonRecord, expiresAt: z.string() })
const SessionRecord = Link.extend({ csrfToken: z.string() })

export type Session = { person: Person; csrfToken: string }

export type Sessions = {
  /** @returns the secret of a link that works once within 15 minutes. */
  offerLink(person: Person): Promise<string>
  /** Uses up a link. @returns whose it was; undefined when it is unknown, used or too old. */
  redeemLink(secret: string): Promise<Person | undefined>
  /** @returns the secret for the cookie. */
  begin(person: Person): Promise<string>
  find(secret: string): Promise<Session | undefined>
  end(secret: string): Promise<void>
}

export function createSessions({ store, clock }: { store: Store; clock: Clock }): Sessions {
  const links = store.collection('login-links', Link)
  const sessions = store.collection('sessions', SessionRecord)

  const isValid = ({ expiresAt }: { expiresAt: string }) =>
    Temporal.Instant.compare(expiresAt, clock.now()) > 0

  /** Keeps the one shard small: what ran out is removed whenever something is added. */
  async function add<T extends { expiresAt: string }>(passes: Collection<T>, pass: T) {
    for (const { key, value } of await passes.list('all/')) {
      if (!isValid(value)) await passes.update(key, () => undefined)
    }
    const secret = newSecret()
    await passes.update(keyOf(secret), () => pass)
    return secret
  }

  const expiresIn = (life: Temporal.DurationLike) => clock.now().add(life).toString()

  return {
    offerLink: person => add(links, { person, expiresAt: expiresIn({ minutes: linkLifeMinutes }) }),
    async redeemLink(secret) {
      let found: z.infer<typeof Link> | undefined
      await links.update(keyOf(secret), link => {
        found = link
        return undefined
      })
      return found && isValid(found) ? found.person : undefined
    },
    begin: person =>
      add(sessions, {
        person,
        csrfToken: newSecret(),
        expiresAt: expiresIn({ hours: sessionLifeHours }),
      }),
    async find(secret) {
      const session = await sessions.get(keyOf(secret))
      return session && isValid(session)
        ? { person: session.person, csrfToken: session.csrfToken }
        : undefined
    },
    end: async secret => void (await sessions.update(keyOf(secret), () => undefined)),
  }
}

/** 256 bits. */
const newSecret = () => randomBytes(32).toString('base64url')
const keyOf = (secret: string) => `all/${createHash('sha256').update(secret).digest('hex')}`
