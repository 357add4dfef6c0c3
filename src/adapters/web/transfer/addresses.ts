import ipaddr from 'ipaddr.js'

/** Says whether an address of the net may be asked. */
export type AddressRule = (address: string) => boolean

/** A network in the form `192.0.2.0/24`, or one address. */
export function isNetwork(text: string): boolean {
  return ipaddr.isValidCIDR(text) || ipaddr.isValid(text)
}

/**
 * Makes a rule that allows public addresses only: no loopback, private, link-local, carrier, multicast or reserved
 * ones, and none of these hidden in an IPv6 address; except the networks named.
 */
export function publicNetworkRule(except: readonly string[] = []): AddressRule {
  const networks = except.map(text =>
    ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : alone(ipaddr.process(text)),
  )
  return address => {
    if (!ipaddr.isValid(address)) return false
    const parsed = ipaddr.process(address)
    if (networks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits))) {
      return true
    }
    return parsed.range() === 'unicast'
  }
}

function alone(address: ipaddr.IPv4 | ipaddr.IPv6): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
