import { expect, test } from 'vitest'
import { machineSettingsOf, paceOf, privacyFactsOf } from '../../src/app/files/settings.ts'
import { readConfig } from '../../src/config.ts'
import { settingsPage } from '../../src/console/overview/settings.ts'
import type { Role } from '../../src/ports/directory.ts'
import { openSettingsStore } from '../../src/settings/settings-store.ts'
import { openConsoleApp } from '../console-app.ts'
import { createWorld } from '../conversation.ts'

const config = readConfig({ SENDS_PER_DAY: '200', PRIVACY_HANDLER: '台江区创客服务中心' })

async function open(world = createWorld(), roles: Role[] = ['organizer']) {
  const settings = await openSettingsStore({
    store: world.store,
    clock: world.clock,
    machine: machineSettingsOf(config),
  })
  const app = openConsoleApp([settingsPage({ settings, clock: world.clock })], () => ({
    id: 'chen',
    name: '陈姐',
    roles,
  }))
  async function post(path: string, changes: Record<string, string>) {
    const body = new FormData()
    for (const [name, value] of Object.entries(changes)) body.append(name, value)
    return app.request(path, { method: 'POST', body })
  }
  const typed = () =>
    Object.fromEntries(Object.entries(settings.current()).map(([name, value]) => [name, String(value)]))
  return {
    world,
    settings,
    post,
    page: async () => (await app.request('/settings')).text(),
    save: (changes: Record<string, string>) => post('/settings', { ...typed(), ...changes }),
  }
}

test('a change counts at once, outlasts a restart, and is taken back from the history', async () => {
  const { world, settings, save, post, page } = await open()
  const [pace, facts] = [paceOf(config, settings), privacyFactsOf(config, settings)]
  expect(await page()).toContain('还没有改过')
  const saved = await save({ quietFrom: '21：30', sendsPerDay: '120', privacyContact: '0591-83000000' })
  expect(saved.status).toBe(303)
  expect(saved.headers.get('location')).toBe('/settings?done=1')
  expect([pace.quiet.from, pace.perDay, facts.contact]).toEqual(['21:30', 120, '0591-83000000'])
  const again = await open(world)
  expect(again.settings.current()).toEqual(settings.current())
  expect(await page()).toContain('<td data-label="改成">21:30</td>')
  const change = settings.changes().find(({ name }) => name === 'quietFrom')
  await post('/settings/undo', { number: String(change?.number) })
  expect([pace.quiet.from, pace.perDay]).toEqual(['22:00', 120])
  await post('/settings/reset', { name: 'sendsPerDay' })
  expect(pace.perDay).toBe(200)
  expect(settings.changes().map(({ name, to }) => [name, to])).toEqual([
    ['sendsPerDay', null],
    ['quietFrom', null],
    ['privacyContact', '0591-83000000'],
    ['sendsPerDay', '120'],
    ['quietFrom', '21:30'],
  ])
})

test.each([
  [{ quietFrom: '25:00' }, '请写成 08:30 这样的时间'],
  [{ sendsPerDay: '201' }, '最多 200 条'],
  [{ sendsPerMinute: '很多' }, '请写一个数字'],
  [{ sendsPerMinute: '0' }, '至少 1 条'],
  [{ welcome: '  ' }, '请写一句欢迎的话'],
  [{ privacyHandler: '某'.repeat(61) }, '最多 60 个字'],
])('%j is refused beside its field, and nothing is saved', async (wrong, words) => {
  const { settings, save } = await open()
  const before = settings.current()
  const refused = await save({ quietUntil: '08:00', ...wrong })
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain(words)
  expect(page).toContain('value="08:00"')
  expect(settings.current()).toEqual(before)
})

test('a limit of the machine that is lowered later holds', async () => {
  const { world, save } = await open()
  await save({ sendsPerDay: '150' })
  const machine = { ...machineSettingsOf(config), sendsPerDay: 100 }
  const settings = await openSettingsStore({ store: world.store, clock: world.clock, machine })
  expect(settings.current().sendsPerDay).toBe(100)
})

test('a reviewer reads the settings and changes none', async () => {
  const { page, save, settings } = await open(createWorld(), ['reviewer'])
  expect(await page()).toContain('<fieldset disabled>')
  expect((await save({ quietFrom: '20:00' })).status).toBe(403)
  expect(settings.changes()).toEqual([])
})

test('of two organizers who save the settings, the second sees what the first changed', async () => {
  const { page, save, settings } = await open()
  const seenOn = (shown: string) => /name="seen" value="(?<seen>\w+)"/u.exec(shown)?.groups?.seen ?? ''
  const opened = { ...settings.current(), seen: seenOn(await page()) }
  const typed = Object.fromEntries(Object.entries(opened).map(([name, value]) => [name, String(value)]))
  expect((await save({ ...typed, quietFrom: '21:30' })).status).toBe(303)
  const late = await save({ ...typed, sendsPerDay: '120' })
  expect(late.status).toBe(422)
  const shown = await late.text()
  expect(shown).toContain('设置刚被别人改过。和你填的不一样的：')
  expect(shown).toContain('现在是「21:30」')
  expect(shown).toContain('name="sendsPerDay" value="120"')
  expect(settings.current().quietFrom).toBe('21:30')
  const again = { ...typed, quietFrom: '21:30', sendsPerDay: '120', seen: seenOn(shown) }
  expect((await save(again)).status).toBe(303)
  expect([settings.current().quietFrom, settings.current().sendsPerDay]).toEqual(['21:30', 120])
})
