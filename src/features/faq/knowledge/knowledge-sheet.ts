import { type FileFault, YamlFault } from '../../../lib/yaml-file.ts'

/** The knowledge files cannot be used; `message` lists every fault, one a line, in Chinese. */
export class KnowledgeFault extends YamlFault {
  override name = 'KnowledgeFault'

  constructor(faults: readonly FileFault[]) {
    super('知识库有误，请先改好：', faults)
  }
}
