import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** A package that is installed to run the bot, with its licence. */
export type ShippedPackage = {
  name: string
  version: string
  /** SPDX, as the package states it; empty where it states none. */
  licence: string
  /** Inside the root folder; absolute for Node.js, which may lie elsewhere. */
  folder: string
}

type Lock = {
  packages: Record<string, { version?: string; license?: string; dev?: boolean; link?: boolean }>
}

/** npm's record of what is installed, and of what would be. */
const lockFiles = ['node_modules/.package-lock.json', 'package-lock.json']
const licenceFile = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/iu

/**
 * Packages that are installed to run the bot, by name; those for development are left out, and Node.js, which
 * npm counts among them, is not.
 * @param root folder of the installation
 */
export function shippedPackages(root = '.'): ShippedPackage[] {
  const file = lockFiles.map(name => join(root, name)).find(existsSync)
  if (!file) return []
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as Lock
  const listed = Object.entries(packages)
    .filter(([folder, { dev, link }]) => folder !== '' && !dev && !link)
    .map(([folder, { version = '', license = '' }]) => ({
      name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: typeof license === 'string' ? license : '',
      folder,
    }))
  return [...listed, runtime()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
  )
}

/** The program that runs the bot; its licence texts lie above its `bin`, or in npm's package for the platform. */
function runtime(): ShippedPackage {
  const installed = dirname(dirname(realpathSync(process.execPath)))
  const ofPlatform = join(installed, 'node_modules', `node-${process.platform}-${process.arch}`)
  const folder = existsSync(ofPlatform) ? ofPlatform : installed
  return { name: 'node', version: process.versions.node, licence: 'MIT', folder }
}

/** The licence texts that lie in the folder of a package; empty where there are none. */
export function licenceTexts({ folder }: Pick<ShippedPackage, 'folder'>, root = '.'): string[] {
  const path = resolve(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => entry.isFile() && licenceFile.test(entry.name))
    .map(({ name }) => readFileSync(join(path, name), 'utf8'))
}
