import { randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Person } from '../../feature.ts'
import { sha256 } from '../../lib/hash.ts'
import type { Clock } from '../../ports/clock.ts'
import { roles } from '../../ports/directory.ts'
import type { Store } from '../../ports/store.ts'
import { alsoInMemory, type Passes } from './passes.ts'

/** Minutes for which an unused log-in link is valid. */
export const linkLifeMinutes = 15
/** A working day and the evening after it. */
export const sessionLifeHours = 16
/** A session ends this long after its last request: the browser may have been left open. */
export const idleMinutes = 60
/** Requests are noted at most this often, each in a durable write. */
const noteEveryMinutes = 5

const PersonRecord = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
})

/** By the hash of its secret: who reads the data folder can not log in with what is in it. */
const Link = z.object({ person: PersonRecord, expiresAt: z.string() })
const SessionRecord = Link.extend({
  csrfToken: z.string(),
  /** Absent in sessions of an older version, which end by their time. */
  seenAt: z.string().optional(),
  passwordMark: z.string().optional(),
  startedAt: z.string().optional(),
  /** How the person logged in; absent in sessions of an older version. */
  way: z.enum(['link', 'password', 'account']).optional(),
  /** 「Chrome，Windows」; empty where the browser does not say. */
  device: z.string().default(''),
})

type LoginWay = 'link' | 'password' | 'account'
type Session = { id: string; person: Person; csrfToken: string; way: LoginWay | undefined }
/** A session as its owner sees it; times as ISO texts. */
export type OwnSession = { id: string; startedAt: string; seenAt: string; device: string }

export type Sessions = {
  /** @returns the secret of a link that works once within 15 minutes. */
  offerLink(person: Person): Promise<string>
  /** Uses up a link. @returns whose it was; undefined when it is unknown, used or too old. */
  redeemLink(secret: string): Promise<Person | undefined>
  /** @returns the secret for the cookie. */
  begin(person: Person, by?: { way: LoginWay; device: string }): Promise<string>
  find(secret: string): Promise<Session | undefined>
  end(secret: string): Promise<void>
  /** Sessions of a person that are not over, the one used last first. */
  listOf(personId: string): Promise<OwnSession[]>
  /** Ends sessions of a person by their ids. */
  endSome(personId: string, ids: readonly string[]): Promise<void>
  /** Ends a person's sessions but one, and takes back the links: who has one of those may be another. */
  endOthers(personId: string, keptId: string): Promise<void>
  /** Ends the sessions, and takes back the links, of people with these ids. */
  endAllOf(personIds: readonly string[]): Promise<void>
}

type SessionsParts = {
  store: Store
  clock: Clock
  /** Differs with the console's password: sessions begun under another one are over. */
  passwordMark: string
}

export function createSessions({ store, clock, passwordMark }: SessionsParts): Sessions {
  const links = alsoInMemory(store.collection('login-links', Link))
  const sessions = alsoInMemory(store.collection('sessions', SessionRecord))

  const isValid = ({ expiresAt }: { expiresAt: string }) =>
    Temporal.Instant.compare(expiresAt, clock.now()) > 0

  /** Keeps the one shard small: what ran out is removed whenever something is added. */
  async function add<T extends { expiresAt: string }>(passes: Passes<T>, pass: T) {
    const secret = newSecret()
    const isKept = passes.update(keyOf(secret), () => pass)
    await isKept.catch(() => passes.hold(keyOf(secret), pass))
    for (const { key, value } of await passes.list('all/').catch(() => [])) {
      if (!isValid(value)) await passes.update(key, () => undefined)
    }
    return secret
  }

  const minutesSince = (at: string | undefined) =>
    at === undefined ? 0 : Temporal.Instant.from(at).until(clock.now()).total('minutes')

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
    begin: (person, by = { way: 'link', device: '' }) =>
      add(sessions, {
        person,
        csrfToken: newSecret(),
        expiresAt: expiresIn({ hours: sessionLifeHours }),
        seenAt: clock.now().toString(),
        startedAt: clock.now().toString(),
        passwordMark,
        ...by,
      }),
    async find(secret) {
      // Where the store refuses it, they log in anew.
      const session = await sessions.get(keyOf(secret)).catch(() => undefined)
      if (!session || !isValid(session) || (session.passwordMark ?? passwordMark) !== passwordMark)
        return undefined
      const idle = minutesSince(session.seenAt)
      if (idle >= idleMinutes) return undefined
      if (idle >= noteEveryMinutes) {
        const seenAt = clock.now().toString()
        await sessions.update(keyOf(secret), now => now && { ...now, seenAt })
      }
      return { id: keyOf(secret), person: session.person, csrfToken: session.csrfToken, way: session.way }
    },
    async listOf(personId) {
      const mine = (await sessions.list('all/')).filter(
        ({ value }) =>
          value.person.id === personId && isValid(value) && minutesSince(value.seenAt) < idleMinutes,
      )
      return mine
        .map(({ key, value: { startedAt = '', seenAt = '', device } }) => ({
          id: key,
          startedAt,
          seenAt,
          device,
        }))
        .sort((a, b) => b.seenAt.localeCompare(a.seenAt))
    },
    async endSome(personId, ids) {
      for (const id of ids) await sessions.update(id, now => (now?.person.id === personId ? undefined : now))
    },
    async endOthers(personId, keptId) {
      for (const passes of [links, sessions])
        for (const { key, value } of await passes.list('all/'))
          if (value.person.id === personId && key !== keptId) await passes.update(key, () => undefined)
    },
    async endAllOf(personIds) {
      for (const passes of [links, sessions])
        for (const { key, value } of await passes.list('all/'))
          if (personIds.includes(value.person.id)) await passes.update(key, () => undefined)
    },
    end: async secret => void (await sessions.update(keyOf(secret), () => undefined)),
  }
}

/** 256 bits. */
const newSecret = () => randomBytes(32).toString('base64url')
const keyOf = (secret: string) => `all/${sha256(secret)}`
