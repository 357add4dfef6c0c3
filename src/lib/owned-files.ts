import { chownSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Gives what root made to the owner of the folder it is in: the bot runs as another user than root, and must be able to
 * use what a command of root's leaves in its folders.
 */
export function giveToFolderOwner(path: string): void {
  if (process.getuid?.() !== 0) return
  try {
    const { uid, gid } = statSync(dirname(resolve(path)))
    if (uid !== 0) chownSync(path, uid, gid)
  } catch {
    // Some file systems keep no owners.
  }
}

/**
 * Makes a folder of personal data, with the folders it is in.
 * @returns false where it was there
 */
export async function makeFolder(path: string): Promise<boolean> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 })
  if (first === undefined) return false
  const made = [resolve(path)]
  for (let [folder = ''] = made; folder !== resolve(first); made.unshift(folder)) folder = dirname(folder)
  made.forEach(giveToFolderOwner)
  return true
}
