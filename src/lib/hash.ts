import { hash } from 'node:crypto'

/** SHA-256 in 64 hexadecimal digits; text counts as UTF-8. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content, 'hex')

/** The first 32 digits of {@link sha256}: ids of platforms hold characters that the path of a key must not. */
export const keyHash = (text: string | Uint8Array): string => sha256(text).slice(0, 32)

/** The same for values of the same JSON text: tells whether a record has changed since a form showed it. */
export const versionOf = (value: unknown): string => keyHash(JSON.stringify(value))
