import { BlockList, isIP } from 'node:net'

/** Which client sent a request: the peer, or what the trusted proxies in front of it say. */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | undefined) => string

/**
 * @param trusted addresses and networks of proxies, by comma; only they are believed about who asked
 * @throws TypeError where one is neither an address nor a network
 */
export function createClientAddress(trusted: string): ClientAddress {
  const list = blockListOf(trusted)
  const isTrusted = (address: string) =>
    isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return (peer, forwardedFor) => {
    // The last one was added by the proxy next to us; each before it counts if that one is a proxy too.
    const path = [...(forwardedFor ?? '').split(','), peer ?? ''].map(plainAddress).reverse()
    const client = path.find((address, at) => !isTrusted(address) || at === path.length - 1)
    return client || plainAddress(peer ?? '') || 'unknown'
  }
}

function blockListOf(trusted: string): BlockList {
  const list = new BlockList()
  for (const entry of trusted.split(',').flatMap(part => part.trim() || [])) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (isIP(address) === 0) throw new TypeError(`not an address: ${entry}`)
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family)
  }
  return list
}

/** Without the port that some proxies add: it differs from one connection of a client to the next. */
function plainAddress(address: string): string {
  const bare = address.trim()
  const { inside, dotted } =
    /^\[(?<inside>[^\]]*)\](?::\d+)?$|^(?<dotted>[\d.]+):\d+$/u.exec(bare)?.groups ?? {}
  return (inside ?? dotted ?? bare).replace(/^::ffff:/, '')
}
