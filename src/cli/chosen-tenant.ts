import { readTenants, type Tenant } from '../app/tenants/plan.ts'
import { Refusal } from '../feature.ts'

/** @param name default: the first one. @throws {@link Refusal} where there is none of that name */
export function chosenTenant(name: string | undefined): Tenant {
  const { tenants } = readTenants()
  const tenant = tenants.find(one => one.name === (name ?? tenants[0]?.name))
  if (tenant) return tenant
  throw new Refusal(`没有「${name}」这个区，有：${tenants.map(one => one.name).join('、')}。`)
}
