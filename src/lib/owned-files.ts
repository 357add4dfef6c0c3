import { chownSync, statSync } from 'node:fs'
import { chown, mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Gives what root made to the owner of the folder it is in: the bot runs as another user than root, and must be able to
 * use what a command of root's leaves in its folders. Some file systems keep no owners: then nothing changes.
 */
export async function giveToFolderOwner(path: string): Promise<void> {
  if (!isRoot) return
  try {
    const { uid, gid } = await stat(dirname(resolve(path)))
    if (uid !== 0) await chown(path, uid, gid)
  } catch {}
}

/** {@link giveToFolderOwner} for what opens once: it waits where the disk is busy, and all else with it. */
export function giveToFolderOwnerSync(path: string): void {
  if (!isRoot) return
  try {
    const { uid, gid } = statSync(dirname(resolve(path)))
    if (uid !== 0) chownSync(path, uid, gid)
  } catch {}
}

const isRoot = process.getuid?.() === 0

/**
 * Makes a folder of personal data, with the folders it is in.
 * @returns false where it was there
 */
export async function makeFolder(path: string): Promise<boolean> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 })
  if (first === undefined) return false
  const made = [resolve(path)]
  for (let [folder = ''] = made; folder !== resolve(first); made.unshift(folder)) folder = dirname(folder)
  for (const folder of made) await giveToFolderOwner(folder)
  return true
}
