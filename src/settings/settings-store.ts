import { z } from 'zod'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { type OrganizerSettings, type SettingName, settingNames } from './definitions.ts'

const Name = z.enum(settingNames)

/** One setting, from one value to another; `null` is the machine's. Who changed it stands in the audit log. */
const SettingChange = z.object({
  number: z.number().int(),
  at: z.string(),
  name: Name,
  from: z.string().nullable(),
  to: z.string().nullable(),
})
export type SettingChange = z.infer<typeof SettingChange>

const KeptSettings = z.object({
  values: z.partialRecord(Name, z.string()),
  /** The latest first. */
  changes: z.array(SettingChange),
})
type KeptSettings = z.infer<typeof KeptSettings>

const key = 'settings/own'
const mostChanges = 100

export type SettingsStore = Awaited<ReturnType<typeof openSettingsStore>>

type Parts = {
  store: Store
  clock: Clock
  /** Defaults where organizers set nothing. */
  machine: OrganizerSettings
}

/** Settings that organizers own: what they set on the console stands before the machine's settings, at once. */
export async function openSettingsStore({ store, clock, machine }: Parts) {
  const records = store.collection('organizer-settings', KeptSettings)
  let kept: KeptSettings = (await records.get(key)) ?? { values: {}, changes: [] }
  let current = withOwn(machine, kept.values)

  async function apply(
    wanted: ReadonlyMap<SettingName, string | null>,
    check: (now: OrganizerSettings) => void = () => {},
  ): Promise<void> {
    const at = clock.now().toString()
    const saved = await records.update(key, (now = { values: {}, changes: [] }) => {
      check(withOwn(machine, now.values))
      return changed(now, wanted, at)
    })
    kept = saved ?? kept
    current = withOwn(machine, kept.values)
  }

  return {
    /** The values that count now. */
    current: (): OrganizerSettings => current,
    machine,
    /** Whether organizers set this one. */
    isOwn: (name: SettingName): boolean => kept.values[name] !== undefined,
    /** Latest first. */
    changes: (): readonly SettingChange[] => kept.changes,
    /**
     * Keeps those that differ from what counts now.
     * @param check looks at what counts just before it is changed; throws where this is not what was shown
     */
    async set(
      values: Readonly<Partial<Record<SettingName, string>>>,
      check?: (now: OrganizerSettings) => void,
    ): Promise<void> {
      const differing = settingNames.flatMap(name => {
        const value = values[name]
        return value === undefined || value === String(current[name]) ? [] : [[name, value] as const]
      })
      await apply(new Map(differing), check)
    },
    /** Goes back to the machine's value. */
    reset: (name: SettingName) => apply(new Map([[name, null]])),
    /**
     * Sets a setting to what it was before this change.
     * @returns the change; undefined for a number that is not kept
     */
    async undo(number: number): Promise<SettingChange | undefined> {
      const change = kept.changes.find(one => one.number === number)
      if (change) await apply(new Map([[change.name, change.from]]))
      return change
    },
  }
}

function changed(
  { values, changes }: KeptSettings,
  wanted: ReadonlyMap<SettingName, string | null>,
  at: string,
): KeptSettings {
  const next = { ...values }
  const made: SettingChange[] = []
  for (const [name, to] of wanted) {
    const from = values[name] ?? null
    if (from === to) continue
    const number = (changes[0]?.number ?? 0) + made.length + 1
    made.unshift({ number, at, name, from, to })
    if (to === null) delete next[name]
    else next[name] = to
  }
  return { values: next, changes: [...made, ...changes].slice(0, mostChanges) }
}

function withOwn(machine: OrganizerSettings, values: KeptSettings['values']): OrganizerSettings {
  const { sendsPerMinute, sendsPerDay, ...texts } = values
  return {
    ...machine,
    ...texts,
    sendsPerMinute: Math.min(Number(sendsPerMinute ?? machine.sendsPerMinute), machine.sendsPerMinute),
    sendsPerDay: Math.min(Number(sendsPerDay ?? machine.sendsPerDay), machine.sendsPerDay),
  }
}
