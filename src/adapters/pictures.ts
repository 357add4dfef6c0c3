import { createTaskRunner } from '../lib/worker-task.ts'
import type { Pictures } from '../ports/pictures.ts'

/** A picture takes 0.1 s, a long one a second, and on a busy machine ten times as long. */
const drawTimeoutMs = 60_000

const runner = createTaskRunner({ threads: 1, memoryMb: 256 })
const drawing = new URL('./picture-renderer.ts', import.meta.url)

/**
 * Draws in a worker thread, so that no answer waits for a picture: cutting the fonts down to its characters takes 0.2 s
 * at first, and the library for it 40 MB, which a bot without pictures does without.
 */
export function createPictures(): Pictures {
  return {
    png: (svg, widthPx) =>
      runner.run({ module: drawing, name: 'drawPng', args: [svg, widthPx], timeoutMs: drawTimeoutMs }),
  }
}
