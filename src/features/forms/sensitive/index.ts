import type { Outbox } from '../../../outbox/index.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory, Member } from '../../../ports/directory.ts'
import type { ExportLog } from '../../../ports/export-log.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { Store } from '../../../ports/store.ts'
import type { FormActions } from '../actions.ts'
import type { FormRecords } from '../records.ts'
import { createSensitiveActions } from './actions.ts'
import { sensitiveCommands } from './chat.ts'
import { createErasures } from './kept/erasures.ts'
import { createFormLinks } from './kept/links.ts'
import { openSensitiveRecords } from './kept/records.ts'
import { createVault } from './kept/vault.ts'
import { sensitiveLinkPage } from './link-page.ts'
import { sensitivePrivacy } from './privacy.ts'

type Parts = {
  store: Store
  clock: Clock
  outbox: Pick<Outbox, 'post'>
  directory: Directory
  roster: Roster
  exports: ExportLog
  formRecords: FormRecords
  forms: Pick<FormActions, 'require'>
  sensitiveKey: string
  baseUrl: string
}

/**
 * Sensitive fields of forms: filled in behind a one-time link with consent, kept encrypted and apart, shown to named
 * viewers, and erased after hand-over with proof for the member.
 */
export function openSensitiveForms(parts: Parts) {
  const { store, clock, directory, roster, formRecords, forms, sensitiveKey } = parts
  const records = openSensitiveRecords(store)
  const vault = sensitiveKey === '' ? undefined : createVault(sensitiveKey)
  const links = createFormLinks({ records, clock, isOn: vault !== undefined })
  const erasures = createErasures({ ...parts, records })
  const sensitive = createSensitiveActions({ ...parts, records, links, erasures, vault })

  return {
    actions: sensitive,
    commands: sensitiveCommands({ ...parts, sensitive }),
    open: sensitiveLinkPage({ sensitive, forms, clock }),
    personal: sensitivePrivacy({ formRecords, records }),
    removeOld: sensitive.removeOld,
    async sweep(): Promise<void> {
      for (const record of await formRecords.all())
        if (record.form.sensitiveFields.length > 0) await sensitive.finish(record)
    },
    /** People who may be named as a viewer. */
    async organizers(): Promise<Member[]> {
      const ids = await Promise.all((await directory.holders('organizer')).map(id => roster.memberIdOf(id)))
      return roster.find(ids.filter(id => id !== undefined))
    },
  }
}
