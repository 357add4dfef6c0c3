import { auditPolicy } from '../../../src/app/platform/audit-policy.ts'
import { openAudit } from '../../../src/audit/trail.ts'
import { forms } from '../../../src/features/forms/index.ts'
import { openFormRecords } from '../../../src/features/forms/records.ts'
import type { ExportedData } from '../../../src/ports/export-log.ts'
import { watchedLinks } from '../../audit/watched-links.ts'
import { openConsoleApp } from '../../console-app.ts'
import { createFixedDirectory, createFixedRoster, createWorld, play, type World } from '../../conversation.ts'
import { openAttendance } from '../attendance/opened.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

export const group = '优空间创客群'
export const base = 'https://bot.example.cn'
const names = { lin: '林小美', zhang: '张三', li: '李四', wang: '王五' }

/** A bot with forms and lessons, four members and an organizer. */
export function openTown({
  staff = {},
  world: unwatched = createWorld('2026-12-01T09:00:00+08:00'),
}: {
  staff?: Record<string, string>
  world?: World
} = {}) {
  const audit = openAudit({ ...unwatched, policy: auditPolicy })
  const world = { ...unwatched, store: audit.watching(unwatched.store) }
  const outbox = createRecordingOutbox(world.clock)
  const organizers = { chen: ['organizer' as const] }
  for (const id of Object.keys(staff)) Object.assign(organizers, { [id]: ['organizer'] })
  const directory = createFixedDirectory([group], organizers)
  const roster = createFixedRoster(
    Object.entries({ ...names, ...staff }).map(([id, name]) => ({
      id: `m-${id}`,
      name,
      space: '优空间',
      branch: '一支部',
    })),
  )
  const taken: ExportedData[] = []
  const parts = {
    ...world,
    outbox,
    directory,
    roster,
    exports: { note: async (one: ExportedData) => void taken.push(one) },
    sensitiveKey: '0123456789abcdef'.repeat(4),
    baseUrl: base,
  }
  const signUpForms = forms(parts)
  const lessons = openAttendance({
    ...parts,
    forms: signUpForms.signUps,
  })
  const played = play(world, directory, [lessons.feature, signUpForms.feature])
  /** The console with this person in front of it. */
  function consoleOf(me: { id: string; name: string }) {
    const app = openConsoleApp(signUpForms.feature.pages ?? [], () => ({
      ...me,
      roles: ['maker', 'organizer'],
    }))
    app.onError((fault, c) => c.text(String(fault.stack), 500))
    return {
      read: async (path: string) => (await app.request(path)).text(),
      bytes: async (path: string) => (await app.request(path)).arrayBuffer(),
      send: async (path: string, fields: Record<string, string>) => {
        const body = new FormData()
        for (const [name, value] of Object.entries(fields)) body.append(name, value)
        return app.request(path, { method: 'POST', body })
      },
    }
  }
  const inGroup = (id: string, name = id) => played.person(id, name, group)
  return {
    ...world,
    ...played,
    outbox,
    taken,
    consoleOf,
    feature: signUpForms.feature,
    records: openFormRecords(world.store),
    open: watchedLinks(signUpForms.open, audit.trail),
    audit,
    chen: inGroup('chen', '陈静'),
    chenAlone: played.person('chen', '陈静'),
    lin: inGroup('lin', '林小美'),
    zhang: inGroup('zhang', '张三'),
    li: inGroup('li', '李四'),
    wang: inGroup('wang', '王五'),
    inGroup,
  }
}
