import { shippedPackages } from '../console/overview/shipped-packages.ts'

/** Prints the packages that the bot runs with and their licences; `--json` for a program. */
export function runLicences(args: readonly string[]): void {
  const packages = shippedPackages()
  if (args.includes('--json')) {
    process.stdout.write(`${JSON.stringify(packages.map(({ folder: _, ...one }) => one))}\n`)
    return
  }
  for (const { name, version, licence } of packages)
    process.stdout.write(`${name} ${version}\t${licence || '没有写明'}\n`)
}
