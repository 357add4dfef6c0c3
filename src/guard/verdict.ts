/** A yes or no and nothing else: 「能」, 「不行」, 「可以的」, 「够不上」. */
const verdict =
  /^(?:是|对|对的|(?:也|都|还|当然|一般)?(?:不|没|可)?(?:能|可以|行|会|算|要|用|有|够|是|成|得|需要|准确)?(?:再|继续)?(?:享受|申请|申报|参评|入库|通过|报|领|办|用|免|减|贷|抵|拿)?(?:到|的|了|呀|哦|啊|上)?|够不上|没问题)$/u

/**
 * A model's words without the yes or no that they begin with. Whether this maker may is the one thing that no
 * entry can bear out; what the rule is follows right behind.
 */
export function withoutVerdict(said: string): string {
  const first = /^([^，,。：:；;！!\n]+)[，,。：:；;！!\n]+/u.exec(said)
  return first?.[1] && isVerdict(first[1]) ? said.slice(first[0].length) : said
}

/** True for a clause that is a bare yes or no. */
export function isVerdict(clause: string): boolean {
  return verdict.test(clause.trim())
}
