import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { readEncrypted } from '../../src/adapters/wecom/encrypted-file.ts'
import { encrypted } from './servers/wecom-server.ts'

test('a file of any length comes out as it was; with another key, gone or cut it is refused', async () => {
  const key = randomBytes(32)
  let body: Buffer = Buffer.alloc(0)
  let status = 200
  const server = createServer((_request, response) => response.writeHead(status).end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`
  const aeskey = key.toString('base64')
  for (const length of [0, 1, 15, 16, 17, 31, 32, 33, 4096, 70_001]) {
    const data = randomBytes(length)
    body = encrypted(data, key)
    expect(Buffer.from(await readEncrypted({ url, aeskey })).equals(data), `${length} bytes`).toBe(true)
  }
  // With another key the last byte is a valid padding by chance once in about 256 times; this data is fixed.
  body = encrypted(Buffer.from('签到表'), Buffer.alloc(32, 1))
  await expect(readEncrypted({ url, aeskey: Buffer.alloc(32, 2).toString('base64') })).rejects.toThrow(
    'this key',
  )
  body = body.subarray(0, 20)
  await expect(readEncrypted({ url, aeskey })).rejects.toThrow()
  status = 404
  await expect(readEncrypted({ url, aeskey })).rejects.toThrow('404')
  server.close()
})
