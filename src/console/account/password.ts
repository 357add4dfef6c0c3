import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** A quarter of a second and 32 MB for each guess: OWASP's parameters for scrypt with 32 MiB. */
export const strongCost = { N: 2 ** 15, r: 8, p: 3 } as const
export type PasswordCost = { N: number; r: number; p: number }
/** Memory limit of scrypt in bytes, above the need of the cost. */
const maxmem = 64 * 1024 * 1024
export const leastCharacters = 10
const mostCharacters = 200

/** A password's hash with what it was made with, so that the cost can rise later. */
export const PasswordHash = z.object({
  salt: z.string(),
  hash: z.string(),
  N: z.number(),
  r: z.number(),
  p: z.number(),
})
export type PasswordHash = z.infer<typeof PasswordHash>

export async function hashPassword(password: string, cost: PasswordCost): Promise<PasswordHash> {
  const salt = randomBytes(16)
  const { N, r, p } = cost
  return {
    salt: salt.toString('base64'),
    hash: (await derive(password, salt, cost)).toString('base64'),
    N,
    r,
    p,
  }
}

/**
 * @param kept undefined takes as long as one of this cost, so that the time does not tell which accounts exist
 */
export async function isPassword(
  password: string,
  kept: PasswordHash | undefined,
  cost: PasswordCost,
): Promise<boolean> {
  const { salt, hash, N, r, p } = kept ?? { ...cost, salt: '', hash: '' }
  const derived = await derive(password, Buffer.from(salt, 'base64'), { N, r, p })
  const expected = Buffer.from(hash, 'base64')
  return expected.length === derived.length && timingSafeEqual(expected, derived)
}

/** Typed on a phone or a desk, the same password is the same bytes. */
const derive = (password: string, salt: Buffer, options: PasswordCost): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(
      password.slice(0, mostCharacters).normalize('NFKC'),
      salt,
      32,
      { ...options, maxmem },
      (fault, key) => (fault ? reject(fault) : resolve(key)),
    ),
  )

/** @returns why this password is too easy, as a Chinese sentence; undefined where it is not */
export function weaknessOf(password: string, names: readonly string[]): string | undefined {
  const characters = [...password]
  const folded = password.toLowerCase()
  if (characters.length < leastCharacters) return `密码至少 ${leastCharacters} 个字，可以用一句话。`
  if (characters.length > mostCharacters) return `密码最多 ${mostCharacters} 个字。`
  if (/^\d+$/u.test(password)) return '不要只用数字，请加上字母或汉字。'
  if (new Set(characters).size < 5) return '重复的字太多了，请换一个。'
  if (/^(?:password|qwerty|abcdef|iloveyou|admin)/u.test(folded)) return '这是最常被猜到的密码，请换一个。'
  if (names.some(name => name.length > 1 && folded.startsWith(name.toLowerCase())))
    return '密码不要用名字开头，请换一个。'
  return undefined
}
