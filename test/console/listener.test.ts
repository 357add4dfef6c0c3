import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { ConsoleFault } from '../../src/console/listener.ts'
import { openTown } from '../sandbox/town.ts'
import { visitor } from './visitor.ts'

const loopback = { host: '127.0.0.1', port: 0 }

test('port 0 takes a free one, and the login link names it', async () => {
  const town = await openTown()
  const url = await town.listen(loopback)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/)
  const link = await town.createLoginLink({ id: 'chenjing', name: '陈静', roles: ['organizer'] })
  expect(link.startsWith(`${url}/login/`)).toBe(true)
  expect((await fetch(link)).status).toBe(200)
  await town.close()
})

test('a taken port is said in one sentence', async () => {
  const [town, other] = await Promise.all([openTown(), openTown()])
  const port = Number(new URL(await town.listen(loopback)).port)
  const refused = other.listen({ ...loopback, port })
  await expect(refused).rejects.toThrow(ConsoleFault)
  await expect(refused).rejects.toThrow(`端口 ${port} 已被占用`)
  await town.close()
})

test('it closes with a stream and an idle connection open', async () => {
  const town = await openTown()
  const url = await town.listen(loopback)
  const me = visitor(town, { host: new URL(url).host })
  await me.login()
  const Cookie = [...me.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const stream = await fetch(`${url}/sandbox/groups/youkongjian/live?as=chenjing`, { headers: { Cookie } })
  const reader = stream.body?.getReader()
  await reader?.read()
  const idle = connect(Number(new URL(url).port), '127.0.0.1')
  await once(idle, 'connect')
  const hungUp = once(idle, 'close')
  await town.close()
  await hungUp
  await expect(reader?.read()).rejects.toThrow()
})
