import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UniformResourceNameRegistry } from 'file-box'

/**
 * Where a gateway keeps files on their way. Wechaty's own gives a file's name away when the last byte was read from
 * the sender, not when it was written, so that asking at once gives an empty file, or none; and it keeps the files of
 * all gateways of a process in one folder, which the first to stop removes.
 */
export class KeptFiles extends UniformResourceNameRegistry {
  constructor() {
    super({ storeDir: mkdtempSync(join(tmpdir(), 'chuangke-files-')) })
  }

  override async save(stream: Readable) {
    const id = randomUUID()
    await pipeline(stream, createWriteStream(this.uuidFileName(id)))
    this.addToExpiringTable(id)
    return id
  }
}
