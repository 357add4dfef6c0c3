/** One shard as it is stored: records by key, as their JSON texts, all of one schema version. */
export type RawShard = {
  collection: string
  shard: string
  version: number
  records: ReadonlyMap<string, string>
}

/** A shard that is refused, in both copies. */
export type UnreadShard = {
  collection: string
  /** `collection/shard`, as alarms name it. */
  title: string
  /** Path of its file below the data folder; a copy may lie beside it. */
  file: string
  /** The copies whose bytes can be read, by their paths below the data folder. */
  copies: ReadonlyMap<string, Buffer>
}

/** A store without its schemas, for copies and backups. The opener owns it until it is closed. */
export type RawStore = {
  /**
   * Every shard that has records, in no order.
   * @param onUnread gets each shard of which no copy can be read, instead of a fault. Default: that ends the reading
   */
  shards(onUnread?: (one: UnreadShard) => void): AsyncIterable<RawShard>
  /** Renames what is left of a shard that cannot be read, for repair; it is then a shard without records. */
  setAside(one: UnreadShard): Promise<void>
  /** Replaces the records of one shard. Resolves when that would survive a power cut. */
  write(shard: RawShard): Promise<void>
  close(): Promise<void>
}
