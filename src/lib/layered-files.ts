import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Folders of the same layout; a file in an earlier one takes the place of that with the same name in a later one. */
export type Folders = string | readonly [string, ...string[]]

/** The path of a file or folder in the first of these that has it; in the last where none does. */
export function fileIn(folders: Folders, name: string): string {
  const paths = [folders].flat().map(folder => join(folder, name))
  return paths.find(path => existsSync(path)) ?? paths.at(-1) ?? name
}

/** Paths of the YAML files below `part`, sorted by name; none where no such folder exists. */
export function yamlFilesIn(folders: Folders, part: string): string[] {
  const found = new Map<string, string>()
  for (const folder of [folders].flat().toReversed()) {
    const path = join(folder, part)
    for (const name of existsSync(path) ? readdirSync(path) : [])
      if (name.endsWith('.yaml')) found.set(name, join(path, name))
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path)
}
