import { open, rename } from 'node:fs/promises'
import { giveToFolderOwner } from '../../lib/owned-files.ts'

/** The three steps on which durability rests; a test puts a full disk in their place. */
export type Disk = {
  /** Resolves when the bytes would survive a power cut; the name may not yet. */
  write(path: string, bytes: Uint8Array): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Resolves when the names in this folder would survive a power cut. */
  syncFolder(path: string): Promise<void>
}

export const nodeDisk: Disk = {
  async write(path, bytes) {
    // Personal data: not readable by other users of the machine.
    const file = await open(path, 'w', 0o600)
    try {
      // Side by side: where the disk is busy each step waits for it.
      await Promise.all([file.writeFile(bytes), giveToFolderOwner(path)])
      await file.sync()
    } finally {
      await file.close()
    }
  },
  rename,
  async syncFolder(path) {
    // Windows opens no folders; NTFS keeps the order of renames in its journal.
    if (process.platform === 'win32') return
    const folder = await open(path, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  },
}
