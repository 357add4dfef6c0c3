import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'

/** Parameters that all authenticator apps take: RFC 6238 with SHA-1, 30 seconds, six digits. */
const stepSeconds = 30
const digits = 6
/** A phone's clock may be half a minute off. */
const stepsAside = 1

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 160 bits, in base32. */
export function newTotpSecret(): string {
  return base32(randomBytes(20))
}

/** Content of the QR code for an authenticator app. */
export function totpAddress(secret: string, account: string): string {
  const issuer = encodeURIComponent('创客')
  return `otpauth://totp/${issuer}:${encodeURIComponent(account)}?secret=${secret}&issuer=${issuer}`
}

/**
 * @param lastStep of the code that was accepted last: none works twice
 * @returns the step of an accepted code, to be kept as the last; undefined where it is none
 */
export function acceptTotp(
  code: string,
  { secret, at, lastStep }: { secret: string; at: Temporal.Instant; lastStep: number },
): number | undefined {
  const now = Math.floor(at.epochMilliseconds / 1000 / stepSeconds)
  const near = [now, now - stepsAside, now + stepsAside]
  return near.find(step => step > lastStep && isSame(code, totpCode(secret, step)))
}

/** The six digits of a step, the number of half minutes since 1970. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = digest.readUInt8(digest.length - 1) & 0xf
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/gu) ?? []).map(five => alphabet.charAt(Number.parseInt(five, 2))).join('')
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/gu) ?? []).map(eight => Number.parseInt(eight, 2)))
}
