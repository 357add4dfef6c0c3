import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { FieldRefusal, Refusal } from '../../feature.ts'
import { keyHash, sha256 } from '../../lib/hash.ts'
import { createMutex } from '../../lib/queue.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import { fold } from '../../text/fold.ts'
import {
  hashPassword,
  isPassword,
  type PasswordCost,
  PasswordHash,
  strongCost,
  weaknessOf,
} from './password.ts'
import { acceptTotp, newTotpSecret } from './totp.ts'

const recoveryCodes = 8

/** The log-in of one person; key `all/hash of the person's id`. */
const Account = z.object({
  personId: z.string(),
  personName: z.string(),
  loginName: z.string(),
  password: PasswordHash,
  changedAt: z.string(),
  /** Absent: one step. `isOn` once a first code was right. */
  totp: z.object({ secret: z.string(), isOn: z.boolean(), lastStep: z.number() }).optional(),
  /** Hashes of the recovery codes that were not used. */
  recovery: z.array(z.string()).default([]),
})
export type Account = z.infer<typeof Account>

type Person = { id: string; name: string }
export type Accounts = ReturnType<typeof createAccounts>

/** Log-ins of organizers, reviewers and auditors: a name, a password, and a second step for who wants one. */
export function createAccounts({
  store,
  clock,
  passwordCost = strongCost,
}: {
  store: Store
  clock: Clock
  passwordCost?: PasswordCost
}) {
  const accounts = store.collection('accounts', Account)
  const runExclusive = createMutex()
  const all = async () => (await accounts.list('all/')).map(({ value }) => value)
  const named = async (loginName: string) =>
    (await all()).find(account => fold(account.loginName) === fold(loginName))

  async function change(personId: string, change: (now: Account) => Account): Promise<Account> {
    const changed = await accounts.update(keyOf(personId), now => now && change(now))
    if (!changed) throw new Refusal('还没有设密码，请先设一个。')
    return changed
  }

  /** Uses up the code of a second step. */
  async function passesSecondStep({ personId, totp }: Account, code: string): Promise<boolean> {
    if (!totp?.isOn) return true
    const said = code.replaceAll(/[\s-]/gu, '').toUpperCase()
    let isPassed = false
    await change(personId, now => {
      const step = now.totp && acceptTotp(said, { ...now.totp, at: clock.now() })
      const left = now.recovery.filter(one => one !== sha256(said))
      isPassed = step !== undefined || left.length < now.recovery.length
      if (now.totp && step !== undefined) return { ...now, totp: { ...now.totp, lastStep: step } }
      return { ...now, recovery: left }
    })
    return isPassed
  }

  return {
    of: (personId: string): Promise<Account | undefined> => accounts.get(keyOf(personId)),

    /** Owner of a log-in name; undefined where no one has it. */
    async ownerOf(loginName: string): Promise<Person | undefined> {
      const account = await named(loginName)
      return account && { id: account.personId, name: account.personName }
    },

    /** @returns whose log-in this is; undefined where anything of it is wrong */
    async check(said: { loginName: string; password: string; code: string }): Promise<Person | undefined> {
      const account = await named(said.loginName)
      const isRight = await isPassword(said.password, account?.password, passwordCost)
      if (!account || !isRight || !(await passesSecondStep(account, said.code))) return undefined
      return { id: account.personId, name: account.personName }
    },

    isPasswordOf: async (personId: string, password: string): Promise<boolean> =>
      isPassword(password, (await accounts.get(keyOf(personId)))?.password, passwordCost),

    /** @throws {@link FieldRefusal} for a name that is taken or a password that is easily guessed */
    async setPassword(person: Person, { loginName, password }: { loginName: string; password: string }) {
      const weakness = weaknessOf(password, [loginName, person.name])
      if (weakness) throw new FieldRefusal('password', weakness)
      const hashed = await hashPassword(password, passwordCost)
      await runExclusive(async () => {
        const holder = await named(loginName)
        if (holder && holder.personId !== person.id)
          throw new FieldRefusal('loginName', '这个登录名有人用了，请换一个。')
        await accounts.update(keyOf(person.id), now => ({
          recovery: [],
          ...now,
          personId: person.id,
          personName: person.name,
          loginName,
          password: hashed,
          changedAt: clock.now().toString(),
        }))
      })
    },

    /** Draws a secret, which asks for nothing yet. */
    beginTotp: (personId: string): Promise<Account> =>
      change(personId, now =>
        now.totp?.isOn ? now : { ...now, totp: { secret: newTotpSecret(), isOn: false, lastStep: 0 } },
      ),

    /** Asks for a second step from now on. @returns the recovery codes, to be shown this once */
    async confirmTotp(personId: string, code: string): Promise<string[]> {
      const codes = Array.from({ length: recoveryCodes }, newRecoveryCode)
      await change(personId, now => {
        const step = now.totp && acceptTotp(code.replaceAll(/\s/gu, ''), { ...now.totp, at: clock.now() })
        if (!now.totp || step === undefined)
          throw new FieldRefusal('code', '动态码不对。请看手机时间准不准，等下一个码再试。')
        const recovery = codes.map(one => sha256(one.replaceAll('-', '')))
        return { ...now, totp: { ...now.totp, isOn: true, lastStep: step }, recovery }
      })
      return codes
    },

    endTotp: (personId: string): Promise<Account> =>
      change(personId, ({ totp: _, ...now }) => ({ ...now, recovery: [] })),

    async remove(personIds: readonly string[]): Promise<void> {
      for (const personId of personIds)
        if (await accounts.get(keyOf(personId))) await accounts.update(keyOf(personId), () => undefined)
    },
  }
}

const keyOf = (personId: string) => `all/${keyHash(personId)}`

/** Ten characters that are not mistaken for each other: 50 bits. */
function newRecoveryCode(): string {
  const letters = Array.from({ length: 10 }, () => 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'[randomInt(32)])
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`
}
