import { createHash, randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Person } from '../feature.ts'
import type { Clock } from '../ports/clock.ts'
import type { Collection, Store } from '../ports/store.ts'

/** A login link that nobody uses soon is a key that lies about. */
const linkLifeMinutes = 15
/** A working day and the evening after it. */
const sessionLifeHours = 16

const PersonRecord = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.enum(['maker', 'organizer', 'reviewer'])),
})

/** A login link or a session, by the hash of its secret: who reads the data folder can not log in with it. */
const Pass = z.object({ person: PersonRecord, csrfToken: z.string(), expiresAt: z.string() })
type Pass = z.infer<typeof Pass>

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
  const links = store.collection('login-links', Pass)
  const sessions = store.collection('sessions', Pass)

  async function issue(passes: Collection<Pass>, person: Person, life: Temporal.DurationLike) {
    await removeExpired(passes)
    const secret = newSecret()
    const expiresAt = clock.now().add(life).toString()
    await passes.update(keyOf(secret), () => ({ person, csrfToken: newSecret(), expiresAt }))
    return secret
  }

  async function removeExpired(passes: Collection<Pass>) {
    for (const { key, value } of await passes.list('')) {
      if (!isValid(value)) await passes.update(key, () => undefined)
    }
  }

  const isValid = (pass: Pass) => Temporal.Instant.compare(pass.expiresAt, clock.now()) > 0

  return {
    offerLink: person => issue(links, person, { minutes: linkLifeMinutes }),
    async redeemLink(secret) {
      let found: Pass | undefined
      await links.update(keyOf(secret), pass => {
        found = pass
        return undefined
      })
      return found && isValid(found) ? found.person : undefined
    },
    begin: person => issue(sessions, person, { hours: sessionLifeHours }),
    async find(secret) {
      const pass = await sessions.get(keyOf(secret))
      return pass && isValid(pass) ? { person: pass.person, csrfToken: pass.csrfToken } : undefined
    },
    end: async secret => void (await sessions.update(keyOf(secret), () => undefined)),
  }
}

const newSecret = () => randomBytes(32).toString('base64url')
const keyOf = (secret: string) => `all/${createHash('sha256').update(secret).digest('hex')}`
