import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { createTaskRunner, TaskFault, TaskLimitError } from '../../src/lib/worker-task.ts'

const folder = mkdtempSync(join(tmpdir(), 'task-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'module.mjs')
writeFileSync(
  file,
  `import { getHeapStatistics } from 'node:v8'
export const heapMb = () => getHeapStatistics().heap_size_limit / 2 ** 20
export const add = (a, b) => a + b
export const forever = () => { for (;;); }
export const never = () => new Promise(() => {})
export const spin = ms => { for (const until = Date.now() + ms; Date.now() < until; ); return 'done' }
export const pause = ms => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms); return 'done' }
export const hungry = () => { const all = []; for (;;) all.push(new Array(1e5).fill('x' + all.length)); }
export const refuse = () => { const fault = new Error('不行'); fault.name = 'Refusal'; throw fault }`,
)
const module = pathToFileURL(file)
const runner = createTaskRunner({ threads: 2, memoryMb: 64 })
const run = (name: string, args: unknown[] = [], timeoutMs = 20_000) =>
  runner.run({ module, name, args, timeoutMs })

test('a task gives its result, and its error by name', async () => {
  expect(await run('add', [1, 2])).toBe(3)
  const refused = run('refuse')
  await expect(refused).rejects.toBeInstanceOf(TaskFault)
  await expect(refused).rejects.toMatchObject({ thrown: 'Refusal', message: '不行' })
})

test('a task that never ends is ended, while the main thread goes on, and the next one runs', async () => {
  let ticks = 0
  const ticking = setInterval(() => {
    ticks += 1
  }, 5)
  await expect(run('forever', [], 300)).rejects.toBeInstanceOf(TaskLimitError)
  clearInterval(ticking)
  expect(ticks).toBeGreaterThan(3)
  expect(await run('add', [2, 2])).toBe(4)
})

test('a task that waits for what never comes is ended', async () => {
  await expect(run('never', [], 300)).rejects.toThrow('never took longer than 300 ms')
})

test('time in which a thread gets no processor does not count', async () => {
  // A paused thread neither computes nor waits for events, as one that is not scheduled.
  expect(await run('pause', [1500], 300)).toBe('done')
})

test('an answer that came while the main thread was busy is taken', async () => {
  const single = createTaskRunner({ threads: 1, memoryMb: 64 })
  const task = { module, args: [200], timeoutMs: 300 }
  await single.run({ ...task, name: 'pause' })
  const answer = single.run({ ...task, name: 'spin' })
  await new Promise(resolve => setTimeout(resolve, 50))
  for (const until = Date.now() + 1000; Date.now() < until; );
  expect(await answer).toBe('done')
})

test('a task that takes too much memory ends its worker only', async () => {
  const ended = run('hungry')
  await expect(ended).rejects.toBeInstanceOf(TaskLimitError)
  await expect(ended).rejects.toThrow('ended its worker')
  expect(await run('add', [3, 3])).toBe(6)
})

test('a task has the heap that the runner gives it, not that of the machine', async () => {
  const small = await run('heapMb')
  const large = await createTaskRunner({ threads: 1, memoryMb: 128 }).run({
    ...{ module, name: 'heapMb', args: [], timeoutMs: 20_000 },
  })
  // Beside the old space stands the young one, of the same size in both.
  expect(large).toBe(Number(small) + 64)
})

test('the time that a module takes to load does not count', async () => {
  const slow = join(folder, 'slow.mjs')
  writeFileSync(
    slow,
    'for (const until = Date.now() + 1500; Date.now() < until; );\nexport const add = (a, b) => a + b',
  )
  const task = { module: pathToFileURL(slow), name: 'add', args: [4, 4], timeoutMs: 1000 }
  expect(await runner.run(task)).toBe(8)
})
