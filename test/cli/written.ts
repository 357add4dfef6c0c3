import { vi } from 'vitest'

/** @returns what a command of the shell writes to the standard output, run in this process */
export async function writtenBy(command: () => unknown): Promise<string> {
  let written = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    written += text
    return true
  })
  try {
    await command()
  } finally {
    spy.mockRestore()
  }
  return written
}
