import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'

/** A text that only the key opens; all parts in base64. */
export const Sealed = z.object({ iv: z.string(), text: z.string(), tag: z.string() })
export type Sealed = z.infer<typeof Sealed>

/** Encrypts the answers to sensitive fields (AES-256-GCM). */
export type Vault = {
  /** @param context where the text belongs: it opens nowhere else */
  seal(text: string, context: string): Sealed
  /** @returns undefined where it does not open: sealed by another key, or changed */
  open(sealed: Sealed, context: string): string | undefined
}

/** @param secret at least 32 characters, drawn at random */
export function createVault(secret: string): Vault {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'chuangke sensitive form answers', 32))
  return {
    seal(text, context) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return {
        iv: iv.toString('base64'),
        text: sealed.toString('base64'),
        tag: cipher.getAuthTag().toString('base64'),
      }
    },
    open({ iv, text, tag }, context) {
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 })
          .setAAD(Buffer.from(context))
          .setAuthTag(Buffer.from(tag, 'base64'))
        return Buffer.concat([cipher.update(Buffer.from(text, 'base64')), cipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
