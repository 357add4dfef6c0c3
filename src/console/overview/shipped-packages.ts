import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package that is installed to run the bot, with its licence. */
export type ShippedPackage = {
  name: string
  version: string
  /** SPDX, as the package states it; empty where it states none. */
  licence: string
  /** Inside the root folder. */
  folder: string
}

type Lock = {
  packages: Record<string, { version?: string; license?: string; dev?: boolean; link?: boolean }>
}

/** npm's record of what is installed, and of what would be. */
const lockFiles = ['node_modules/.package-lock.json', 'package-lock.json']
const licenceFile = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/iu

/**
 * Packages that are installed to run the bot, by name; those for development are left out.
 * @param root folder of the installation
 */
export function shippedPackages(root = '.'): ShippedPackage[] {
  const file = lockFiles.map(name => join(root, name)).find(existsSync)
  if (!file) return []
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as Lock
  return Object.entries(packages)
    .filter(([folder, { dev, link }]) => folder !== '' && !dev && !link)
    .map(([folder, { version = '', license = '' }]) => ({
      name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: typeof license === 'string' ? license : '',
      folder,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1))
}

/** The licence texts that lie in the folder of a package; empty where there are none. */
export function licenceTexts({ folder }: Pick<ShippedPackage, 'folder'>, root = '.'): string[] {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => entry.isFile() && licenceFile.test(entry.name))
    .map(({ name }) => readFileSync(join(path, name), 'utf8'))
}
