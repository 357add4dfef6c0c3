import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { KeptFiles } from '../../../src/adapters/wechaty/puppets/kept-files.ts'

function open() {
  const files = new KeptFiles()
  files.init()
  onTestFinished(() => files.destroy())
  return files
}

test('a file can be read whole as soon as its name is known, with many on their way', async () => {
  const files = open()
  const bytes = Buffer.alloc(50_000, 9)
  const read = await Promise.all(
    Array.from({ length: 100 }, async () =>
      buffer(await files.load(await files.save(Readable.from([bytes])))),
    ),
  )
  expect(read.filter(one => !one.equals(bytes))).toEqual([])
})

test('a file that breaks off on its way gets no name', async () => {
  const files = open()
  const broken = Readable.from(
    (async function* () {
      yield Buffer.alloc(10)
      throw new Error('the connection broke')
    })(),
  )
  await expect(files.save(broken)).rejects.toThrow('the connection broke')
})

test('one gateway that stops takes no file of another with it', async () => {
  const [staying, leaving] = [open(), open()]
  const id = await staying.save(Readable.from([Buffer.from('还在')]))
  leaving.destroy()
  expect((await buffer(await staying.load(id))).toString()).toBe('还在')
})
