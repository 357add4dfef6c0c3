import { PendingAction, type PendingActions } from '../../ports/pending-actions.ts'
import type { Database } from './database.ts'

/** Keeps pending actions, a row each, in a table of their own; needs no lease. */
export function openPendingRows(database: Database, tenant: string): PendingActions {
  return {
    async add(id, action) {
      const text = `
        insert into chuangke_pending_actions (tenant, id, action) values ($1, $2, $3)
        on conflict (tenant, id) do nothing`
      await database.query({ text, values: [tenant, id, JSON.stringify(action)] })
    },
    async list() {
      const rows = await database.query<{ id: string; action: string }>({
        text: 'select id, action from chuangke_pending_actions where tenant = $1 order by id',
        values: [tenant],
      })
      return rows.map(({ id, action }) => [id, PendingAction.parse(JSON.parse(action))] as const)
    },
    async remove(id) {
      const text = 'delete from chuangke_pending_actions where tenant = $1 and id = $2'
      await database.query({ text, values: [tenant, id] })
    },
  }
}
