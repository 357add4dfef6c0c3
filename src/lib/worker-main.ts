import { parentPort } from 'node:worker_threads'

/** One call of an exported function, as the main thread asks for it. */
export type WorkerCall = { module: string; name: string; args: unknown[] }
/** Message to the main thread when the module of a call is loaded, just before the call. */
export type WorkerStart = { isLoaded: true }
/** Outcome of a call: a value that can be cloned, or the name and message of what was thrown. */
export type WorkerAnswer = { result: unknown } | { error: { name: string; message: string } }

parentPort?.on('message', async ({ module, name, args }: WorkerCall) => {
  let answer: WorkerAnswer
  try {
    const exports = await import(module)
    parentPort?.postMessage({ isLoaded: true } satisfies WorkerStart)
    answer = { result: await exports[name](...args) }
  } catch (cause) {
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause))
    answer = { error: { name, message } }
  }
  parentPort?.postMessage(answer)
})
