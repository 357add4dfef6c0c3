/**
 * Reads a `.dockerignore` of plain paths: a later line wins, `!` lets in again, and a folder stands for what is in it.
 * @returns whether the build does not see a path
 */
export function isIgnoredBy(text: string): (path: string) => boolean {
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return path => {
    let isIgnored = false
    for (const line of lines) {
      const pattern = line.replace(/^!/, '')
      const isMeant = pattern === '*' || path === pattern || path.startsWith(`${pattern}/`)
      if (isMeant) isIgnored = !line.startsWith('!')
    }
    return isIgnored
  }
}
